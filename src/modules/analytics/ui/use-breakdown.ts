// The report behind a table of the overview: its dimension sorted, searched and cut to a page on the server, so that a search
// finds rows beyond the first ones.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../web/api.ts';
import { readSort, type TableSort } from '../../../web/parts/table-sort.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Filter } from '../contract.ts';
import { type Property, reportFilter } from './filters.ts';
import type { Measure } from './measures.ts';
import type { View } from './view.ts';
import { useValueWords } from './words.ts';

/** Values shown in other words than the report's: the words are searched, and the values they stand for are asked. */
const WORDED: readonly string[] = ['channel', 'country', 'language', 'device'];
const MOST_WORDED = 1000;

interface Asked {
  view: View;
  tab: string;
  dimension: Property;
  /** the columns; the first one leads */
  measures: readonly Measure[];
  limit: number;
  offset: number;
}

export function useBreakdown({ view, tab, dimension, measures, limit, offset }: Asked) {
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const search = view.find(tab);
  const ids = measures.map((one) => one.id);
  const leading: TableSort = { id: ids[0]!, descending: true };
  const sort = readSort(view.sort(tab), [dimension, ...ids]) ?? leading;
  const worded = WORDED.includes(dimension) && search !== '';
  const values = useQuery(
    api.reports.run.queryOptions({
      input: {
        workspace: workspace.id,
        ...view.scope,
        measures: ['visitors'],
        dimensions: [dimension],
        limit: MOST_WORDED,
      },
      enabled: worded,
    }),
  );
  const meant = (values.data?.rows ?? [])
    .map((row) => String(row[dimension] ?? ''))
    .filter((value) => words(dimension, value).toLowerCase().includes(search.toLowerCase()));
  const further: Filter[] =
    search === ''
      ? []
      : [
          worded
            ? { property: dimension, is: 'in', value: meant }
            : { property: dimension, is: 'contains', value: search },
        ];
  const filters = reportFilter(view.filters, [...view.further, ...further]);
  const { filters: _, ...scope } = view.scope;
  const query = {
    ...scope,
    ...(filters ? { filters } : {}),
    measures: ids,
    dimensions: [dimension],
    sort: `${sort.descending ? '-' : ''}${sort.id}`,
  };
  const report = useQuery(
    api.reports.run.queryOptions({
      input: { workspace: workspace.id, ...query, limit, offset },
      placeholderData: (before, last) => (sameTable(last?.queryKey, dimension) ? keepPreviousData(before) : undefined),
      enabled: !worded || values.data !== undefined,
    }),
  );
  // a page that holds both a match and others is one visit or event: only rows that match themselves are shown
  const rows =
    search === '' || WORDED.includes(dimension)
      ? report.data?.rows
      : report.data?.rows.filter((row) => String(row[dimension]).toLowerCase().includes(search.toLowerCase()));
  return { report, rows, query, sort, search };
}

/** Old rows may stay while new ones load only when they are of the same dimension. */
function sameTable(key: unknown, dimension: string): boolean {
  return JSON.stringify(key ?? '').includes(`"dimensions":["${dimension}"]`);
}
