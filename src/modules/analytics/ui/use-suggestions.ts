// The values of a property that really occur, by visitors, while someone types one.
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../web/api.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Filter, ReportQuery } from '../contract.ts';
import { type Property, reportFilter } from './filters.ts';

interface Asked {
  scope: Pick<ReportQuery, 'site'> & { period: [string, string] };
  /** what the visits must be like besides */
  others?: Filter | undefined;
  property: Property;
  typed: string;
  wanted: boolean;
}

export function useSuggestions({ scope, others, property, typed, wanted }: Asked): string[] {
  const { workspace } = useWorkspace();
  const [search] = useDebouncedValue(typed.trim(), 250);
  // names of countries and channels are words of the screen, so only the report's own texts can be searched there
  const searchable = !['country', 'language', 'channel', 'device'].includes(property) && search !== '';
  const filters = reportFilter(
    [],
    [...(others ? [others] : []), ...(searchable ? [{ property, is: 'contains' as const, value: search }] : [])],
  );
  const found = useQuery(
    api.reports.run.queryOptions({
      input: {
        workspace: workspace.id,
        ...scope,
        ...(filters ? { filters } : {}),
        measures: ['visitors'],
        dimensions: [property],
        sort: '-visitors',
        limit: searchable ? 20 : 250,
      },
      enabled: wanted && property !== 'property:',
    }),
  );
  return (found.data?.rows ?? []).map((row) => String(row[property] ?? '')).filter((value) => value !== '');
}
