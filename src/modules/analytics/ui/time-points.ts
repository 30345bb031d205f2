// Rows of a report by time become the points of a chart: no step is left out, and what has not happened yet is unknown.
import { formatDate } from '../../../web/format.ts';
import type { TimePoint } from '../../../web/parts/time-chart.tsx';
import type { Measure } from './measures.ts';
import { type Dates, type Grain, grainOf, stepDates, steps } from './period.ts';
import type { View } from './view.ts';

type Row = Record<string, string | number | null>;

/** Reports may write an hour as `2026-11-23 14:00:00` and a month as `2026-11`. */
export function stepOf(raw: unknown, grain: Grain): string {
  const text = String(raw).replace(' ', 'T');
  if (grain === 'hour') return text.slice(0, 13);
  return text.length === 7 ? `${text}-01` : text.slice(0, 10);
}

function valuesBy(rows: readonly Row[], grain: Grain, measure: Measure): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) {
    const value = row[measure.id];
    if (typeof value === 'number') found.set(stepOf(row[grain], grain), value);
  }
  return found;
}

/** A count in a step without rows is a true 0; a ratio there is unknown. */
const nothing = (measure: Measure) => (measure.sums ? 0 : null);

export function stepWords(step: string, grain: Grain, language: string, long: boolean): string {
  const options: Intl.DateTimeFormatOptions =
    grain === 'hour'
      ? long
        ? { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
        : { hour: '2-digit', minute: '2-digit' }
      : grain === 'month'
        ? { month: long ? 'long' : 'short', year: 'numeric' }
        : long
          ? { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }
          : { day: 'numeric', month: 'short' };
  return formatDate(grain === 'hour' ? `${step}:00:00Z` : step, language, { ...options, timeZone: 'UTC' });
}

export function timePoints(
  view: Pick<View, 'dates' | 'compared' | 'today' | 'hour' | 'measure'> & {
    /** left out: what suits the length of the period */
    grain?: Grain;
  },
  now: readonly Row[],
  before: readonly Row[],
  language: string,
  /** nothing is known of steps before this date */
  knownFrom: string | null = '',
): (TimePoint & { step: string })[] {
  const grain = view.grain ?? grainOf(view.dates);
  const values = valuesBy(now, grain, view.measure);
  const old = valuesBy(before, grain, view.measure);
  const unknown = (step: string) => knownFrom === null || step.slice(0, 10) < knownFrom;
  const oldSteps = view.compared === null ? [] : steps(view.compared as Dates, grain);
  return steps(view.dates, grain).map((step, index) => {
    const oldStep = oldSteps[index];
    const ahead = grain === 'hour' ? step > view.hour : step > view.today;
    return {
      step,
      label: stepWords(step, grain, language, false),
      title: stepWords(step, grain, language, true),
      value: values.get(step) ?? (ahead || unknown(step) ? null : nothing(view.measure)),
      open: grain === 'hour' ? step === view.hour : !ahead && stepDates(step, grain, view.dates)[1] > view.today,
      before: oldStep === undefined ? null : (old.get(oldStep) ?? (unknown(oldStep) ? null : nothing(view.measure))),
      beforeTitle: oldStep === undefined ? '' : stepWords(oldStep, grain, language, true),
    };
  });
}
