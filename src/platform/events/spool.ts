// Where events wait, on disk, between the answer to the visitor and the database. An append resolves only after its bytes are
// synced; many appends share one sync. Segments are self-describing, so an upgrade can flush what an older version wrote.
import { closeSync, fdatasync, ftruncateSync, openSync, readdirSync, readFileSync, rmSync, write } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { uuidv7 } from '../ids/uuid.ts';
import { EVENT_COLUMN_LIST, EVENT_STRUCTURE } from './row.ts';

const syncData = promisify(fdatasync);
const writeAll = promisify(write) as (
  fd: number,
  data: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesWritten: number } | number>;

const HEADER = Buffer.from(`${JSON.stringify({ v: 1, columns: EVENT_COLUMN_LIST, structure: EVENT_STRUCTURE })}\n`);
const FRAME_HEAD = 8;

/** The spool could not take the events; nothing of them is kept, so the sender must send them again. */
export class SpoolRefused extends Error {
  readonly code: string;
  constructor(cause: NodeJS.ErrnoException) {
    super(
      cause.code === 'ENOSPC' || cause.code === 'EDQUOT' || cause.code === 'EFBIG'
        ? 'The disk of the data folder is full: free some space. Nothing of this request was kept; send it again.'
        : `The spool can't be written (${cause.code ?? cause.message}). Nothing of this request was kept; send it again.`,
    );
    this.name = 'SpoolRefused';
    this.code = cause.code ?? 'EIO';
  }
}

interface Waiting {
  rows: readonly Buffer[];
  resolve(): void;
  reject(error: Error): void;
}

/** Writes rows (RowBinary of EVENT_COLUMNS, one row a buffer) to segments in a folder. */
export class Spool {
  readonly folder: string;
  #fd: number | undefined;
  #name = '';
  #position = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #busy: Promise<void> | undefined;
  #turn: Promise<void> | undefined;
  /** rows accepted since the last rotation */
  pendingRows = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Names sort by time; a test of a full disk puts the kernel's full device in the place of the next one. */
  segmentName: () => string = () => `${uuidv7()}.open`;

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /** Resolves when every row is on disk. Throws SpoolRefused when the disk won't take them. */
  append(rows: readonly Buffer[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    // let requests of this turn of the event loop share the write
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      if (this.#turn) await this.#turn;
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        this.#busy = this.#write(batch);
        await this.#busy;
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        const refused = new SpoolRefused(error as NodeJS.ErrnoException);
        for (const waiting of batch) waiting.reject(refused);
      } finally {
        this.#busy = undefined;
      }
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const fd = this.#segment();
    const parts: Buffer[] = this.#position === 0 ? [HEADER] : [];
    let rows = 0;
    for (const { rows: own } of batch) {
      for (const row of own) {
        const head = Buffer.allocUnsafe(FRAME_HEAD);
        head.writeUInt32LE(row.length, 0);
        head.writeUInt32LE(crc32(row), 4);
        parts.push(head, row);
        rows++;
      }
    }
    const data = Buffer.concat(parts);
    const start = this.#position;
    try {
      for (let done = 0; done < data.length; ) {
        const result = await writeAll(fd, data, done, data.length - done, start + done);
        done += typeof result === 'number' ? result : result.bytesWritten;
      }
      await syncData(fd);
    } catch (error) {
      // what was written of it must not be found later: the sender was told that nothing was kept
      try {
        ftruncateSync(fd, start);
      } catch {
        this.#abandon();
      }
      throw error;
    }
    this.#position = start + data.length;
    this.pendingRows += rows;
  }

  #segment(): number {
    if (this.#fd === undefined) {
      this.#name = this.segmentName();
      this.#fd = openSync(join(this.folder, this.#name), 'a', 0o600);
      this.#position = 0;
    }
    return this.#fd;
  }

  #abandon(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Closes the current segment so that a flusher may take it; returns the segments no writer has open. */
  async rotate(): Promise<string[]> {
    let release = (): void => {};
    // appends of now wait for the new segment
    this.#turn = new Promise((resolve) => {
      release = resolve;
    });
    try {
      // a write under way finishes first: it holds the descriptor
      await this.#busy?.catch(() => {});
      if (this.#fd !== undefined && this.#position > 0) {
        closeSync(this.#fd);
        this.#fd = undefined;
        this.pendingRows = 0;
      }
    } finally {
      this.#turn = undefined;
      release();
    }
    return this.segments().filter((name) => this.#fd === undefined || name !== this.#name);
  }

  segments(): string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.open'))
      .sort();
  }

  remove(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  async close(): Promise<void> {
    while (this.#writing) await this.#writing;
    this.#abandon();
  }
}

export interface Segment {
  columns: string;
  structure: string;
  rows: Buffer[];
  /** bytes at the end that are no whole row: written when the power went, never acknowledged */
  torn: number;
}

/** Reads a segment up to its last whole row. */
export function readSegment(folder: string, name: string): Segment {
  const data = readFileSync(join(folder, name));
  const newline = data.indexOf(10);
  if (newline < 0) return { columns: '', structure: '', rows: [], torn: data.length };
  const head = JSON.parse(data.subarray(0, newline).toString()) as { columns: string; structure: string };
  const rows: Buffer[] = [];
  let at = newline + 1;
  while (at + FRAME_HEAD <= data.length) {
    const length = data.readUInt32LE(at);
    const end = at + FRAME_HEAD + length;
    if (end > data.length) break;
    const row = data.subarray(at + FRAME_HEAD, end);
    if (crc32(row) !== data.readUInt32LE(at + 4)) break;
    rows.push(row);
    at = end;
  }
  return { columns: head.columns, structure: head.structure, rows, torn: data.length - at };
}
