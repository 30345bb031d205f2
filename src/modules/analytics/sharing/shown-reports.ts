// The reports of what is shared or sent, as they are now: a saved report alone, or those of a dashboard in its order.
import { type Dashboard, dashboardDefinition, type Tile } from '../dashboards/contract.ts';
import type { Db } from '../sites/sites.ts';
import type { Shown } from './contract.ts';

export interface ShownReport {
  name: string;
  description: string;
  width: Tile['width'];
  /** as it was kept; null: the report was put away */
  definition: unknown;
}
export interface ShownReports {
  name: string;
  reports: ShownReport[];
  /** of a dashboard: all its reports are of it; null: the report's own */
  period: Pick<Dashboard['definition'], 'period' | 'compare'> | null;
}

/** Null when it was put away itself. Throws for a dashboard that is written for another version. */
export async function shownReports(
  db: Db,
  workspace: string,
  { report, dashboard }: Shown,
): Promise<ShownReports | null> {
  const of = async (tiles: readonly Tile[]): Promise<ShownReport[]> => {
    if (tiles.length === 0) return [];
    const rows = await db
      .selectFrom('report')
      .select(['id', 'name', 'description', 'definition'])
      .where('workspace', '=', workspace)
      .where('archived_at', 'is', null)
      .where(
        'id',
        'in',
        tiles.map((tile) => tile.report),
      )
      .execute();
    return tiles.map(({ report: id, width }) => {
      const { name, description, definition } = rows.find((row) => row.id === id) ?? {
        ...{ name: '', description: '', definition: null },
      };
      return { name, description, width, definition };
    });
  };
  if (report) {
    const reports = await of([{ report, width: 'whole' }]);
    return reports[0]!.definition === null ? null : { name: reports[0]!.name, reports, period: null };
  }
  const row = await db
    .selectFrom('dashboard')
    .select(['name', 'definition'])
    .where('workspace', '=', workspace)
    .where('archived_at', 'is', null)
    .where('id', '=', dashboard ?? '')
    .executeTakeFirst();
  if (!row) return null;
  const { period, compare, tiles } = dashboardDefinition.parse(row.definition);
  return { name: row.name, reports: await of(tiles), period: { period, compare } };
}
