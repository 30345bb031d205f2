// What a job is: a name, a payload that is checked, how often it is tried, and the work itself.
import type { Logger } from 'pino';
import type { z } from 'zod';

/** `quick`: many at a time, seconds each. `long`: few at a time, minutes or hours, with checkpoints. */
export const LANES = ['quick', 'long'] as const;
export type Lane = (typeof LANES)[number];

export interface Retry {
  /** tries after the first; then it is a dead letter */
  limit: number;
  /** before the second try; doubles each time, with some chance in it */
  delaySeconds: number;
  maxDelaySeconds: number;
}

const RETRY: Retry = { limit: 5, delaySeconds: 10, maxDelaySeconds: 3600 };

/** What the work is called with. It must stop soon after `signal` aborts. */
export interface JobContext<Payload, Workspace = string> {
  workspace: Workspace;
  payload: Payload;
  /** id of the run, the same on every try */
  run: string;
  /** 1 on the first try */
  attempt: number;
  /** who started it, as the audit trail names them */
  who: string;
  /** `total` null when it is not known; `words` is an i18n key that may use {{done}} and {{total}} */
  progress(done: number, total: number | null, words?: string): void;
  /** What a later try or another worker goes on from. Saving throws when the run is no longer this worker's. */
  checkpoint: { load<State>(): Promise<State | null>; save(state: unknown): Promise<void> };
  /** aborts when a person cancels, the server stops, or the run is no longer this worker's */
  signal: AbortSignal;
  log: Logger;
}

interface Described<Schema extends z.ZodType> {
  /** kebab-case, never changed once in use: it is in the database */
  name: string;
  /** i18n key */
  title: string;
  /** the screen that shows what came of it, below the company's address; not given: the list of jobs */
  page?: string;
  payload: Schema;
  lane: Lane;
  retry: Retry;
}

export interface Job<Schema extends z.ZodType = z.ZodType> extends Described<Schema> {
  scope: 'workspace' | 'installation';
}

/** A job with everything it needs, ready for a worker. */
export interface RunnableJob extends Job {
  run(context: JobContext<unknown, string | null>): Promise<unknown>;
}

export interface JobWith<Schema extends z.ZodType, Parts> extends Job<Schema> {
  /** hands over the parts of the program its work uses */
  with(parts: Parts): RunnableJob;
}

interface Definition<Schema extends z.ZodType, Parts, Workspace> {
  name: string;
  title: string;
  page?: string;
  payload: Schema;
  lane?: Lane;
  retry?: Partial<Retry>;
  /** what it returns is kept as the run's result (JSON) */
  run(context: JobContext<z.output<Schema>, Workspace>, parts: Parts): Promise<unknown>;
}

function define<Schema extends z.ZodType, Parts, Workspace>(
  scope: Job['scope'],
  { run, ...of }: Definition<Schema, Parts, Workspace>,
): JobWith<Schema, Parts> {
  const job: Job<Schema> = { ...of, scope, lane: of.lane ?? 'quick', retry: { ...RETRY, ...of.retry } };
  return {
    ...job,
    with: (parts) => ({
      ...job,
      run: (context) => run(context as JobContext<z.output<Schema>, Workspace>, parts),
    }),
  };
}

export const defineJob = <Schema extends z.ZodType, Parts = object>(
  definition: Definition<Schema, Parts, string>,
): JobWith<Schema, Parts> => define('workspace', definition);

/** Work that belongs to no workspace, like sweeping up. */
export const defineInstallationJob = <Schema extends z.ZodType, Parts = object>(
  definition: Definition<Schema, Parts, null>,
): JobWith<Schema, Parts> => define('installation', definition);

/** Thrown by work that no further try can save; the message is shown to people and says what to do. */
export class JobFailed extends Error {
  override name = 'JobFailed';
}

/** Milliseconds before the try after `attempt`. */
export function backOff(retry: Retry, attempt: number): number {
  const whole = Math.min(retry.maxDelaySeconds, retry.delaySeconds * 2 ** (attempt - 1)) * 1000;
  return Math.round(whole * (0.75 + Math.random() / 4));
}
