// Counts how often an equal line came before in this import, exactly and at constant memory. Equal lines share their minute, so
// lines far from the current minute go to a spill file and come back when their minute does (a second file of the same days).
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** a, b (64 bits of the line's digest), minute + 1, count */
const FIELDS = 4;
/** a, b, count */
const SPILLED = 3;
const FILE = 'seen-lines.spill';

export class SeenLines {
  readonly #folder: string;
  #most: number;
  #table: Int32Array;
  #count = 0;
  #minute = -1;
  /** where the spilled lines of a minute lie in the file, in units of a spilled line: some 40 bytes of memory for each minute of the log */
  readonly #spilled = new Map<number, number>();
  #file = -1;
  #fileEnd = 0;

  /** Keeps `most` lines in memory (32 bytes each). */
  constructor(folder: string, most = 131_072) {
    this.#folder = folder;
    this.#most = most;
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(most, 16) * 2)) * FIELDS);
  }

  /** How many lines with this digest were given before: 0 for the first. `minute` is minutes since 1970. */
  add(a: number, b: number, minute: number): number {
    if (minute !== this.#minute) {
      this.#minute = minute;
      if (this.#spilled.has(minute)) this.#bringBack(minute);
    }
    const at = this.#find(a, b, minute);
    const before = this.#table[at + 3] ?? 0;
    if (before > 0) {
      this.#table[at + 3] = before + 1;
      return before;
    }
    this.#insert(at, a, b, minute, 1);
    if (this.#count >= this.#most) this.#spill();
    return 0;
  }

  close(): void {
    if (this.#file < 0) return;
    closeSync(this.#file);
    rmSync(join(this.#folder, FILE), { force: true });
    this.#file = -1;
  }

  #find(a: number, b: number, minute: number): number {
    const table = this.#table;
    const mask = table.length / FIELDS - 1;
    for (let place = (a ^ (a >>> 15)) & mask; ; place = (place + 1) & mask) {
      const at = place * FIELDS;
      if (table[at + 2] === 0) return at;
      if (table[at] === a && table[at + 1] === b && table[at + 2] === minute + 1) return at;
    }
  }

  #insert(at: number, a: number, b: number, minute: number, count: number): void {
    const table = this.#table;
    table[at] = a;
    table[at + 1] = b;
    table[at + 2] = minute + 1;
    table[at + 3] = count;
    this.#count++;
  }

  /** Writes out the minutes farthest from the current one, until three quarters of the lines are gone. */
  #spill(): void {
    const table = this.#table;
    const counts = countMinutes(table);
    const here = this.#minute;
    const farthest = [...counts.keys()].sort((x, y) => Math.abs(y - here) - Math.abs(x - here));
    /** where the next line of a minute goes in the buffer, in spilled lines */
    const next = new Map<number, number>();
    let size = 0;
    let gone = 0;
    for (const minute of farthest) {
      if (minute === here || gone * 4 >= this.#count * 3) break;
      const lines = counts.get(minute) ?? 0;
      this.#spilled.set(minute, this.#fileEnd + size);
      next.set(minute, size + 1);
      size += lines + 1;
      gone += lines;
    }
    if (gone === 0) {
      // a single minute fills the table: this many requests a minute need the memory
      this.#most *= 2;
      this.#rebuild(table, table.length * 2, next);
      return;
    }
    const out = new Int32Array(size * SPILLED);
    for (const minute of next.keys()) {
      out[((this.#spilled.get(minute) ?? 0) - this.#fileEnd) * SPILLED] = counts.get(minute) ?? 0;
    }
    for (let at = 0; at < table.length; at += FIELDS) {
      const minute = (table[at + 2] ?? 0) - 1;
      const place = minute < 0 ? undefined : next.get(minute);
      if (place === undefined) continue;
      out[place * SPILLED] = table[at] ?? 0;
      out[place * SPILLED + 1] = table[at + 1] ?? 0;
      out[place * SPILLED + 2] = table[at + 3] ?? 0;
      next.set(minute, place + 1);
    }
    this.#write(out);
    this.#fileEnd += size;
    this.#rebuild(table, table.length, next);
  }

  #write(out: Int32Array): void {
    if (this.#file < 0) {
      mkdirSync(this.#folder, { recursive: true });
      // what a killed import left is of no use to this one
      this.#file = openSync(join(this.#folder, FILE), 'w+');
    }
    const bytes = Buffer.from(out.buffer);
    const from = this.#fileEnd * SPILLED * 4;
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, from + done);
    }
  }

  #rebuild(old: Int32Array, size: number, without: ReadonlyMap<number, number>): void {
    this.#table = new Int32Array(size);
    this.#count = 0;
    for (let at = 0; at < old.length; at += FIELDS) {
      const minute = (old[at + 2] ?? 0) - 1;
      if (minute < 0 || without.has(minute)) continue;
      const a = old[at] ?? 0;
      const b = old[at + 1] ?? 0;
      this.#insert(this.#find(a, b, minute), a, b, minute, old[at + 3] ?? 0);
    }
  }

  #bringBack(minute: number): void {
    const place = this.#spilled.get(minute) ?? 0;
    this.#spilled.delete(minute);
    const head = this.#read(place, 1);
    const lines = this.#read(place + 1, head[0] ?? 0);
    for (let i = 0; i < lines.length; i += SPILLED) {
      const a = lines[i] ?? 0;
      const b = lines[i + 1] ?? 0;
      this.#insert(this.#find(a, b, minute), a, b, minute, lines[i + 2] ?? 0);
      if (this.#count >= this.#most) this.#spill();
    }
  }

  #read(place: number, lines: number): Int32Array {
    const out = new Int32Array(lines * SPILLED);
    const bytes = Buffer.from(out.buffer);
    const from = place * SPILLED * 4;
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.#file, bytes, done, bytes.length - done, from + done);
      if (read === 0) throw new Error('The spill file of the import is shorter than it was written.');
      done += read;
    }
    return out;
  }
}

function countMinutes(table: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  // lines of one minute lie anywhere in the table, but a sorted copy of the minutes has them side by side
  const minutes = new Int32Array(table.length / FIELDS);
  let used = 0;
  for (let at = 2; at < table.length; at += FIELDS) {
    const minute = table[at] ?? 0;
    if (minute > 0) minutes[used++] = minute - 1;
  }
  const sorted = minutes.subarray(0, used).sort();
  for (let from = 0; from < used; ) {
    const minute = sorted[from] ?? 0;
    let to = from;
    while (to < used && sorted[to] === minute) to++;
    counts.set(minute, to - from);
    from = to;
  }
  return counts;
}
