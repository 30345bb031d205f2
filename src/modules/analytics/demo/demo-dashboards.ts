// The demo company's dashboard for Mondays, of its saved reports.
import type { Tile } from '../dashboards/contract.ts';
import { keptDashboards } from '../dashboards/dashboards.ts';
import { keptReports } from '../explorer/saved-reports.ts';
import type { Db } from '../sites/sites.ts';

const TILES: readonly [report: string, width: Tile['width']][] = [
  ['Revenue by channel, week by week', 'whole'],
  ['Campaigns: cost and orders', 'whole'],
  ['Landing pages that lose visitors', 'half'],
  ['Devices', 'half'],
  ['When visitors come', 'half'],
  ['Countries', 'half'],
];

export async function demoDashboards(db: Db, workspace: string): Promise<void> {
  const reports = await keptReports(db).list(workspace, 'active');
  const tiles = TILES.flatMap(([name, width]) => {
    const found = reports.find((report) => report.name === name);
    return found ? [{ report: found.id, width }] : [];
  });
  const definition = { version: 1, period: '90d', compare: 'previous', tiles } as const;
  await keptDashboards(db).create(workspace, { name: 'Monday morning', definition }, 'Tradewind');
}
