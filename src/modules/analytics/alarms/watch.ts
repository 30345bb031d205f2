// A measure by day beside what was usual, for the days that are over.
import { addDays, todayIn } from '../../../web/dates.ts';
import { type Filter, reportQuery } from '../contract.ts';
import { measureClause } from '../report/registry.ts';
import type { Reports } from '../report/report.ts';
import type { AnyMeasureId } from '../report/vocabulary.ts';
import { reportFilter } from '../ui/filters.ts';
import { type AlarmDefinition, type Watched, WIDTHS } from './contract.ts';
import { DAYS_BEFORE, usualMeanOf, usualOf } from './season.ts';

const SHOWN_DAYS = 90;

/** Measures of which a day has none until someone has entered them. */
const isLate = (measure: AnyMeasureId): boolean => {
  const { cost, goods } = measureClause(measure);
  return cost !== undefined || goods === true;
};

/** What a share or mean is one of; null for counts and sums. */
function manyOf(measure: AnyMeasureId): AnyMeasureId | null {
  const { unit, sale, only, ofSomething, goods } = measureClause(measure);
  const mean = ['share', 'ratio', 'milliseconds', 'speed'].includes(unit) || ofSomething === true;
  if (!mean) return null;
  if (sale || goods) return 'orders';
  return only ? 'pageViews' : 'visits';
}

const isKnown = <Day extends { value: number | null }>(day: Day): day is Day & { value: number } => day.value !== null;

/** `zone`: the company's. Reads one report by day. */
export async function watch(
  reports: Reports,
  workspace: string,
  definition: AlarmDefinition,
  zone: string,
  shown = SHOWN_DAYS,
): Promise<(Watched['days'][number] & { z: number | null })[]> {
  const { measure } = definition;
  const of = manyOf(measure);
  const today = todayIn(zone);
  const from = addDays(today, -(shown + DAYS_BEFORE));
  const further: Filter[] = definition.segment ? [{ segment: definition.segment }] : [];
  const filters = reportFilter(definition.filters as never, further);
  const answer = await reports.run(
    workspace,
    reportQuery.parse({
      ...{
        period: [from, today],
        measures: [...new Set([measure, ...(of ? [of] : [])])],
        dimensions: ['day'],
        limit: 1000,
      },
      ...(definition.site ? { site: definition.site } : {}),
      ...(filters ? { filters } : {}),
    }),
  );
  const known = answer.trust.knownFrom ?? today;
  const rows = new Map(answer.rows.map((row) => [String(row.day), row]));
  const { unit } = measureClause(measure);
  const nothing = of !== null || isLate(measure) ? null : 0;
  const days: { day: string; value: number | null; of: number }[] = [];
  for (let day = from; day < today; day = addDays(day, 1)) {
    const row = rows.get(day);
    const value = row?.[measure];
    // a day without rows is a true zero of a count once counting has begun; a share of nothing is none
    days.push({
      ...{ day, value: typeof value === 'number' ? value : day <= known ? null : nothing },
      of: of ? Number(row?.[of] ?? 0) : 1,
    });
  }
  const width = WIDTHS[definition.sensitivity];
  return days.slice(-shown).map(({ day, value, of: many }, index) => {
    const history = days.slice(0, days.length - shown + index).filter(isKnown);
    const usual =
      value === null
        ? null
        : of === null
          ? usualOf(
              history.map((one) => one.value),
              value,
              width,
            )
          : usualMeanOf(history, { value, of: many }, width, unit === 'share');
    const far = usual !== null && Math.abs(usual.z) > width;
    const wanted =
      definition.way === 'both' || (usual !== null && (definition.way === 'more' ? usual.z > 0 : usual.z < 0));
    return {
      ...{ day, value, expected: usual?.expected ?? null, low: usual?.low ?? null, high: usual?.high ?? null },
      z: usual?.z ?? null,
      rings: far && wanted,
    };
  });
}
