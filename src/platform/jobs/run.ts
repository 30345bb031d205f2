// One run in a worker's hands: its context, and how it ends. Every write names the worker, so a run that was taken over by
// another worker is out of this one's reach.
import type { Logger } from 'pino';
import { backOff, JobFailed, type RunnableJob } from './define.ts';
import type { EndedRun, Jobs } from './jobs.ts';

const PROGRESS_EVERY_MS = 400;
const ENDED = `workspace, id, job, state, who, error,
  extract(epoch FROM clock_timestamp() - coalesce(started_at, created_at))::float8 AS seconds`;
/** A run whose worker dies this often in a row, without a new checkpoint, takes the worker down itself. */
const CRASHES = 5;

export interface ClaimedRun {
  workspace: string | null;
  id: string;
  job: string;
  payload: unknown;
  attempt: number;
  who: string;
}

export class Cancelled extends Error {
  override name = 'Cancelled';
}
/** The server stops or lost its hold: the run goes back in line and is no failure. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

export async function runOne(jobs: Jobs, worker: string, run: ClaimedRun, stop: AbortController): Promise<void> {
  const log: Logger = jobs.log.child({ job: run.job, run: run.id });
  const job = jobs.find(run.job);
  const progress = new Progress(jobs, worker, run.id, log);
  try {
    if (!job) throw new JobFailed(`This version of Tradewind has no job called ${run.job}.`);
    const payload = job.payload.safeParse(run.payload);
    if (!payload.success)
      throw new JobFailed(`The job's data can't be read: ${payload.error.issues[0]?.message ?? ''}`);
    const result = await job.run({
      workspace: run.workspace,
      payload: payload.data,
      run: run.id,
      attempt: run.attempt,
      who: run.who,
      progress: (done, total, words) => progress.set(done, total, words),
      checkpoint: checkpointOf(jobs, worker, run.id),
      signal: stop.signal,
      log,
    });
    await progress.end();
    await jobs.within(async (ask) => {
      const ended = await ask<EndedRun>(
        `UPDATE job_run SET state = 'done', result = $3, error = NULL, worker = NULL, finished_at = now()
         WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING ${ENDED}`,
        [run.id, worker, result === undefined ? null : JSON.stringify(result)],
      );
      for (const one of ended) await jobs.tellEnd(ask, one);
    });
  } catch (error) {
    await progress.end().catch(() => {});
    await endBadly(jobs, worker, run, job, stop.signal, error).catch((err: unknown) =>
      log.warn({ err }, 'a run could not be ended; it is taken up again when its worker is seen to be gone'),
    );
  }
}

async function endBadly(
  jobs: Jobs,
  worker: string,
  run: ClaimedRun,
  job: RunnableJob | undefined,
  signal: AbortSignal,
  error: unknown,
): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
  const end = (state: 'cancelled' | 'failed' | 'dead', words: string | null) =>
    jobs.within(async (ask) => {
      const ended = await ask<EndedRun>(
        `UPDATE job_run SET state = $3, error = $4, worker = NULL, finished_at = now()
         WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING ${ENDED}`,
        [run.id, worker, state, words],
      );
      if (state !== 'cancelled') for (const one of ended) await jobs.tellEnd(ask, one);
    });
  if (signal.aborted && signal.reason instanceof Interrupted)
    return jobs.within((ask) => putBack(jobs, ask, worker, { id: run.id, after: null, error: null, countsAsTry: 0 }));
  if (signal.aborted && signal.reason instanceof Cancelled) return void (await end('cancelled', null));
  jobs.log.warn({ err: error, job: run.job, run: run.id, attempt: run.attempt }, 'a run failed');
  if (error instanceof JobFailed || !job) return void (await end('failed', message));
  if (run.attempt > job.retry.limit) return void (await end('dead', message));
  const after = new Date(Date.now() + backOff(job.retry, run.attempt));
  await jobs.within((ask) => putBack(jobs, ask, worker, { id: run.id, after, error: message, countsAsTry: 1 }));
}

type Asking = Parameters<Parameters<Jobs['within']>[0]>[0];

/** Back in line, under a message of its own. */
async function putBack(
  jobs: Jobs,
  ask: Asking,
  worker: string,
  of: { id: string; after: Date | null; error: string | null; countsAsTry: 0 | 1 },
): Promise<void> {
  const [row] = await ask<{ lane: 'quick' | 'long'; delivery: number }>(
    `UPDATE job_run SET state = CASE WHEN cancel_asked THEN 'cancelled' ELSE 'waiting' END,
       finished_at = CASE WHEN cancel_asked THEN now() END,
       delivery = delivery + 1, worker = NULL, attempt = attempt - 1 + $5, run_at = COALESCE($3, now()), error = COALESCE($4, error)
     WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING lane, delivery`,
    [of.id, worker, of.after, of.error, of.countsAsTry],
  );
  if (row) await jobs.queue.send(ask, row.lane, [{ run: of.id, delivery: row.delivery }], of.after);
}

