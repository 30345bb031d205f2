// Dashboards: kept like reports, of which they are made.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import type { Db } from '../sites/sites.ts';
import { type Dashboard, type DashboardDefinition, dashboardDefinition } from './contract.ts';

interface Own {
  definition: DashboardDefinition;
}

export function describeDashboard(row: Stored<Own>): Dashboard {
  const parsed = dashboardDefinition.safeParse(row.definition);
  if (!parsed.success) throw new ORPCError('BAD_REQUEST', { message: 'The dashboard is written for another version.' });
  return {
    id: row.id,
    name: row.name,
    definition: parsed.data,
    version: row.version,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at.toISOString(),
    archived: row.archived_at !== null,
  };
}

export const keptDashboards = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'dashboard',
    called: 'a dashboard',
    columns: { definition: 'json' },
    async check(asked, workspace, _id, { definition }) {
      const ids = [...new Set(definition.tiles.map(({ report }) => report))];
      if (ids.length === 0) return;
      const found = await (asked as unknown as Db)
        .selectFrom('report')
        .select('id')
        .where('workspace', '=', workspace)
        .where('id', 'in', ids)
        .execute();
      if (found.length < ids.length)
        throw new ORPCError('BAD_REQUEST', { message: 'A report of the dashboard is not in this company.' });
    },
  });
