// What visitors did of late, so that a goal is chosen from what there is instead of typed from memory.
import { reportQuery } from '../contract.ts';
import type { Reports } from '../report/report.ts';
import { shiftDate } from '../report/scope.ts';
import type { GoalDefinition } from './contract.ts';

const DAYS = 30;
const MOST = 50;
const UNSAVED = '00000000-0000-4000-8000-000000000000';

function lastDays(): [string, string] {
  const today = new Date().toISOString().slice(0, 10);
  return [shiftDate(today, -DAYS), shiftDate(today, 2)];
}

/** A goal that is still being thought of, over what happened already. */
export async function previewGoal(
  reports: Reports,
  workspace: string,
  goal: { site: string | null; definition: GoalDefinition },
) {
  const measures = [`conversions:${UNSAVED}`, `convertedVisits:${UNSAVED}`, 'visits'];
  const query = reportQuery.parse({ period: lastDays(), measures });
  const { totals } = await reports.run(workspace, query, new Map([[UNSAVED, { ...goal, worth: null }]]));
  return {
    conversions: Number(totals[measures[0]!]),
    convertedVisits: Number(totals[measures[1]!]),
    visits: Number(totals.visits),
  };
}

export async function seenLately(reports: Reports, workspace: string) {
  const period = lastDays();
  const by = async (dimension: 'event' | 'page', measure: 'events' | 'pageViews') => {
    const asked = { period, measures: [measure], dimensions: [dimension], limit: MOST };
    const { rows } = await reports.run(workspace, reportQuery.parse(asked));
    return rows.map((row) => ({ name: String(row[dimension]), count: Number(row[measure]) }));
  };
  const [events, pages] = await Promise.all([by('event', 'events'), by('page', 'pageViews')]);
  return { events, pages: pages.map(({ name, count }) => ({ page: name, count })) };
}
