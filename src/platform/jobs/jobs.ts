// What the rest of the program calls: put work in line, cancel it, try it again, let it come round.

import type pg from 'pg';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { uuidv7 } from '../ids/uuid.ts';
import type { Job, RunnableJob } from './define.ts';
import { type Ask, CHANNEL, type Executor, inTransaction, Queue } from './queue.ts';
import type { JobState } from './tables.ts';

export interface EnqueueOptions {
  /** while a run with this key waits or runs, no second is made: the first one's id comes back */
  singletonKey?: string;
  startAfter?: Date;
  /** as the audit trail names them */
  who?: string;
}

export interface Enqueued {
  run: string;
  /** false: one with the same singletonKey was there */
  made: boolean;
}

/** A run that ended by itself, well or not; a cancelled one is no news to who cancelled it. */
export interface EndedRun {
  workspace: string | null;
  id: string;
  job: string;
  state: 'done' | 'failed' | 'dead';
  who: string;
  error: string | null;
  /** from its first try to its end */
  seconds: number;
}
/** Called in the transaction that ends the run. */
export type TellEnd = (ask: Ask, run: EndedRun & { title: string; page: string | null }) => Promise<void>;

export class UnknownJob extends Error {
  override name = 'UnknownJob';
}

export class Jobs {
  readonly queue: Queue;
  readonly pool: pg.Pool;
  readonly log: Logger;
  readonly #ended: TellEnd;
  readonly #list = new Map<string, RunnableJob>();

  constructor(parts: { pool: pg.Pool; log: Logger; ended?: TellEnd }) {
    this.pool = parts.pool;
    this.log = parts.log;
    this.#ended = parts.ended ?? (async () => {});
    this.queue = new Queue(parts.pool, parts.log);
  }

  /** Every job of the program, in one explicit list. Called once, before anything runs. */
  register(jobs: readonly RunnableJob[]): void {
    for (const job of jobs) {
      if (this.#list.has(job.name)) throw new Error(`Two jobs are called ${job.name}`);
      this.#list.set(job.name, job);
    }
  }

  find(name: string): RunnableJob | undefined {
    return this.#list.get(name);
  }

  async tellEnd(ask: Ask, run: EndedRun): Promise<void> {
    const job = this.find(run.job);
    await this.#ended(ask, { ...run, title: job?.title ?? run.job, page: job?.page ?? null });
  }

  /**
   * Puts work in line inside the caller's transaction: rolled back with it, and started only after its commit.
   * `workspace` null for an installation job. Throws a ZodError when the payload is not the job's.
   */
  async enqueue<Schema extends z.ZodType>(
    on: Executor,
    workspace: string | null,
    job: Job<Schema>,
    payload: z.input<Schema>,
    options: EnqueueOptions = {},
  ): Promise<Enqueued> {
    const [first] = await this.enqueueMany(on, workspace, job, [payload], options);
    return first!;
  }

  /** The same for many payloads at once, in their order. */
  async enqueueMany<Schema extends z.ZodType>(
    on: Executor,
    workspace: string | null,
    job: Job<Schema>,
    payloads: readonly z.input<Schema>[],
    options: EnqueueOptions = {},
  ): Promise<Enqueued[]> {
    if ((job.scope === 'installation') !== (workspace === null))
      throw new Error(`The job ${job.name} is one of the ${job.scope}`);
    const checked = payloads.map((payload) => {
      job.payload.parse(payload);
      return JSON.stringify(payload);
    });
    const ids = checked.map(() => uuidv7());
    await this.queue.prepare();
    return inTransaction(on, async (ask) => {
      const startAfter = options.startAfter ?? null;
      const rows = await ask<{ id: string }>(
        `INSERT INTO job_run (workspace, id, job, lane, payload, singleton_key, state, who, run_at)
         SELECT $1, id, $2, $3, payload::jsonb, $4, 'waiting', $5, COALESCE($6, now())
         FROM unnest($7::text[], $8::text[]) AS new (id, payload)
         ON CONFLICT (COALESCE(workspace, ''), job, singleton_key)
           WHERE singleton_key IS NOT NULL AND state IN ('waiting', 'running') DO NOTHING
         RETURNING id`,
        [
          workspace,
          job.name,
          job.lane,
          options.singletonKey ?? null,
          options.who ?? 'Tradewind',
          startAfter,
          ids,
          checked,
        ],
      );
      const made = new Set(rows.map((row) => row.id));
      const messages = ids.filter((id) => made.has(id)).map((run) => ({ run, delivery: 1 }));
      await this.queue.send(ask, job.lane, messages, startAfter);
      if (made.size === ids.length) return ids.map((run) => ({ run, made: true }));
      const [there] = await ask<{ id: string }>(
        `SELECT id FROM job_run WHERE COALESCE(workspace, '') = COALESCE($1, '') AND job = $2 AND singleton_key = $3
         ORDER BY state IN ('waiting', 'running') DESC, id DESC LIMIT 1`,
        [workspace, job.name, options.singletonKey],
      );
      return ids.map((id) => (made.has(id) ? { run: id, made: true } : { run: there!.id, made: false }));
    });
  }

  /** One that waits is cancelled at once; one that runs is told to stop. Resolves with the state it was found in, or null. */
  async cancel(on: Executor, workspace: string | null, run: string): Promise<JobState | null> {
    return inTransaction(on, async (ask) => {
      const [found] = await ask<{ state: JobState }>(
        `SELECT state FROM job_run WHERE id = $2 AND workspace IS NOT DISTINCT FROM $1 FOR UPDATE`,
        [workspace, run],
      );
      if (found?.state === 'waiting')
        await ask(
          `UPDATE job_run SET state = 'cancelled', delivery = delivery + 1, finished_at = now() WHERE id = $1`,
          [run],
        );
      if (found?.state === 'running') {
        await ask(`UPDATE job_run SET cancel_asked = true WHERE id = $1`, [run]);
        await ask(`SELECT pg_notify($1, $2)`, [CHANNEL, `cancel ${run}`]);
      }
      return found?.state ?? null;
    });
  }

  /** Puts a run that ended without success in line again; it goes on from its checkpoint. False when there
   * is none such, or another with its singletonKey is on its way. */
  async retry(on: Executor, workspace: string | null, run: string): Promise<boolean> {
    await this.queue.prepare();
    return inTransaction(on, async (ask) => {
      const [row] = await ask<{ lane: Job['lane']; delivery: number }>(
        `UPDATE job_run SET state = 'waiting', delivery = delivery + 1, attempt = 0, crashes = 0, error = NULL,
           cancel_asked = false, finished_at = NULL, run_at = now()
         WHERE id = $2 AND workspace IS NOT DISTINCT FROM $1 AND state IN ('failed', 'dead', 'cancelled')
           AND NOT EXISTS (SELECT 1 FROM job_run live WHERE live.singleton_key = job_run.singleton_key AND live.job = job_run.job
             AND live.workspace IS NOT DISTINCT FROM job_run.workspace AND live.state IN ('waiting', 'running'))
         RETURNING lane, delivery`,
        [workspace, run],
      );
      if (row) await this.queue.send(ask, row.lane, [{ run, delivery: row.delivery }], null);
      return row !== undefined;
    });
  }

  /** Rows outside of any transaction of the caller's. */
  ask: Ask = async <Row>(text: string, values: readonly unknown[] = []) =>
    (await this.pool.query(text, [...values])).rows as Row[];

  /** `work` in a transaction of its own. */
  async within<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const value = await inTransaction(client, work);
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
