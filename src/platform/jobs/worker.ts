// Takes runs and carries them out. While it lives it holds an advisory lock of its name on a connection of its own; when
// that lock is free the worker is dead, and whoever sees it takes its runs back. So a kill −9 is known as soon as the
// database sees the connection close, and a run can't be in two hands.
import type pg from 'pg';
import { uuidv7 } from '../ids/uuid.ts';
import { LANES, type Lane } from './define.ts';
import type { Jobs } from './jobs.ts';
import { CHANNEL } from './queue.ts';
import { Cancelled, type ClaimedRun, Interrupted, runOne, takeBack } from './run.ts';
import { fireSchedules } from './schedule.ts';

const PLACES: Record<Lane, number> = { quick: 8, long: 2 };
const LOOK_EVERY_MS = 1000;
const SWEEP_EVERY_MS = 3_600_000;
const KEEP_DAYS = 30;
/** what a stopping worker waits for its runs, before it leaves them to the next start */
const GRACE_MS = 8_000;

const LOCK = `hashtextextended('tradewind worker ' || $1, 0)`;

export class JobWorker {
  readonly #jobs: Jobs;
  #name = '';
  #hold: pg.PoolClient | undefined;
  #stopping = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #sweptAt = 0;
  #caredAt = 0;
  /** lanes that may have something in line */
  readonly #due = new Set<Lane>(LANES);
  readonly #running = new Map<string, { lane: Lane; stop: AbortController; ended: Promise<void> }>();

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  async start(): Promise<void> {
    await this.#jobs.queue.prepare();
    await this.#takeHold();
    this.#look();
  }

  async #takeHold(): Promise<void> {
    const client = await this.#jobs.pool.connect();
    const name = uuidv7();
    try {
      // a machine that vanishes without closing its connection is noticed within half a minute
      await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3');
      await client.query(`SELECT pg_advisory_lock(${LOCK})`, [name]);
      client.on('notification', ({ payload = '' }) => this.#told(payload));
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
    const lost = (): void => {
      if (this.#hold !== client) return;
      this.#hold = undefined;
      client.release(true);
      for (const { stop } of this.#running.values()) stop.abort(new Interrupted('The database is away.'));
    };
    client.on('error', lost);
    client.on('end', lost);
    this.#name = name;
    this.#hold = client;
  }

  #told(payload: string): void {
    if (payload.startsWith('cancel ')) this.#running.get(payload.slice(7))?.stop.abort(new Cancelled());
    else {
      const lane = LANES.find((one) => one === payload);
      if (lane) this.#due.add(lane);
      this.#look();
    }
  }

  /** Looks for work now, and again when a look is under way; otherwise every second. */
  #look(): void {
    if (this.#stopping) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#lookAgain = false;
    this.#looking = this.#once()
      .catch((err: unknown) => {
        if (!this.#stopping) this.#jobs.log.warn({ err }, 'jobs wait');
      })
      .then(() => {
        this.#looking = undefined;
        if (this.#stopping) return;
        if (this.#lookAgain) this.#look();
        else this.#timer = setTimeout(() => this.#look(), LOOK_EVERY_MS);
      });
  }

  async #once(): Promise<void> {
    if (!this.#hold) {
      await Promise.all([...this.#running.values()].map((run) => run.ended));
      await this.#takeHold();
    }
    if (Date.now() - this.#caredAt >= LOOK_EVERY_MS) await this.#care();
    for (const lane of this.#due) await this.#fill(lane);
  }

  /** Once a second: what comes round, what is due without a word of it, whose worker is dead, what was cancelled. */
  async #care(): Promise<void> {
    const jobs = this.#jobs;
    await this.#hold?.query('SELECT 1');
    await fireSchedules(jobs);
    const found = await jobs.ask<{ worker: string | null; lane: Lane; asked: string[] | null }>(
      `SELECT NULL AS worker, lane, NULL AS asked FROM (SELECT DISTINCT lane FROM job_run WHERE state = 'waiting' AND run_at <= now()) due
       UNION ALL SELECT worker, min(lane), array_agg(id) FILTER (WHERE cancel_asked) FROM job_run WHERE state = 'running' GROUP BY worker`,
    );
    for (const { worker, lane, asked } of found) {
      if (worker === null) this.#due.add(lane);
      else if (worker === this.#name) for (const id of asked ?? []) this.#told(`cancel ${id}`);
      else await this.#takeOver(worker);
    }
    if (Date.now() - this.#sweptAt > SWEEP_EVERY_MS) {
      this.#sweptAt = Date.now();
      await jobs.ask(`DELETE FROM job_run WHERE finished_at < now() - interval '${KEEP_DAYS} days'`);
    }
    this.#caredAt = Date.now();
  }

  /** Takes back the runs of a worker that is dead; one that lives holds its lock. */
  async #takeOver(worker: string): Promise<void> {
    await this.#jobs.within(async (ask) => {
      const [lock] = await ask<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`, [worker]);
      if (!lock?.free) return;
      const runs = await takeBack(this.#jobs, ask, worker);
      if (runs > 0) this.#jobs.log.info({ worker, runs }, 'took back the runs of a worker that is gone');
    });
    for (const lane of LANES) this.#due.add(lane);
    this.#lookAgain = true;
  }

  #free(lane: Lane): number {
    let busy = 0;
    for (const run of this.#running.values()) if (run.lane === lane) busy++;
    return PLACES[lane] - busy;
  }

  async #fill(lane: Lane): Promise<void> {
    const free = this.#free(lane);
    const hold = this.#hold;
    if (free <= 0 || !hold || this.#stopping) return;
    const worker = this.#name;
    // word of something new that comes meanwhile puts it back
    this.#due.delete(lane);
    const { taken, claimed } = await this.#jobs.within(async (ask) => {
      const messages = await this.#jobs.queue.take(ask, lane, free);
      if (messages.length === 0) return { taken: 0, claimed: [] };
      // a message whose run was cancelled or sent anew since is void
      const rows = await ask<ClaimedRun>(
        `UPDATE job_run SET state = 'running', worker = $1, attempt = attempt + 1, started_at = COALESCE(started_at, now())
         FROM unnest($2::text[], $3::int[]) AS message (run, number)
         WHERE id = message.run AND delivery = message.number AND state = 'waiting'
         RETURNING workspace, id, job, payload, attempt, who`,
        [worker, messages.map((m) => m.run), messages.map((m) => m.delivery)],
      );
      return { taken: messages.length, claimed: rows };
    });
    for (const run of claimed) this.#begin(worker, lane, run);
    if (taken === free) this.#due.add(lane);
    if (taken === free && claimed.length < free) this.#lookAgain = true;
  }

  #begin(worker: string, lane: Lane, run: ClaimedRun): void {
    const stop = new AbortController();
    const ended = runOne(this.#jobs, worker, run, stop).finally(() => {
      this.#running.delete(run.id);
      this.#look();
    });
    this.#running.set(run.id, { lane, stop, ended });
    if (this.#stopping || this.#name !== worker || !this.#hold) stop.abort(new Interrupted('The server stops.'));
  }

  /** Tells its runs to stop, waits a while, and lets go. What did not end is taken up at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#looking;
    for (const { stop } of this.#running.values()) stop.abort(new Interrupted('The server stops.'));
    const all = Promise.all([...this.#running.values()].map((run) => run.ended));
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, GRACE_MS).unref())]);
    const hold = this.#hold;
    this.#hold = undefined;
    // closing the connection frees the lock
    hold?.release(true);
  }
}
