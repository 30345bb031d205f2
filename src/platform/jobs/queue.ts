// pg-boss hands out messages; a message names a run and is taken in the same transaction as the run it starts, so neither
// is ever there without the other, and a worker that dies leaves no message behind in its hands.
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { type Db, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { LANES, type Lane } from './define.ts';

/** Workers listen here: a lane that has something new, or `cancel RUN`. */
export const CHANNEL = 'tradewind_jobs';

export interface KyselyLike {
  readonly isTransaction: boolean;
  executeQuery(query: CompiledQuery): Promise<{ rows: unknown[]; numAffectedRows?: bigint | undefined }>;
  transaction(): { execute<T>(work: (trx: KyselyLike) => Promise<T>): Promise<T> };
}
/** A Kysely (a transaction of its own is made) or Kysely transaction, or a pg client inside BEGIN … COMMIT. */
export type Executor = KyselyLike | { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> };

export type Ask = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** `work` inside the caller's transaction, or one of its own. */
export function inTransaction<T>(on: Executor, work: (ask: Ask) => Promise<T>): Promise<T> {
  if ('query' in on)
    return work(
      async <Row>(text: string, values: readonly unknown[] = []) => (await on.query(text, [...values])).rows as Row[],
    );
  if (!on.isTransaction) return on.transaction().execute((trx) => inTransaction(trx, work));
  return work(
    async <Row>(text: string, values: readonly unknown[] = []) =>
      (await on.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[],
  );
}

const bossDb = (ask: Ask): Db => ({ executeSql: async (text, values) => ({ rows: await ask(text, values ?? []) }) });

export interface Message {
  run: string;
  delivery: number;
}

export class Queue {
  readonly #boss: PgBoss;
  readonly #log: Logger;
  #ready: Promise<void> | undefined;

  constructor(pool: pg.Pool, log: Logger) {
    this.#log = log;
    const db: Db = {
      executeSql: async (text, values) => {
        const answer = (await pool.query(text, values as unknown[])) as pg.QueryResult | pg.QueryResult[];
        return Array.isArray(answer) ? { rows: answer.flatMap((one) => one.rows as unknown[]) } : answer;
      },
    };
    // messages are deleted when taken, so there is nothing for pg-boss to supervise
    this.#boss = new PgBoss({ db, schema: 'pgboss', supervise: false, schedule: false });
    this.#boss.on('error', (err) => this.#log.warn({ err }, 'queue'));
  }

  /** Makes the schema and the lanes when they are not there. */
  prepare(): Promise<void> {
    this.#ready ??= this.#prepare().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #prepare(): Promise<void> {
    await this.#boss.start();
    for (const lane of LANES)
      await this.#boss.createQueue(lane, { retryLimit: 0, retentionSeconds: 10 * 365 * 86_400 });
  }

  async send(ask: Ask, lane: Lane, messages: readonly Message[], startAfter: Date | null): Promise<void> {
    if (messages.length === 0) return;
    await this.#boss.insert(
      lane,
      messages.map((data) => ({ data, ...(startAfter ? { startAfter } : {}) })),
      { db: bossDb(ask) },
    );
    // told to listeners when the transaction commits
    if (!startAfter || startAfter.getTime() <= Date.now()) await ask(`SELECT pg_notify($1, $2)`, [CHANNEL, lane]);
  }

  /** Takes up to `count` messages out; those another worker is taking are skipped. */
  async take(ask: Ask, lane: Lane, count: number): Promise<Message[]> {
    const db = bossDb(ask);
    const found = await this.#boss.fetch<Message>(lane, { batchSize: count, db });
    if (found.length > 0)
      await this.#boss.deleteJob(
        lane,
        found.map((message) => message.id),
        { db },
      );
    return found.map((message) => message.data);
  }

  async close(): Promise<void> {
    if (!this.#ready) return;
    await this.#ready.catch(() => {});
    await this.#boss.stop({ graceful: false }).catch((err: unknown) => this.#log.warn({ err }, 'queue'));
  }
}
