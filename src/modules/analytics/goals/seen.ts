// What visitors did of late, so that a goal is chosen from what there is instead of typed from memory.
import { reportQuery } from '../contract.ts';
import type { Reports } from '../report/report.ts';
import { shiftDate } from '../report/scope.ts';

const DAYS = 30;
const MOST = 50;

export async function seenLately(reports: Reports, workspace: string) {
  const today = new Date().toISOString().slice(0, 10);
  const by = async (dimension: 'event' | 'page', measure: 'events' | 'pageViews') => {
    const period = [shiftDate(today, -DAYS), shiftDate(today, 2)];
    const asked = { period, measures: [measure], dimensions: [dimension], limit: MOST };
    const { rows } = await reports.run(workspace, reportQuery.parse(asked));
    return rows.map((row) => ({ name: String(row[dimension]), count: Number(row[measure]) }));
  };
  const [events, pages] = await Promise.all([by('event', 'events'), by('page', 'pageViews')]);
  return { events, pages: pages.map(({ name, count }) => ({ page: name, count })) };
}
