// When there is nothing to show: no data at all teaches how to get some; an empty period says where the data is.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { addDays } from '../../../web/dates.ts';
import { formatDate } from '../../../web/format.ts';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { addMonths } from './period.ts';
import { StartWays } from './start-ways.tsx';
import { stepOf } from './time-points.ts';
import type { View, ViewChange } from './view.ts';

export function NoData() {
  const { t } = useTranslation();
  return (
    <>
      <EmptyState title={t('start.noData')} text={t('start.noDataText')} />
      <StartWays />
    </>
  );
}

/** The oldest day asked about; visits before it are older than the web's own statistics. */
const BEGINNING = '2000-01-01';

export function NothingInPeriod({ view, change }: { view: View; change: (change: ViewChange) => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const { period: _, ...scope } = view.scope;
  const months = useQuery(
    api.reports.run.queryOptions({
      input: {
        workspace: workspace.id,
        ...scope,
        period: [BEGINNING, addDays(view.today, 1)],
        measures: ['visits'],
        dimensions: ['month'],
        sort: '-month',
      },
    }),
  );
  const filled = (months.data?.rows ?? [])
    .filter((row) => Number(row.visits ?? 0) > 0)
    .map((row) => stepOf(row.month, 'month'))
    .sort();
  const [oldest, newest] = [filled[0], filled.at(-1)];
  const filtered = view.filters.length > 0 || view.segment !== undefined;
  if (months.data === undefined && !months.isError) return <EmptyState title={t('nothing.title')} />;
  if (oldest === undefined || newest === undefined) {
    return (
      <EmptyState title={t('nothing.title')} text={filtered ? t('nothing.filtered') : t('nothing.never')}>
        {filtered && <Button onClick={() => change({ filters: [], segment: undefined })}>{t('filter.clear')}</Button>}
      </EmptyState>
    );
  }
  const month = formatDate(newest, i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <EmptyState title={t('nothing.title')} text={t('nothing.newest', { month })}>
      <Button onClick={() => change({ period: `${newest}..${addMonths(newest, 1)}` })}>
        {t('nothing.show', { month })}
      </Button>
      <Button variant="default" onClick={() => change({ period: `${oldest}..${addMonths(newest, 1)}` })}>
        {t('nothing.all')}
      </Button>
      {filtered && (
        <Button variant="default" onClick={() => change({ filters: [], segment: undefined })}>
          {t('filter.clear')}
        </Button>
      )}
    </EmptyState>
  );
}
