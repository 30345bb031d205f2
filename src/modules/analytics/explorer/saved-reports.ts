// Saved reports: questions of the explorer, kept like goals and funnels.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import type { Db } from '../sites/sites.ts';
import type { SavedReport } from './contract.ts';
import { type ExplorerQuestion, explorerQuestion } from './question-contract.ts';

interface Own {
  description: string;
  definition: ExplorerQuestion;
}

export const describeReport = (row: Stored<Own>): SavedReport => ({
  id: row.id,
  name: row.name,
  description: row.description,
  definition: readQuestion(row.definition),
  version: row.version,
  createdBy: row.created_by,
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
  archived: row.archived_at !== null,
});

/** A question as it was kept. Throws BAD_REQUEST for one of another version. */
export function readQuestion(kept: unknown): ExplorerQuestion {
  const parsed = explorerQuestion.safeParse(kept);
  if (!parsed.success) throw new ORPCError('BAD_REQUEST', { message: 'The report is written for another version.' });
  return parsed.data;
}

export const keptReports = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'report',
    called: 'a report',
    columns: { description: 'plain', definition: 'json' },
    // what it names may go later: then it says so when it is opened
    async check() {},
  });
