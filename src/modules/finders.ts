// Every kind of record the palette can reach, in one explicit list, in the order of its results.
import type { Kysely } from 'kysely';
import type { RecordFinder } from '../platform/finder/finder.ts';
import { jobFinder, peopleFinder } from '../platform/finder/platform-finders.ts';
import type { JobTables } from '../platform/jobs/index.ts';
import type { PeopleTables } from '../platform/workspaces/tables.ts';
import { funnelFinder, goalFinder, pageFinder, reportFinder, segmentFinder, siteFinder } from './analytics/index.ts';
import type { AnalyticsTables } from './analytics/tables.ts';
import { type AnnotationTables, noteFinder } from './annotations/index.ts';
import { type CostTables, campaignFinder } from './costs/index.ts';
import { linkFinder } from './links/index.ts';

export interface FinderParts {
  db: Kysely<AnalyticsTables & AnnotationTables & CostTables & PeopleTables & JobTables>;
  /** most viewed addresses that hold a text, over the last 30 days */
  topPages(workspace: string, text: string, limit: number): Promise<{ page: string; views: number }[]>;
}

export const recordFinders = ({ db, topPages }: FinderParts): RecordFinder[] => [
  reportFinder(db as never),
  segmentFinder(db as never),
  goalFinder(db as never),
  funnelFinder(db as never),
  noteFinder(db as never),
  campaignFinder(db as never),
  linkFinder(db as never),
  pageFinder(topPages),
  siteFinder(db as never),
  peopleFinder(db as never),
  jobFinder(db as never),
];
