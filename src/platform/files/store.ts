// Where contents lie: one shape, two providers (a folder, an S3-compatible service). A content is named by its sha256.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { uuidv7 } from '../ids/uuid.ts';

export interface Content {
  sha256: string;
  /** bytes */
  size: number;
}

export interface FileStore {
  /** Keeps a file of the local disk under its sha256; the file itself is left alone. Once it resolves, a power cut loses nothing. */
  put(content: Content, path: string): Promise<void>;
  /** From `start` on when given. Throws ContentMissing. */
  get(sha256: string, start?: number): Promise<Readable>;
  /** No error when it is not there. */
  delete(sha256: string): Promise<void>;
  exists(sha256: string): Promise<boolean>;
  /** Bytes. Throws ContentMissing. */
  size(sha256: string): Promise<number>;
  /** Where it lies on this machine's disk; null when it lies elsewhere. */
  pathOf(sha256: string): string | null;
}

export class ContentMissing extends Error {
  override name = 'ContentMissing';
  constructor(sha256: string) {
    super(`The content ${sha256} is not in the file store.`);
  }
}

export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
  constructor(limit: number) {
    super(
      `The file is larger than ${Math.floor(limit / 1_000_000).toLocaleString('en')} MB, the most one file may have.`,
    );
  }
}

/** sha256 and size of a file on the disk. */
export async function measure(path: string): Promise<Content> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { sha256: hash.digest('hex'), size };
}

/** Writes a stream to a temporary file for the while of `work`. Throws FileTooLarge past `limit` bytes. */
export async function onDisk<T>(
  folder: string,
  stream: Readable,
  limit: number,
  work: (path: string, content: Content) => Promise<T>,
  name: string = uuidv7(),
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.part`);
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > limit ? new FileTooLarge(limit) : null, chunk);
    },
  });
  try {
    await pipeline(stream, counted, createWriteStream(path, { mode: 0o600 }));
    return await work(path, { sha256: hash.digest('hex'), size });
  } finally {
    await rm(path, { force: true });
  }
}
