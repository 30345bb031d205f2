// Every job of every module in one explicit list.
import type { RunnableJob } from '../platform/jobs/index.ts';
import { mailJobs } from '../platform/mail/jobs.ts';
import type { Mail } from '../platform/mail/mail.ts';

export interface ModuleJobParts {
  mail(): Mail;
}

export const moduleJobs = (parts: ModuleJobParts): RunnableJob[] => [...mailJobs(parts)];
