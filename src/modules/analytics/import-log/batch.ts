// Rows on their way to the sink, in a buffer that is used again once they are stored.
import { viewOf } from './byte-cache.ts';

const BYTES = 16 << 20;
/** More than any row can take, since its texts are cut to a length. */
const LARGEST_ROW = 131_072;
/** A month is a partition, and an insert may touch a hundred of them at most. */
const MOST_DAYS = 62;

export class Batch {
  readonly bytes = Buffer.allocUnsafeSlow(BYTES);
  readonly view = viewOf(this.bytes);
  length = 0;
  count = 0;
  days = new Set<number>();
  readonly #mostRows: number;
  #lastDay = -1;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  /** UTC days since 1970 of the rows. */
  addDay(day: number): void {
    if (day === this.#lastDay) return;
    this.#lastDay = day;
    this.days.add(day);
  }

  get full(): boolean {
    return this.count >= this.#mostRows || this.length > BYTES - LARGEST_ROW || this.days.size >= MOST_DAYS;
  }

  get rows(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    this.count = 0;
    this.days = new Set();
    this.#lastDay = -1;
  }
}
