// Reads an archive: every checksum once before anything is touched, then part by part, each chunk checked again as it is used.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { BackupError, FORMAT, FORMAT_VERSION, MANIFEST_ENTRY, type Manifest, manifest, type Part } from './manifest.ts';
import { afterEntry, type TarEntry, tarEntry } from './tar.ts';

const decompress = promisify(zstdDecompress);
const LARGEST_CHUNK = 512 * 1024 * 1024;

const damaged = (path: string, why: string): BackupError =>
  new BackupError(`${path} is damaged and was not used: ${why}. Take another copy of it.`);

export interface ReadChunk {
  data: Buffer;
  rows: number;
}

export class ArchiveReader {
  readonly path: string;
  readonly manifest: Manifest;
  readonly fingerprint: string;
  readonly #file: FileHandle;
  readonly #entries: ReadonlyMap<string, TarEntry>;

  private constructor(of: {
    path: string;
    file: FileHandle;
    entries: ReadonlyMap<string, TarEntry>;
    manifest: Manifest;
    fingerprint: string;
  }) {
    this.path = of.path;
    this.#file = of.file;
    this.#entries = of.entries;
    this.manifest = of.manifest;
    this.fingerprint = of.fingerprint;
  }

  /** Opens an archive and checks all of it; `called` is its name in what people are told. Throws BackupError when a byte is not as it was written, or it is of a newer format. */
  static async open(
    path: string,
    onRead: (done: number, total: number) => void = () => {},
    called: string = path,
  ): Promise<ArchiveReader> {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new BackupError(`There is no file ${called}.`) : error;
    });
    try {
      const entries = new Map<string, TarEntry>();
      const { size } = await file.stat();
      try {
        for (let offset = 0; ; ) {
          const entry = await tarEntry(file, offset, size);
          if (!entry) break;
          if (entries.has(entry.name)) throw new Error(`it has ${entry.name} twice`);
          entries.set(entry.name, entry);
          offset = afterEntry(entry);
        }
      } catch (error) {
        throw entries.size === 0
          ? new BackupError(`${called} is no archive of Tradewind.`)
          : damaged(called, (error as Error).message);
      }
      const last = entries.get(MANIFEST_ENTRY);
      if (!last) throw new BackupError(`${called} is no archive of Tradewind: it has no ${MANIFEST_ENTRY}.`);
      const bytes = await read(file, last);
      const reader = new ArchiveReader({
        path: called,
        file,
        entries,
        manifest: parse(called, bytes),
        fingerprint: createHash('sha256').update(bytes).digest('hex'),
      });
      await reader.#verify(size, onRead);
      return reader;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #verify(total: number, onRead: (done: number, total: number) => void): Promise<void> {
    const known = new Set([MANIFEST_ENTRY]);
    let done = 0;
    for (const part of this.manifest.parts) {
      let rows = 0;
      for (const chunk of part.chunks) {
        known.add(chunk.entry);
        await this.#raw(chunk);
        rows += chunk.rows;
        done += chunk.size;
        onRead(done, total);
      }
      if (rows !== part.rows) throw damaged(this.path, `the rows of ${part.name} don't add up`);
    }
    for (const name of this.#entries.keys())
      if (!known.has(name)) throw damaged(this.path, `${name} is not in its manifest`);
  }

  async #raw(chunk: { entry: string; size: number; sha256: string }): Promise<Buffer> {
    const entry = this.#entries.get(chunk.entry);
    if (!entry) throw damaged(this.path, `${chunk.entry} is missing`);
    const bytes = await read(this.#file, entry);
    if (bytes.length !== chunk.size || createHash('sha256').update(bytes).digest('hex') !== chunk.sha256)
      throw damaged(this.path, `the checksum of ${chunk.entry} is wrong`);
    return bytes;
  }

  parts(prefix: string): Part[] {
    return this.manifest.parts.filter((part) => part.name.startsWith(prefix));
  }

  /** The chunks of a part in order, read one ahead. */
  async *chunks(part: Part): AsyncGenerator<ReadChunk> {
    const get = async (i: number): Promise<Buffer | undefined> => {
      const chunk = part.chunks[i];
      return chunk && decompress(await this.#raw(chunk), { maxOutputLength: LARGEST_CHUNK });
    };
    let next = get(0);
    for (const [i, { rows }] of part.chunks.entries()) {
      const data = await next;
      next = get(i + 1);
      next.catch(() => {});
      if (data) yield { data, rows };
    }
  }

  /** A part small enough for memory, as JSON. */
  async json<T>(name: string): Promise<T | undefined> {
    const part = this.manifest.parts.find((one) => one.name === name);
    if (!part) return undefined;
    const pieces: Buffer[] = [];
    for await (const { data } of this.chunks(part)) pieces.push(data);
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as T;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function read(file: FileHandle, { size, offset }: TarEntry): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  const { bytesRead } = await file.read(bytes, 0, size, offset);
  return bytes.subarray(0, bytesRead);
}

function parse(path: string, bytes: Buffer): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged(path, 'its manifest is not JSON');
  }
  const { format, formatVersion } = content as { format?: unknown; formatVersion?: unknown };
  if (format !== FORMAT) throw new BackupError(`${path} is no archive of Tradewind.`);
  if (typeof formatVersion === 'number' && formatVersion > FORMAT_VERSION)
    throw new BackupError(`${path} was made by a newer Tradewind. Update this one first.`);
  const parsed = manifest.safeParse(content);
  if (!parsed.success) throw damaged(path, `its manifest is wrong at ${parsed.error.issues[0]?.path.join('.')}`);
  return parsed.data;
}
