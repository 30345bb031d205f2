// Every job of every module in one explicit list.
import type { RunnableJob } from '../platform/jobs/index.ts';

export type ModuleJobParts = object;

export const moduleJobs = (_parts: ModuleJobParts): RunnableJob[] => [];
