// Every job of every module in one explicit list.
import { type Files, sweepFiles, type Uploads } from '../platform/files/index.ts';
import { type ImportParts, importJobs } from '../platform/imports/index.ts';
import type { RunnableJob } from '../platform/jobs/index.ts';
import { mailJobs } from '../platform/mail/jobs.ts';
import type { Mail } from '../platform/mail/mail.ts';
import { type TransferJobParts, transferJobs } from '../platform/transfers/index.ts';
import {
  type AlarmParts,
  checkAlarms,
  type DeriveAgainParts,
  deriveAgain,
  type EraseParts,
  erasePerson,
  type ImportLogParts,
  importLogJob,
  type KeepLimitParts,
  keepLimit,
  type MailingParts,
  mailReports,
  recount,
} from './analytics/index.ts';
import { type FetchRatesParts, fetchRatesJob, ratesRound } from './costs/index.ts';

export interface ModuleJobParts {
  mail(): Mail;
  logs: ImportLogParts;
  derive: DeriveAgainParts;
  erase: EraseParts;
  keep: KeepLimitParts;
  alarms: AlarmParts;
  mailings: MailingParts;
  imports: ImportParts;
  rates: FetchRatesParts;
  files: Files;
  uploads: Uploads;
  transfers: TransferJobParts;
}

export const moduleJobs = (parts: ModuleJobParts): RunnableJob[] => [
  ...mailJobs(parts),
  importLogJob.with(parts.logs),
  deriveAgain.with(parts.derive),
  recount.with(parts.derive),
  erasePerson.with(parts.erase),
  keepLimit.with(parts.keep),
  checkAlarms.with(parts.alarms),
  mailReports.with(parts.mailings),
  ...importJobs(parts.imports),
  fetchRatesJob.with(parts.rates),
  ratesRound.with(parts.rates),
  sweepFiles.with(parts),
  ...transferJobs(parts.transfers),
];
