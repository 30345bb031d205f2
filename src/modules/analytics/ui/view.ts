// What the overview shows, read from the address bar: period, comparison, site, filters, measure and chosen tabs.
import { useMemo } from 'react';
import { useAddress } from '../../../web/address.ts';
import { todayIn } from '../../../web/dates.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Filter, ReportQuery } from '../contract.ts';
import type { ReadySegmentId } from '../report/vocabulary.ts';
import { readFilters, reportFilter, type ScreenFilter, writeFilters } from './filters.ts';
import { MEASURES, type Measure, type MeasureId } from './measures.ts';
import { COMPARISONS, type Comparison, comparedDates, type Dates, hourIn, resolvePeriod } from './period.ts';

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
  /** how the table of a group is sorted, and what is searched in it */
  sort: (group: string) => string | undefined;
  find: (group: string) => string;
  /** the group whose full table is open, and its page from 1 */
  all: string | undefined;
  page: number;
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
  table?: readonly [group: string, { sort?: string; find?: string | undefined }];
  all?: string | undefined;
  page?: number | undefined;
}

/** `usual`: the period of a screen that is opened without one. */
export function useView(usual = '30d'): [View, (change: ViewChange) => void] {
  const { workspace } = useWorkspace();
  const [search, set] = useAddress();
  const today = todayIn(workspace.timeZone);
  const hour = hourIn(workspace.timeZone);
  const view = useMemo<View>(() => {
    const period = text(search.period) ?? usual;
    const dates = resolvePeriod(period, today);
    const comparison = COMPARISONS.find((one) => one === search.compare) ?? 'previous';
    const filters = readFilters(search.filters);
    const site = text(search.site);
    const segment = text(search.segment);
    const further: Filter[] = segment === undefined ? [] : [{ segment: segment as ReadySegmentId }];
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
      sort: (group) => text(search[`${group}-sort`]),
      find: (group) => (search[`${group}-find`] === undefined ? '' : String(search[`${group}-find`])),
      all: text(search.all),
      page: Math.max(1, Math.trunc(Number(search.page)) || 1),
    };
  }, [search, today, hour, usual]);
  const change = ({ filters, tab, table, ...rest }: ViewChange) =>
    set({
      ...rest,
      ...(filters ? { filters: writeFilters(filters) } : {}),
      ...(tab ? { [tab[0]]: tab[1] } : {}),
      ...Object.fromEntries(Object.entries(table?.[1] ?? {}).map(([key, value]) => [`${table?.[0]}-${key}`, value])),
    });
  return [view, change];
}
