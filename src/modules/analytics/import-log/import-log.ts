// Reads access logs of any size into event rows. Reading, parsing and storing overlap; what is in memory does not depend on the size
// of the log. Importing a log again adds nothing: a row's id is the hash of site, line and the number of equal lines before it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Batch } from './batch.ts';
import type { Block } from './blocks.ts';
import { viewOf } from './byte-cache.ts';
import { RowEncoder } from './encode.ts';
import { LogImportError } from './errors.ts';
import { detectFormat, type LogFormat, SAMPLE_LINES } from './format.ts';
import { CUT, LogLine, READ, REASONS, TOO_LONG } from './line.ts';
import { maskLine } from './mask.ts';
import { SeenLines } from './seen.ts';
import { SinkPipe } from './sink-pipe.ts';
import { type LogSource, openFiles, streamSource } from './source.ts';
import { Totals } from './totals.ts';
import type { ImportLogOptions, LogPosition, RejectedLine, Summary } from './types.ts';

const BATCH_ROWS = 50_000;
const MOST_REJECTS = 5_000;
/** Days whose visits are derived at once: enough that reading their neighbours again costs little. */
const DAYS_AT_ONCE = 14;
const MOST_DAYS = 62;
/** The server may run in this process: other work gets a turn at least this often. */
const TURN_MS = 8;
const PROGRESS_MS = 200;
const NEWLINE = 10;
const RETURN = 13;

/** Thrown inside when the files are not the ones the checkpoint was written for. */
class OtherFiles extends Error {}

/** Imports the files in their order. Throws LogImportError when a file is no log or is cut; what was read before is then stored. */
export async function importLog(options: ImportLogOptions): Promise<Summary> {
  try {
    return await new LogImport(options).run();
  } catch (error) {
    if (!(error instanceof OtherFiles)) throw error;
    return await new LogImport({ ...options, resume: undefined }).run();
  }
}

class LogImport {
  readonly #options: ImportLogOptions;
  #resume: LogPosition | undefined;
  readonly #totals = new Totals();
  readonly #seen: SeenLines;
  readonly #encoder: RowEncoder;
  readonly #pipe: SinkPipe;
  readonly #pendingDays = new Set<number>();
  #batch: Batch;
  #rejects: RejectedLine[] = [];
  #file = '';
  #offset = 0;
  #bytesBefore = 0;
  #lastTurn = performance.now();
  #lastProgress = 0;

