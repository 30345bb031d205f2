// A measure by day beside what was usual, for the days that are over.
import { addDays, todayIn } from '../../../web/dates.ts';
import { type Filter, reportQuery } from '../contract.ts';
import type { Reports } from '../report/report.ts';
import { reportFilter } from '../ui/filters.ts';
import { type AlarmDefinition, type Watched, WIDTHS } from './contract.ts';
import { DAYS_BEFORE, usualOf } from './season.ts';

const SHOWN_DAYS = 90;

/** `zone`: the company's. Reads one report by day. */
export async function watch(
  reports: Reports,
  workspace: string,
  definition: AlarmDefinition,
  zone: string,
  shown = SHOWN_DAYS,
): Promise<Watched['days']> {
  const today = todayIn(zone);
  const from = addDays(today, -(shown + DAYS_BEFORE));
  const further: Filter[] = definition.segment ? [{ segment: definition.segment }] : [];
  const filters = reportFilter(definition.filters as never, further);
  const answer = await reports.run(
    workspace,
    reportQuery.parse({
      ...{ period: [from, today], measures: [definition.measure], dimensions: ['day'], limit: 1000 },
      ...(definition.site ? { site: definition.site } : {}),
      ...(filters ? { filters } : {}),
    }),
  );
  const known = answer.trust.knownFrom ?? today;
  const values = new Map(answer.rows.map((row) => [String(row.day), row[definition.measure]]));
  const days: { day: string; value: number | null }[] = [];
  for (let day = from; day < today; day = addDays(day, 1)) {
    const value = values.get(day);
    // a day without rows is a true zero once counting has begun
    days.push({ day, value: typeof value === 'number' ? value : day <= known ? null : 0 });
  }
  const width = WIDTHS[definition.sensitivity];
  return days.slice(-shown).map(({ day, value }, index) => {
    const history = days
      .slice(0, days.length - shown + index)
      .map((one) => one.value)
      .filter((one) => one !== null);
    const usual = value === null ? null : usualOf(history, value, width);
    const far = usual !== null && Math.abs(usual.z) > width;
    const wanted =
      definition.way === 'both' || (usual !== null && (definition.way === 'more' ? usual.z > 0 : usual.z < 0));
    return {
      ...{ day, value, expected: usual?.expected ?? null, low: usual?.low ?? null, high: usual?.high ?? null },
      rings: far && wanted,
    };
  });
}
