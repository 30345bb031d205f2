// Counts how often something happens within a while, in memory, and forgets it when the while is over.
const MOST_KEYS = 100_000;

export class Often {
  readonly #most: number;
  readonly #whileMs: number;
  #counts = new Map<string, number>();
  #until = 0;

  /** More than `most` times within `whileMs` is often. */
  constructor(most: number, whileMs: number) {
    this.#most = most;
    this.#whileMs = whileMs;
  }

  #fresh(now: number): void {
    if (now < this.#until && this.#counts.size < MOST_KEYS) return;
    this.#counts.clear();
    this.#until = now + this.#whileMs;
  }

  /** Counts one more; true when that is too often. */
  add(key: string, now = Date.now()): boolean {
    this.#fresh(now);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count > this.#most;
  }

  /** Takes one back that was counted and was none of those that are watched for. */
  takeBack(key: string): void {
    const count = this.#counts.get(key);
    if (count !== undefined) this.#counts.set(key, count - 1);
  }

  isOver(key: string, now = Date.now()): boolean {
    this.#fresh(now);
    return (this.#counts.get(key) ?? 0) >= this.#most;
  }
}
