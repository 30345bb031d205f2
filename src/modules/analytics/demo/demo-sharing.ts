// What the demo company shows to others: its Monday dashboard to an agency by a link, and the channels by mail each Monday.
import { addDays, todayIn } from '../../../web/dates.ts';
import { keptDashboards } from '../dashboards/dashboards.ts';
import { keptReports } from '../explorer/saved-reports.ts';
import { mailingDefinition } from '../mailings/contract.ts';
import { keptMailings } from '../mailings/mailings.ts';
import { keptShares } from '../sharing/shares.ts';
import type { Db } from '../sites/sites.ts';

const LINK_DAYS = 60;

export async function demoSharing(db: Db, workspace: string): Promise<void> {
  const [dashboard] = await keptDashboards(db).list(workspace, 'active');
  const [report] = await keptReports(db).list(workspace, 'active');
  if (!dashboard || !report) return;
  const lastDay = addDays(todayIn('UTC'), LINK_DAYS);
  const shared = { version: 1, locked: false, lastDay } as const;
  const links = keptShares(db);
  await links.create(
    workspace,
    { name: 'The agency', definition: { ...shared, dashboard: dashboard.id } },
    'Tradewind',
  );
  await links.create(
    workspace,
    { name: 'The board', definition: { ...shared, report: report.id, lastDay: null } },
    'Tradewind',
  );
  // without a round on its clock: a company that is made up writes to nobody
  const definition = mailingDefinition.parse({
    ...{ version: 1, dashboard: dashboard.id, every: 'week', hour: 8, language: 'en' },
    to: ['board@tradewind.example', 'agency@tradewind.example'],
  });
  await keptMailings(db).create(workspace, { name: 'The week in figures', definition }, 'Tradewind');
}
