// Carries changes out of PostgreSQL: rows written in the transaction of the change are taken with FOR UPDATE SKIP LOCKED,
// handed over and marked. Never "everything after the last id": a slow transaction commits behind a faster one and would be missed.
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { isEngineAway } from '../http/engine-away.ts';

export interface Change {
  seq: number;
  workspace: string;
  topic: string;
  key: string;
  /** of two changes of one key the later has the greater */
  version: number;
  gone: boolean;
  data: Record<string, unknown>;
  known: Date;
}

/** Takes changes. A repeated call with the same changes must have the effect of one. */
export interface Consumer {
  name: string;
  /** topics a publisher's change is copied for; a mirror is fed by triggers and names none */
  topics: readonly string[];
  /** at most this many at once */
  batch: number;
  /** `client` is inside the transaction that marks the changes: what is written through it happens exactly once */
  take(changes: readonly Change[], client: pg.PoolClient): Promise<void>;
}

const KEPT_DAYS = 7;
const EVERY_MS = 250;
const LONGEST_WAIT_MS = 30_000;
const PURGE_EVERY_MS = 3_600_000;

interface Statement {
  query(text: string, values: unknown[]): Promise<unknown>;
}

export class Outbox {
  readonly #pool: pg.Pool;
  readonly #consumers: readonly Consumer[];
  readonly #log: Logger;
  readonly #loops: Promise<void>[] = [];
  readonly #stopping = new AbortController();

  constructor(parts: { pool: pg.Pool; consumers: readonly Consumer[]; log: Logger }) {
    this.#pool = parts.pool;
    this.#consumers = parts.consumers;
    this.#log = parts.log;
  }

  /** Publishes a change to every consumer of its topic, in the transaction of `client`. */
  async publish(
    client: Statement,
    change: { workspace: string; topic: string; key: string; data: Record<string, unknown> },
  ): Promise<void> {
    for (const consumer of this.#consumers.filter(({ topics }) => topics.includes(change.topic)))
      await client.query('INSERT INTO outbox (workspace, consumer, topic, key, data) VALUES ($1, $2, $3, $4, $5)', [
        change.workspace,
        consumer.name,
        change.topic,
        change.key,
        JSON.stringify(change.data),
      ]);
  }

  start(everyMs = EVERY_MS): void {
    for (const consumer of this.#consumers) this.#loops.push(this.#loop(consumer, everyMs));
    this.#loops.push(this.#purging());
  }

  async #loop(consumer: Consumer, everyMs: number): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const began = Date.now();
      let taken = 0;
      try {
        taken = await this.#step(consumer);
        failures = 0;
      } catch (err) {
        failures++;
        this.#log.warn({ err, consumer: consumer.name, failures }, 'changes wait: they could not be handed over');
      }
      if (taken === consumer.batch) continue;
      // small batches are dear for the event database: never more than a quarter of the time
      const rest = failures > 0 ? everyMs * 2 ** Math.min(failures, 8) : Math.max(everyMs, (Date.now() - began) * 3);
      await this.#sleep(Math.min(LONGEST_WAIT_MS, rest));
    }
  }

  /** Hands over everything committed before the call. Returns how many changes. */
  async drain(): Promise<number> {
    let all = 0;
    for (const consumer of this.#consumers) {
      for (;;) {
        const taken = await this.#step(consumer);
        all += taken;
        if (taken > 0) continue;
        // what another hand has taken and not yet marked is not handed over
        if (!(await this.#isDue(consumer))) break;
        await setTimeout(20);
      }
    }
    return all;
  }

  async #isDue({ name }: Consumer): Promise<boolean> {
    const found = await this.#pool.query(
      'SELECT 1 FROM outbox WHERE consumer = $1 AND done_at IS NULL AND next_at <= clock_timestamp() LIMIT 1',
      [name],
    );
    return found.rows.length > 0;
  }

  async #step(consumer: Consumer): Promise<number> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const changes = await take(client, consumer.name, consumer.batch);
      if (changes.length > 0) await this.#handOver(consumer, changes, client);
      await client.query('COMMIT');
      return changes.length;
    } catch (error) {
      await client.query('ROLLBACK').catch((err: Error) => {
        broken = err;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** A change that can't be taken must not hold up the others: after a failed batch each is tried alone and waits alone. */
  async #handOver(consumer: Consumer, changes: readonly Change[], client: pg.PoolClient): Promise<void> {
    try {
      await within(client, () => consumer.take(changes, client));
      await mark(client, changes);
      return;
    } catch (error) {
      if (isEngineAway(error)) throw error;
    }
    for (const change of changes) {
      try {
        await within(client, () => consumer.take([change], client));
        await mark(client, [change]);
      } catch (error) {
        if (isEngineAway(error)) throw error;
        this.#log.error({ err: error, topic: change.topic, key: change.key }, 'a change could not be handed over');
        await client.query(
          `UPDATE outbox SET attempts = attempts + 1, error = $2,
             next_at = clock_timestamp() + least(interval '1 hour', interval '2 seconds' * power(2, least(attempts, 12)))
           WHERE seq = $1`,
          [change.seq, (error as Error).message.slice(0, 1000)],
        );
      }
    }
  }

  async #purging(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.purge().catch((err: unknown) => this.#log.warn({ err }, 'old changes stay in the outbox'));
      await this.#sleep(PURGE_EVERY_MS);
    }
  }

  /** Deletes what was handed over more than seven days ago, in small steps. */
  async purge(): Promise<void> {
    for (let deleted = 1; deleted > 0 && !this.#stopping.signal.aborted; ) {
      const answer = await this.#pool.query(
        `DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE done_at < now() - interval '${KEPT_DAYS} days' LIMIT 10000)`,
      );
      deleted = answer.rowCount ?? 0;
    }
  }

  #sleep(ms: number): Promise<void> {
    return setTimeout(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#loops);
  }
}

/** How far consumers are behind: changes that wait, those that failed, and the age of the oldest in seconds. */
export async function outboxLag(pool: pg.Pool): Promise<{ waiting: number; failing: number; oldestSeconds: number }> {
  const found = await pool.query<{ waiting: number; failing: number; oldest: number }>(
    `SELECT count(*) AS waiting, count(*) FILTER (WHERE error IS NOT NULL) AS failing,
       coalesce(extract(epoch FROM clock_timestamp() - min(known)), 0)::float8 AS oldest
     FROM outbox WHERE done_at IS NULL`,
  );
  const row = found.rows[0]!;
  return { waiting: row.waiting, failing: row.failing, oldestSeconds: row.oldest };
}

async function take(client: pg.PoolClient, consumer: string, batch: number): Promise<Change[]> {
  const found = await client.query<Change>(
    `SELECT seq, workspace, topic, key, version, gone, data, known FROM outbox
     WHERE consumer = $1 AND done_at IS NULL AND next_at <= clock_timestamp()
     ORDER BY seq LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [consumer, batch],
  );
  return found.rows;
}

const mark = (client: pg.PoolClient, changes: readonly Change[]) =>
  client.query('UPDATE outbox SET done_at = clock_timestamp(), error = NULL WHERE seq = ANY($1::bigint[])', [
    changes.map((change) => change.seq),
  ]);

/** Undoes what a failed consumer wrote, and nothing else. */
async function within(client: pg.PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('SAVEPOINT consumer');
  try {
    await work();
    await client.query('RELEASE SAVEPOINT consumer');
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT consumer');
    throw error;
  }
}
