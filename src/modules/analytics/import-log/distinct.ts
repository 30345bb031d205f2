// Counts different addresses at constant memory (32 MB at most). Exact up to two million: each is kept as a 64-bit hash. Above that
// only hashes with ever more zero bits at the end are kept (distinct sampling), and the count is an estimate with a standard
// error below 0.1%.
const FIRST_SLOTS = 16_384;

export class DistinctCounter {
  readonly #most: number;
  #table = new Int32Array(FIRST_SLOTS * 2);
  #count = 0;
  #level = 0;

  constructor(most = 2_000_000) {
    this.#most = most;
  }

  get count(): number {
    return this.#count * 2 ** this.#level;
  }

  /** Two independent 32-bit hashes of the same thing. */
  add(high: number, low: number): void {
    if ((low & this.#levelMask()) !== 0) return;
    if (!this.#insert(high, low)) return;
    if (this.#count > this.#most) {
      this.#level++;
      this.#rebuild(this.#table.length);
    } else if (this.#count * 4 > this.#table.length) {
      this.#rebuild(this.#table.length * 2);
    }
  }

  #levelMask(): number {
    return 2 ** this.#level - 1;
  }

  #insert(high: number, low: number): boolean {
    // a slot of two zeros is free; the one hash that is all zeros counts as its neighbour
    const first = high === 0 && low === 0 ? 1 : high;
    const table = this.#table;
    const mask = table.length / 2 - 1;
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const a = table[at * 2];
      const b = table[at * 2 + 1];
      if (a === first && b === low) return false;
      if (a === 0 && b === 0) {
        table[at * 2] = first;
        table[at * 2 + 1] = low;
        this.#count++;
        return true;
      }
    }
  }

  #rebuild(size: number): void {
    const old = this.#table;
    const mask = this.#levelMask();
    this.#table = new Int32Array(size);
    this.#count = 0;
    for (let i = 0; i < old.length; i += 2) {
      const high = old[i] ?? 0;
      const low = old[i + 1] ?? 0;
      if ((high !== 0 || low !== 0) && (low & mask) === 0) this.#insert(high, low);
    }
  }
}
