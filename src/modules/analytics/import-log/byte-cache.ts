// Remembers what was made of a run of bytes (an address, a page, a user agent), so that each distinct one is decoded, derived and
// encoded once. Keys and values lie in one buffer and slots in typed arrays: a hit costs no allocation. Emptied when it is full.

/** Murmur3 (32 bits) of bytes start…end. It only spreads keys: hits are compared byte by byte. */
export function hashBytes(view: DataView, start: number, end: number, seed: number): number {
  let hash = seed | 0;
  let at = start;
  for (const whole = end - 3; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (; at < end; at++) tail = (tail << 8) | view.getUint8(at);
  tail = Math.imul(tail, 0xcc9e2d51);
  hash ^= Math.imul((tail << 15) | (tail >>> 17), 0x1b873593) ^ (end - start);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function isSame(a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean {
  let i = 0;
  for (const whole = length - 3; i < whole; i += 4) {
    if (a.getInt32(aStart + i, true) !== b.getInt32(bStart + i, true)) return false;
  }
  for (; i < length; i++) if (a.getUint8(aStart + i) !== b.getUint8(bStart + i)) return false;
  return true;
}

const FIRST_ARENA = 65_536;

/** What is known of a key, side by side so that a look-up touches one line of the processor's cache. */
const FIELDS = 8;
const LENGTH_1 = 0; // of the key, + 1; 0 is a free slot
const HASH = 1;
const EXTRA = 2;
const START = 3;
const VALUE_LENGTH = 4;
const FLAGS = 5;

export class ByteCache {
  readonly #most: number;
  readonly #mask: number;
  readonly #mostBytes: number;
  readonly #onClear: () => void;
  readonly #table: Int32Array;
  #arena = Buffer.allocUnsafeSlow(FIRST_ARENA);
  #view = viewOf(this.#arena);
  #used = 0;
  #count = 0;
  #missed = 0;

  /** Keeps at most `keys` (a power of two). `onClear` empties what refers to slots of this cache. */
  constructor(keys: number, mostBytes: number, onClear: () => void = () => {}) {
    this.#most = keys;
    this.#mask = keys * 2 - 1;
    this.#mostBytes = mostBytes;
    this.#onClear = onClear;
    this.#table = new Int32Array(keys * 2 * FIELDS);
  }

  /** The slot of these bytes together with a number, or −1; a miss may be followed by `add` of the same key. */
  find(view: DataView, start: number, end: number, extra: number): number {
    const hash = hashBytes(view, start, end, extra);
    const length = end - start;
    const table = this.#table;
    const mask = this.#mask;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slot * FIELDS;
      const known = table[at + LENGTH_1];
      if (known === 0) {
        this.#missed = hash;
        return -1;
      }
      if (
        table[at + HASH] === hash &&
        known === length + 1 &&
        table[at + EXTRA] === extra &&
        isSame(view, start, this.#view, table[at + START] ?? 0, length)
      ) {
        return slot;
      }
    }
  }

  /** Keeps a value for the key that `find` has just missed. */
  add(bytes: Buffer, start: number, end: number, extra: number, value: Buffer, flags = 0): number {
    const length = end - start;
    if (this.#count === this.#most || this.#used + length + value.length > this.#mostBytes) this.clear();
    this.#grow(length + value.length);
    this.#count++;
    const table = this.#table;
    let slot = this.#missed & this.#mask;
    while (table[slot * FIELDS + LENGTH_1] !== 0) slot = (slot + 1) & this.#mask;
    const at = slot * FIELDS;
    table[at + LENGTH_1] = length + 1;
    table[at + HASH] = this.#missed;
    table[at + EXTRA] = extra;
    table[at + START] = this.#used;
    table[at + VALUE_LENGTH] = value.length;
    table[at + FLAGS] = flags;
    bytes.copy(this.#arena, this.#used, start, end);
    value.copy(this.#arena, this.#used + length);
    this.#used += length + value.length;
    return slot;
  }

  flags(slot: number): number {
    return this.#table[slot * FIELDS + FLAGS] ?? 0;
  }

  /** Copies the slot's value; gives the offset behind it. */
  copyValue(slot: number, target: Buffer, at: number): number {
    const entry = slot * FIELDS;
    const length = this.#table[entry + VALUE_LENGTH] ?? 0;
    const from = (this.#table[entry + START] ?? 0) + (this.#table[entry + LENGTH_1] ?? 1) - 1;
    const arena = this.#arena;
    if (length < 16) for (let i = 0; i < length; i++) target[at + i] = arena[from + i] ?? 0;
    else arena.copy(target, at, from, from + length);
    return at + length;
  }

  clear(): void {
    this.#table.fill(0);
    this.#used = 0;
    this.#count = 0;
    this.#onClear();
  }

  #grow(bytes: number): void {
    const needed = this.#used + bytes;
    if (needed <= this.#arena.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(Math.min(this.#arena.length * 2, this.#mostBytes), needed));
    this.#arena.copy(larger, 0, 0, this.#used);
    this.#arena = larger;
    this.#view = viewOf(larger);
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
