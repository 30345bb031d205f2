// Keeps a batch on its way to the sink while the next one is parsed, and never more, so memory is bounded by the slowest side.
// Checkpoints follow in order, each when everything before it is durable.
import { Batch } from './batch.ts';
import type { LeftOutLines, LogPosition, LogSink, RejectedLine } from './types.ts';

/** A workspace has one writer, so a second batch under way would only wait there (measured: no gain) and take its memory. */
const IN_FLIGHT = 1;

export class SinkPipe {
  duplicates: number;
  readonly #sink: LogSink;
  readonly #batchRows: number;
  readonly #free: Batch[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  /** settles when everything sent so far is durable and its checkpoint kept */
  #durable: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | null = null;

  constructor(sink: LogSink, options: { batchRows: number; duplicates: number }) {
    this.#sink = sink;
    this.#batchRows = options.batchRows;
    this.duplicates = options.duplicates;
  }

  /** An empty batch to fill. */
  take(): Batch {
    return this.#free.pop() ?? new Batch(this.#batchRows);
  }

  giveBack(batch: Batch): void {
    batch.clear();
    this.#free.push(batch);
  }

  /** Sends rows and rejected lines that end at a position; waits only for room. */
  async send(
    batch: Batch,
    rejected: readonly RejectedLine[],
    end: { position: LogPosition; leftOut: LeftOutLines },
  ): Promise<void> {
    await this.#room();
    const stored = Promise.all([this.#insert(batch), rejected.length > 0 ? this.#sink.reject(rejected) : undefined]);
    this.#follow(stored, async () => {
      this.giveBack(batch);
      await this.#sink.checkpoint({ ...end.position, duplicates: this.duplicates }, end.leftOut);
    });
  }

  /** Derives visits once all rows sent so far are stored; parsing goes on meanwhile. */
  async derive(days: ReadonlySet<number>): Promise<void> {
    await this.#room();
    this.#follow(Promise.resolve(), () => this.#sink.deriveVisits(days));
  }

  /** Resolves when everything is durable; throws what the sink threw first. */
  async finish(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
    this.#check();
  }

  async #insert(batch: Batch): Promise<void> {
    if (batch.count === 0) return;
    const { duplicates } = await this.#sink.insert({ rows: batch.rows, count: batch.count, days: batch.days });
    this.duplicates += duplicates;
  }

  /** Runs `then` when `work` and everything sent before is done, unless something failed. */
  #follow(work: Promise<unknown>, then: () => Promise<void>): void {
    const before = this.#durable;
    const done = (async () => {
      await Promise.all([before, work]);
      if (this.#failure === null) await then();
    })().catch((error: unknown) => {
      this.#failure ??= { error };
    });
    this.#durable = done;
    this.#inFlight.add(done);
    void done.then(() => this.#inFlight.delete(done));
  }

  async #room(): Promise<void> {
    while (this.#inFlight.size >= IN_FLIGHT) await Promise.race(this.#inFlight);
    this.#check();
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
