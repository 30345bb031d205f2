// Every table that is streamed as a file, in one explicit list.
import type pg from 'pg';
import { openKysely } from '../platform/database/postgres.ts';
import type { ExportTable } from '../platform/exports/table-routes.ts';
import { type Reports, reportTable } from './analytics/index.ts';
import { noteTable } from './annotations/index.ts';
import { costTable } from './costs/index.ts';

export const exportTables = (of: { pool: pg.Pool; reports: Reports }): readonly ExportTable[] => [
  reportTable(of.reports),
  costTable(openKysely(of.pool)),
  noteTable(openKysely(of.pool)),
];
