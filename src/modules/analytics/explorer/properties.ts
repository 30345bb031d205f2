// Names of properties that events carry, so that one is chosen from what there is.
import type { Reports } from '../report/report.ts';
import { own, shiftDate, within } from '../report/scope.ts';

const DAYS = 30;
const MOST = 200;

/** Reads the named events of 30 days: their map of properties is a column of its own. */
export async function propertiesSeen(reports: Reports, workspace: string): Promise<{ name: string; events: number }[]> {
  const today = new Date().toISOString().slice(0, 10);
  const { scope } = await reports.open(workspace, { period: [shiftDate(today, -DAYS), shiftDate(today, 2)] });
  if (scope.sites.length === 0) return [];
  const rows = await reports.rows<{ property: string; events: string }>(
    `SELECT property, count() AS events FROM events ARRAY JOIN mapKeys(properties) AS property
     WHERE ${own(scope)} AND ${within('at', scope)} AND kind = 'event' AND bot = 0
     GROUP BY property ORDER BY count() DESC, property LIMIT ${MOST}`,
  );
  return rows.map(({ property, events }) => ({ name: property, events: Number(events) }));
}
