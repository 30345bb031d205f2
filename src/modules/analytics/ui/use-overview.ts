// The two reports behind the measures and the chart: the period by its steps, and what it is compared with.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../web/api.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { MEASURES, type Measure } from './measures.ts';
import { grainOf } from './period.ts';
import type { View } from './view.ts';

/** `all`: the measures of the strip. */
export function useOverview(view: View, all: readonly Measure[] = MEASURES) {
  const { workspace } = useWorkspace();
  const dimension = grainOf(view.dates);
  const query = (period: [string, string]) => ({
    workspace: workspace.id,
    ...view.scope,
    period,
    measures: all.map((one) => one.id),
    dimensions: [dimension],
    sort: dimension,
  });
  const today = view.dates[1] > view.today;
  const now = useQuery(
    api.reports.run.queryOptions({
      input: query([view.dates[0], view.dates[1]]),
      placeholderData: keepPreviousData,
      // a period that is still running fills up while it is looked at
      refetchInterval: today ? 60_000 : false,
    }),
  );
  const before = useQuery(
    api.reports.run.queryOptions({
      input: query([view.compared?.[0] ?? '', view.compared?.[1] ?? '']),
      enabled: view.compared !== null,
    }),
  );
  const revenue = now.data?.totals.revenue;
  const measures = all.filter((one) => one.id !== 'revenue' || (typeof revenue === 'number' && revenue !== 0));
  return { now, before, measures };
}
