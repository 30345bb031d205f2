// Background work as a screen sees it. Browser-safe.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { workspacePath } from '../workspaces/contract.ts';

const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled', 'dead'] as const;

export const jobRun = z.object({
  id: z.uuid(),
  job: z.string(),
  /** i18n key */
  title: z.string(),
  state: z.enum(STATES),
  done: z.number(),
  total: z.number().nullable(),
  /** i18n key of what is being done */
  words: z.string().nullable(),
  attempt: z.number(),
  /** tries there will be at most */
  attempts: z.number(),
  error: z.string().nullable(),
  /** a person asked it to stop and it has not yet */
  stopping: z.boolean(),
  who: z.string(),
  createdAt: z.string(),
  /** not before; for what waits */
  runAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type JobRun = z.infer<typeof jobRun>;

const schedule = z.object({
  id: z.uuid(),
  job: z.string(),
  title: z.string(),
  cron: z.string(),
  nextAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  createdBy: z.string(),
});

const runPath = workspacePath.extend({ run: z.uuid() });

export const jobsContract = {
  jobs: {
    list: route('jobs:read', 'GET', '/workspaces/{workspace}/jobs', 'Background work of a company, newest first')
      .input(
        workspacePath.extend({
          /** now: waiting or running; lost: failed, dead or cancelled */
          show: z.enum(['now', 'lost', 'done', 'all']).default('all'),
          /** id of the last run of the page before */
          before: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      )
      .output(z.object({ runs: z.array(jobRun), counts: z.record(z.enum(STATES), z.number()) })),
    get: route('jobs:read', 'GET', '/workspaces/{workspace}/jobs/{run}', 'One run, with how far it is')
      .input(runPath)
      .output(jobRun),
    cancel: route(
      'jobs:manage',
      'POST',
      '/workspaces/{workspace}/jobs/{run}/cancel',
      'Stop a run, or take it out of line',
    )
      .input(runPath)
      .output(jobRun),
    retry: route(
      'jobs:manage',
      'POST',
      '/workspaces/{workspace}/jobs/{run}/retry',
      'Try a run again that ended without success; it goes on from its checkpoint',
    )
      .input(runPath)
      .output(jobRun),
    schedules: route(
      'jobs:read',
      'GET',
      '/workspaces/{workspace}/schedules',
      'Work that comes round, with its next time',
    )
      .input(workspacePath)
      .output(z.array(schedule)),
  },
};
