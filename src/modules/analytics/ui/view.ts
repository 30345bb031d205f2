// What the overview shows, read from the address bar: period, comparison, site, filters, measure and chosen tabs.
import { useMemo } from 'react';
import { useAddress } from '../../../web/address.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Filter, ReportQuery } from '../contract.ts';
import { readFilters, reportFilter, type ScreenFilter, writeFilters } from './filters.ts';
import { MEASURES, type Measure, type MeasureId } from './measures.ts';
import { COMPARISONS, type Comparison, comparedDates, type Dates, hourIn, resolvePeriod, todayIn } from './period.ts';

export interface View {
  period: string;
  dates: Dates;
  comparison: Comparison;
  compared: Dates | null;
  today: string;
  /** the hour it is in the company's zone */
  hour: string;
  site: string | undefined;
  filters: ScreenFilter[];
  /** the saved segment the figures are of */
  segment: string | undefined;
  /** what it adds to the filters of a report */
  further: Filter[];
  measure: Measure;
  table: boolean;
  /** what every report of the screen asks for */
  scope: Pick<ReportQuery, 'site' | 'filters'> & { period: [string, string] };
  tab: (group: string) => string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export interface ViewChange {
  period?: string;
  compare?: Comparison;
  site?: string | undefined;
  filters?: readonly ScreenFilter[];
  segment?: string | undefined;
  measure?: MeasureId;
  as?: 'table' | undefined;
  tab?: readonly [group: string, id: string];
}

export function useView(): [View, (change: ViewChange) => void] {
  const { workspace } = useWorkspace();
  const [search, set] = useAddress();
  const today = todayIn(workspace.timeZone);
  const hour = hourIn(workspace.timeZone);
  const view = useMemo<View>(() => {
    const period = text(search.period) ?? '30d';
    const dates = resolvePeriod(period, today);
    const comparison = COMPARISONS.find((one) => one === search.compare) ?? 'previous';
    const filters = readFilters(search.filters);
    const site = text(search.site);
    const segment = text(search.segment);
    const further: Filter[] = segment === undefined ? [] : [{ segment }];
    const asked = reportFilter(filters, further);
    return {
      period,
      dates,
      comparison,
      compared: comparedDates(period, dates, comparison),
      today,
      hour,
      site,
      filters,
      segment,
      further,
      measure: MEASURES.find((one) => one.id === search.measure) ?? MEASURES[0],
      table: search.as === 'table',
      scope: {
        period: [dates[0], dates[1]],
        ...(site === undefined ? {} : { site }),
        ...(asked === undefined ? {} : { filters: asked }),
      },
      tab: (group) => text(search[group]),
    };
  }, [search, today, hour]);
  const change = ({ filters, tab, ...rest }: ViewChange) =>
    set({
      ...rest,
      ...(filters ? { filters: writeFilters(filters) } : {}),
      ...(tab ? { [tab[0]]: tab[1] } : {}),
    });
  return [view, change];
}