  constructor(options: ImportLogOptions) {
    this.#options = options;
    // a stream can't be read again from the start when it turns out to be another one
    this.#resume = options.files === 'stdin' ? undefined : options.resume;
    this.#seen = new SeenLines(options.spillFolder, options.seenInMemory);
    this.#encoder = new RowEncoder({ ...options, seen: this.#seen, known: Date.now() });
    this.#pipe = new SinkPipe(options.sink, {
      batchRows: options.batchRows ?? BATCH_ROWS,
      duplicates: this.#resume?.duplicates ?? 0,
    });
    this.#batch = this.#pipe.take();
  }

  async run(): Promise<Summary> {
    try {
      const sources = await this.#sources();
      const total = sources.some((source) => source.size === null)
        ? null
        : sources.reduce((sum, source) => sum + (source.size ?? 0), 0);
      for (const source of sources) {
        await this.#importSource(source, total);
        this.#bytesBefore += source.bytesRead();
      }
      if (this.#skipping) throw new OtherFiles();
      await this.#complete();
      this.#progress(total, this.#bytesBefore);
      return this.#totals.summary(this.#encoder.addresses.count, this.#pipe.duplicates);
    } catch (error) {
      // what was read before a damaged place is kept
      if (error instanceof LogImportError) await this.#complete();
      else await this.#pipe.finish().catch(() => {});
      throw error;
    } finally {
      this.#seen.close();
    }
  }

  async #sources(): Promise<LogSource[]> {
    const { files, stdin } = this.#options;
    if (files === 'stdin') return [streamSource('standard input', stdin ?? process.stdin)];
    const sources = await openFiles(files);
    if (this.#resume !== undefined && !sources.some((source) => source.name === this.#resume?.file)) {
      throw new OtherFiles();
    }
    // a wrong file in the list is found before anything is stored
    for (const source of sources) if (source.repeatable) await formatOf(source);
    return sources;
  }

  async #importSource(source: LogSource, total: number | null): Promise<void> {
    this.#file = source.name;
    this.#offset = 0;
    let line: LogLine | null = null;
    let format: LogFormat | null = null;
    let unknown: Buffer | null = null;
    for await (const block of source.blocks()) {
      this.#options.signal?.throwIfAborted();
      if (block.overlong) {
        unknown ??= Buffer.from(block.bytes.subarray(block.start, block.start + 1000));
        this.#offset = block.offset + block.end - block.start;
        this.#reject(TOO_LONG, block.bytes, block.start, block.end);
      } else {
        if (format === null) {
          const sample = sampleOf(block);
          if (sample.length > 0) format = detectFormat(sample, source.name);
        }
        if (format !== null) {
          line ??= new LogLine(format);
          await this.#importBlock(block, line, format);
        }
      }
      await this.#breathe();
      this.#progress(total, this.#bytesBefore + source.bytesRead());
    }
    if (format === null && unknown !== null) detectFormat([unknown], source.name);
  }

  async #importBlock(block: Block, line: LogLine, format: LogFormat): Promise<void> {
    const view = viewOf(block.bytes);
    let at = block.start;
    while (at < block.end) {
      at = this.#readLines(block, view, at, line, format);
      this.#offset = block.offset + at - block.start;
      this.#endSkipping();
      if (this.#batch.full || this.#rejects.length >= MOST_REJECTS) await this.#send();
    }
  }

  /** Reads lines until the block ends or the batch is full; gives where it stopped. */
  #readLines(block: Block, view: DataView, from: number, line: LogLine, format: LogFormat): number {
    const { bytes, end } = block;
    const totals = this.#totals;
    const encoder = this.#encoder;
    const stopAt = this.#resume?.lines ?? -1;
    let batch = this.#batch;
    let at = from;
    while (at < end) {
      const newline = bytes.indexOf(NEWLINE, at);
      const last = newline < 0 || newline >= end;
      const lineEnd = last ? end : newline;
      const start = at;
      at = last ? end : newline + 1;
      const textEnd = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
      if (isBlank(bytes, start, textEnd)) continue;
      let result = line.read(bytes, start, textEnd);
      // the end of a file that is still being written
      if (result === READ && last && !(line.complete && line.combined === (format.name === 'combined'))) result = CUT;
      if (result === READ) {
        const taken = encoder.encode(line, bytes, view, start, textEnd, batch);
        if (taken) totals.accept(line.status, line.size, encoder.kind, encoder.bot);
        else totals.leaveOut();
      } else {
        this.#reject(result, bytes, start, textEnd);
      }
      if (batch.full || this.#rejects.length >= MOST_REJECTS || totals.lines === stopAt) break;
      batch = this.#batch;
    }
    return at;
  }

  #reject(reason: number, bytes: Buffer, start: number, end: number): void {
    this.#totals.reject();
    const text = maskLine(bytes.subarray(start, end));
    this.#rejects.push({ line: this.#totals.lines, reason: REASONS[reason] ?? '', text });
  }

  /** Lines before the checkpoint are stored already; they are only counted again. */
  get #skipping(): boolean {
    return this.#resume !== undefined && this.#totals.lines < this.#resume.lines;
  }

  #endSkipping(): void {
    const resume = this.#resume;
    if (resume === undefined || this.#totals.lines !== resume.lines) return;
    if (this.#file !== resume.file || this.#offset !== resume.offset) throw new OtherFiles();
    this.#discard();
    this.#resume = undefined;
  }

  #discard(): void {
    for (const day of this.#batch.days) this.#pendingDays.add(day);
    this.#batch.clear();
    this.#rejects = [];
    this.#encoder.leftOut = new Map();
  }

  async #send(): Promise<void> {
    if (this.#skipping) {
      this.#discard();
      return;
    }
    const batch = this.#batch;
    const rejects = this.#rejects;
    const days = batch.days;
    const position = { file: this.#file, offset: this.#offset, lines: this.#totals.lines };
    const leftOut = this.#encoder.leftOut;
    this.#encoder.leftOut = new Map();
    await this.#pipe.send(batch, rejects, { position, leftOut });
    this.#batch = this.#pipe.take();
    this.#rejects = [];
    let latest = 0;
    for (const day of days) {
      this.#pendingDays.add(day);
      latest = Math.max(latest, day);
    }
    // a visit may end on the day after, so a day is complete when the log is two days on
    const complete = [...this.#pendingDays].filter((day) => day < latest - 1);
    if (complete.length >= DAYS_AT_ONCE) await this.#derive(complete);
  }

  async #derive(days: number[]): Promise<void> {
    const sorted = days.sort((a, b) => a - b);
    for (let from = 0; from < sorted.length; from += MOST_DAYS) {
      await this.#pipe.derive(new Set(sorted.slice(from, from + MOST_DAYS)));
    }
    for (const day of sorted) this.#pendingDays.delete(day);
  }

  async #complete(): Promise<void> {
    if (this.#batch.count > 0 || this.#rejects.length > 0 || this.#encoder.leftOut.size > 0) await this.#send();
    await this.#derive([...this.#pendingDays]);
    await this.#pipe.finish();
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastTurn < TURN_MS) return;
    await nextTurn();
    this.#lastTurn = performance.now();
  }

  #progress(bytesTotal: number | null, bytesRead: number): void {
    const { onProgress } = this.#options;
    if (onProgress === undefined) return;
    const now = performance.now();
    if (now - this.#lastProgress < PROGRESS_MS && bytesRead !== bytesTotal) return;
    this.#lastProgress = now;
    onProgress({ lines: this.#totals.lines, bytesRead, bytesTotal });
  }
}

async function formatOf(source: LogSource): Promise<void> {
  for await (const block of source.blocks()) {
    const sample = block.overlong
      ? [Buffer.from(block.bytes.subarray(block.start, block.start + 1000))]
      : sampleOf(block);
    if (sample.length === 0) continue;
    if (!block.overlong) detectFormat(sample, source.name);
    return;
  }
}

function sampleOf(block: Block): Buffer[] {
  const lines: Buffer[] = [];
  let at = block.start;
  while (at < block.end && lines.length < SAMPLE_LINES) {
    const newline = block.bytes.indexOf(NEWLINE, at);
    const end = newline < 0 || newline >= block.end ? block.end : newline;
    const textEnd = end > at && block.bytes[end - 1] === RETURN ? end - 1 : end;
    if (!isBlank(block.bytes, at, textEnd)) lines.push(Buffer.from(block.bytes.subarray(at, textEnd)));
    at = end + 1;
  }
  return lines;
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 32 && bytes[at] !== 9) return false;
  return true;
}
