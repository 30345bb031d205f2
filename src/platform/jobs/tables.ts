// Row types of background work.
import type { ColumnType, Generated } from 'kysely';
import type { Lane } from './define.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Defaulted = ColumnType<Date, Date | string | undefined, Date | string>;
type Json<T> = ColumnType<T, string, string>;

export const JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled', 'dead'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobTables {
  job_run: {
    workspace: string | null;
    id: string;
    job: string;
    lane: Lane;
    payload: Json<unknown>;
    singleton_key: string | null;
    state: JobState;
    delivery: Generated<number>;
    attempt: Generated<number>;
    crashes: Generated<number>;
    done: Generated<number>;
    total: number | null;
    words: string | null;
    checkpoint: Json<unknown> | null;
    error: string | null;
    result: Json<unknown> | null;
    who: string;
    worker: string | null;
    cancel_asked: Generated<boolean>;
    created_at: Defaulted;
    run_at: Defaulted;
    started_at: Timestamp | null;
    finished_at: Timestamp | null;
  };
  schedule: {
    workspace: string | null;
    id: string;
    job: string;
    key: string;
    cron: string;
    zone: string;
    payload: Json<unknown>;
    next_at: Timestamp | null;
    last_at: Timestamp | null;
    created_by: string;
    created_at: Defaulted;
  };
}
