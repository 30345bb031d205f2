// Where the bytes of a log come from: files or standard input, plain or packed with gzip. Packing is told by the first bytes, not by
// the name, and what can't be read says what to do instead.
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Block, CHUNK, wholeLines } from './blocks.ts';
import { LogImportError } from './errors.ts';

/** Enough to know a packed file and the format of a log by, even when a pipe brings a line at a time. */
const FIRST_BYTES = 65_536;

export interface LogSource {
  name: string;
  /** bytes on the disk, unknown for standard input */
  size: number | null;
  /** bytes of it that were read so far */
  bytesRead(): number;
  /** whether `blocks` may be called again */
  repeatable: boolean;
  blocks(): AsyncGenerator<Block>;
}

/** Looks at all files before the first is read, so that a wrong name in a long list doesn't end an import half way. */
export async function openFiles(files: readonly string[]): Promise<LogSource[]> {
  const sources: LogSource[] = [];
  const known = new Set<string>();
  for (const name of files) {
    const about = await stat(name).catch((cause) => {
      throw new LogImportError('missing', `${name} can't be opened: ${reasonOf(cause)}.`, { cause });
    });
    if (about.isDirectory()) throw new LogImportError('not-a-file', `${name} is a folder; give the log files in it.`);
    const file = await open(name).catch((cause) => {
      throw new LogImportError('not-readable', `${name} can't be read: ${reasonOf(cause)}.`, { cause });
    });
    await file.close();
    // the same file named twice would count each of its lines twice
    const identity = `${about.dev}:${about.ino}`;
    if (known.has(identity)) continue;
    known.add(identity);
    sources.push(fileSource(name, about.isFile() ? about.size : null));
  }
  return sources;
}

function fileSource(name: string, size: number | null): LogSource {
  let read = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    read = 0;
    const file = await open(name);
    try {
      // two buffers, since the caller may still copy from one while the next read is under way
      const buffers = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)] as const;
      let turn = 0;
      let pending = file.read(buffers[0], 0, CHUNK, null);
      while (true) {
        const { bytesRead, buffer } = await pending;
        if (bytesRead === 0) return;
        read += bytesRead;
        turn = 1 - turn;
        pending = file.read(buffers[turn === 0 ? 0 : 1], 0, CHUNK, null);
        pending.catch(() => {});
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }
  return {
    name,
    size,
    repeatable: size !== null,
    bytesRead: () => read,
    blocks: () => wholeLines(unpacked(chunks(), name)),
  };
}

export function streamSource(name: string, stream: AsyncIterable<Uint8Array>): LogSource {
  let read = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      read += chunk.length;
      yield chunk;
    }
  }
  return {
    name,
    size: null,
    repeatable: false,
    bytesRead: () => read,
    blocks: () => wholeLines(unpacked(chunks(), name)),
  };
}

const PACKED: readonly (readonly [magic: string, name: string])[] = [
  ['425a68', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['28b52ffd', 'zstd'],
  ['504b0304', 'zip'],
  ['1f9d', 'compress'],
];

async function* unpacked(chunks: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    const first = await firstBytes(chunks);
    const magic = Buffer.from(first.subarray(0, 6)).toString('hex');
    const other = PACKED.find(([bytes]) => magic.startsWith(bytes));
    if (other !== undefined) {
      throw new LogImportError(
        'packed',
        `${name} is packed with ${other[1]}. Unpack it first, or pipe it in: only gzip is read here.`,
      );
    }
    if (magic.startsWith('1f8b')) {
      yield* gunzipped(first, chunks, name);
    } else {
      yield first;
      yield* chunks;
    }
  } finally {
    // also when nobody wants more: it closes the file
    await chunks.return(undefined);
  }
}

async function* gunzipped(
  first: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  // the memory of a chunk is used again by the next read, and the decompressor may still hold it
  async function* copies(): AsyncGenerator<Uint8Array> {
    yield first;
    for await (const chunk of chunks) yield Buffer.from(chunk);
  }
  const packed = Readable.from(copies(), { objectMode: false, highWaterMark: CHUNK });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (cause) {
    throw brokenGzip(cause, name);
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

async function firstBytes(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = Buffer.alloc(0);
  while (first.length < FIRST_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  return first;
}

function brokenGzip(cause: unknown, name: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'Z_BUF_ERROR') {
    return new LogImportError(
      'cut',
      `${name} is cut: its gzip data ends too early. The lines before the cut are imported; import the whole file to add the rest, nothing is counted twice.`,
      { cause },
    );
  }
  if (!code.startsWith('Z_')) return cause;
  return new LogImportError(
    'broken',
    `${name} is damaged: its gzip data can't be unpacked (${cause instanceof Error ? cause.message : code}). The lines before the damage are imported; import a whole copy to add the rest, nothing is counted twice.`,
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  return cause instanceof Error ? cause.message : String(cause);
}
