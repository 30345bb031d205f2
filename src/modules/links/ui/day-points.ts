// Counts by day as points of a chart: days without a row are a true 0, days to come are unknown.
import type { TimePoint } from '../../../web/parts/time-chart.tsx';
import { grainOf, stepDates, steps, stepWords, type View } from '../../analytics/ui/index.ts';

export function dayPoints<Name extends string>(
  view: Pick<View, 'dates' | 'today'>,
  days: readonly ({ day: string } & Record<Name, number>)[],
  name: Name,
  language: string,
): TimePoint[] {
  // counts are kept by day, so the finest step is one
  const asked = grainOf(view.dates);
  const grain = asked === 'hour' ? 'day' : asked;
  return steps(view.dates, grain).map((step) => {
    const [from, to] = stepDates(step, grain, view.dates);
    const ahead = step > view.today;
    const sum = days.filter(({ day }) => day >= from && day < to).reduce((all, one) => all + one[name], 0);
    return {
      label: stepWords(step, grain, language, false),
      title: stepWords(step, grain, language, true),
      value: ahead ? null : sum,
      open: !ahead && to > view.today,
      before: null,
      beforeTitle: '',
    };
  });
}
