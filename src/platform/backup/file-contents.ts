// Contents of files, whichever store they lie in, cut into chunks and put together again under their sha256.
import { Readable } from 'node:stream';
import { ContentMissing, type FileStore, onDisk } from '../files/store.ts';
import type { ArchiveReader } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import { BackupError } from './manifest.ts';

const CHUNK = 8 * 1024 * 1024;

/** Returns false when the content was deleted meanwhile. */
export async function dumpContent(
  store: FileStore,
  archive: ArchiveWriter,
  content: { sha256: string; size: number },
  onBytes: (bytes: number) => void,
): Promise<boolean> {
  let stream: Readable;
  try {
    stream = await store.get(content.sha256);
  } catch (error) {
    if (error instanceof ContentMissing) return false;
    throw error;
  }
  const part = archive.part(`files/${content.sha256}`);
  let pieces: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const data = Buffer.concat(pieces);
    pieces = [];
    size = 0;
    await part.add(data);
    onBytes(data.length);
  };
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size >= CHUNK) await flush();
  }
  if (size > 0) await flush();
  if (part.part.bytes !== content.size)
    throw new BackupError(
      `The content ${content.sha256} has ${part.part.bytes} bytes and should have ${content.size}.`,
    );
  return true;
}

export async function loadContents(
  archive: ArchiveReader,
  store: FileStore,
  folder: string,
  onBytes: (bytes: number) => void,
): Promise<number> {
  const parts = archive.parts('files/');
  for (const part of parts) {
    const sha256 = part.name.slice('files/'.length);
    if (await store.exists(sha256)) continue;
    const pieces = async function* (): AsyncGenerator<Buffer> {
      for await (const { data } of archive.chunks(part)) {
        yield data;
        onBytes(data.length);
      }
    };
    await onDisk(
      folder,
      Readable.from(pieces(), { objectMode: false }),
      Number.MAX_SAFE_INTEGER,
      async (path, content) => {
        if (content.sha256 !== sha256) throw new BackupError(`The file ${sha256} is damaged in the archive.`);
        await store.put(content, path);
      },
    );
  }
  return parts.length;
}