/** Takes back what a worker that is no more had in its hands. The caller holds that worker's lock. */
export async function takeBack(jobs: Jobs, ask: Asking, worker: string): Promise<number> {
  const dead = await ask<EndedRun>(
    `UPDATE job_run SET state = 'dead', worker = NULL, finished_at = now(), crashes = crashes + 1,
       error = 'The server stopped each time this ran. See its log before trying again.'
     WHERE worker = $1 AND state = 'running' AND crashes >= $2 AND NOT cancel_asked RETURNING ${ENDED}`,
    [worker, CRASHES - 1],
  );
  for (const one of dead) await jobs.tellEnd(ask, one);
  const held = await ask<{ id: string }>(
    `UPDATE job_run SET crashes = crashes + 1 WHERE worker = $1 AND state = 'running' RETURNING id`,
    [worker],
  );
  for (const { id } of held) await putBack(jobs, ask, worker, { id, after: null, error: null, countsAsTry: 0 });
  return held.length + dead.length;
}

function checkpointOf(jobs: Jobs, worker: string, id: string) {
  return {
    load: async <State>(): Promise<State | null> => {
      const [row] = await jobs.ask<{ checkpoint: State | null }>(`SELECT checkpoint FROM job_run WHERE id = $1`, [id]);
      return row?.checkpoint ?? null;
    },
    save: async (state: unknown): Promise<void> => {
      const rows = await jobs.ask(
        `UPDATE job_run SET crashes = CASE WHEN checkpoint IS DISTINCT FROM $3::jsonb THEN 0 ELSE crashes END, checkpoint = $3::jsonb
         WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING id`,
        [id, worker, JSON.stringify(state)],
      );
      if (rows.length === 0) throw new Interrupted('Another worker has this run now.');
    },
  };
}

/** Written a few times a second at most, however often the work tells. */
class Progress {
  readonly #jobs: Jobs;
  readonly #worker: string;
  readonly #id: string;
  readonly #log: Logger;
  #last: { done: number; total: number | null; words: string | null } | undefined;
  #writing: Promise<void> | undefined;
  #writtenAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(jobs: Jobs, worker: string, id: string, log: Logger) {
    this.#jobs = jobs;
    this.#worker = worker;
    this.#id = id;
    this.#log = log;
  }

  set(done: number, total: number | null, words?: string): void {
    this.#last = { done, total, words: words ?? this.#last?.words ?? null };
    if (this.#timer) return;
    const wait = Math.max(0, this.#writtenAt + PROGRESS_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, wait);
  }

  #write(): void {
    const last = this.#last;
    if (!last) return;
    this.#writtenAt = Date.now();
    this.#writing = this.#jobs
      .ask(
        `UPDATE job_run SET done = $3, total = $4, words = COALESCE($5, words) WHERE id = $1 AND worker = $2 AND state = 'running'`,
        [
          this.#id,
          this.#worker,
          Math.round(last.done),
          last.total === null ? null : Math.round(last.total),
          last.words,
        ],
      )
      .then(
        () => undefined,
        (err: unknown) => this.#log.warn({ err }, 'progress was not written'),
      );
  }

  async end(): Promise<void> {
    await this.#writing;
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#write();
    await this.#writing;
  }
}
