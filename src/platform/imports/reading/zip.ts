// The parts of a packed file (XLSX is one), found by its directory and read as streams. What comes out is counted: a small
// file that unpacks to more than a table can be is refused before it fills anything.
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { ImportFileError } from '../errors.ts';

interface Entry {
  method: number;
  packed: number;
  offset: number;
}

const END = 0x06054b50;
const PART = 0x02014b50;
const MOST_PARTS = 10_000;
const MOST_DIRECTORY = 16_000_000;
/** Tables unpack to 20 times their size, dull ones to 100; beyond this and this size it is a bomb. */
const MOST_RATIO = 300;
const RATIO_FROM = 50_000_000;

const broken = (cause?: unknown): ImportFileError =>
  new ImportFileError(
    'broken',
    'The workbook is damaged or cut off. Open it in your spreadsheet, save it again and upload it.',
    {
      cause,
    },
  );

export class Zip {
  readonly #path: string;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#entries = entries;
  }

  static async open(path: string): Promise<Zip> {
    const handle = await open(path);
    try {
      return new Zip(path, await directory(handle));
    } catch (error) {
      throw error instanceof ImportFileError ? error : broken(error);
    } finally {
      await handle.close();
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Throws ImportFileError on the stream past `most` bytes. */
  async read(name: string, most: number, seen?: (bytes: number) => void): Promise<Readable> {
    const entry = this.#entries.get(name);
    if (!entry) throw broken();
    if (entry.method !== 0 && entry.method !== 8) throw broken();
    const handle = await open(this.#path);
    const head = Buffer.alloc(30);
    await handle.read(head, 0, 30, entry.offset).finally(() => handle.close());
    const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    if (entry.packed === 0) return Readable.from([]);
    const file = createReadStream(this.#path, { start, end: start + entry.packed - 1 });
    const counted = new Transform({ transform: guard(entry.packed, most, () => seen?.(file.bytesRead)) });
    const unpacked = entry.method === 8 ? file.pipe(createInflateRaw()) : file;
    file.on('error', (error: Error) => counted.destroy(broken(error)));
    if (unpacked !== file) unpacked.on('error', (error: Error) => counted.destroy(broken(error)));
    counted.once('close', () => {
      file.destroy();
      unpacked.destroy();
    });
    return unpacked.pipe(counted);
  }
}

function guard(packed: number, most: number, tell: () => void) {
  let size = 0;
  return (chunk: Buffer, _encoding: string, done: (error: Error | null, chunk?: Buffer) => void): void => {
    size += chunk.length;
    tell();
    const isBomb = size > RATIO_FROM && size > packed * MOST_RATIO;
    if (size <= most && !isBomb) done(null, chunk);
    else
      done(
        new ImportFileError(
          'too-large',
          `A part of the workbook unpacks to more than ${Math.floor(size / 1_000_000)} MB, more than we read from one. Save the sheet as CSV and import that.`,
        ),
      );
  };
}

async function directory(handle: FileHandle): Promise<Map<string, Entry>> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, 65_557));
  await handle.read(tail, 0, tail.length, size - tail.length);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) throw broken();
  const count = tail.readUInt16LE(at + 10);
  const length = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count > MOST_PARTS || length > MOST_DIRECTORY || offset + length > size) throw broken();
  const all = Buffer.alloc(length);
  await handle.read(all, 0, length, offset);
  const entries = new Map<string, Entry>();
  let i = 0;
  while (i + 46 <= length && all.readUInt32LE(i) === PART) {
    const name = all.readUInt16LE(i + 28);
    const isLocked = (all.readUInt16LE(i + 8) & 1) === 1;
    if (isLocked)
      throw new ImportFileError(
        'locked',
        'The workbook is locked with a password. Save it without one and upload it again.',
      );
    entries.set(all.toString('utf8', i + 46, i + 46 + name).replace(/^\//, ''), {
      method: all.readUInt16LE(i + 10),
      packed: all.readUInt32LE(i + 20),
      offset: all.readUInt32LE(i + 42),
    });
    i += 46 + name + all.readUInt16LE(i + 30) + all.readUInt16LE(i + 32);
  }
  return entries;
}
