// The door of background work.
export { defineInstallationJob, defineJob, type Job, type JobContext, JobFailed, type RunnableJob } from './define.ts';
export { type Enqueued, type EnqueueOptions, Jobs } from './jobs.ts';
export { type Executor, inTransaction } from './queue.ts';
export { describeRun, jobsRouter } from './router.ts';
export { nextTime, removeSchedule, setSchedule } from './schedule.ts';
export type { JobTables } from './tables.ts';
export { JobWorker } from './worker.ts';
