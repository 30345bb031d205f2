// Work that comes round, with its next time on the company's clock.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type client } from '../../../web/api.ts';
import { formatMoment, UNKNOWN } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { useJobName } from './use-job-name.ts';

type Schedule = Awaited<ReturnType<typeof client.jobs.schedules>>[number];

export function Schedules() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const name = useJobName();
  const list = useQuery(
    api.jobs.schedules.queryOptions({ input: { workspace: workspace.id }, refetchInterval: 30_000 }),
  );
  const moment = (iso: string | null) =>
    iso === null ? UNKNOWN : formatMoment(iso, i18n.language, workspace.timeZone);
  const columns: Column<Schedule>[] = [
    { id: 'job', head: t('jobs.job'), render: (row) => name(row.title) },
    {
      id: 'cron',
      head: t('jobs.cron'),
      words: true,
      extra: true,
      render: (row) => <code>{row.cron}</code>,
      value: (row) => row.cron,
    },
    { id: 'last', head: t('jobs.last'), words: true, extra: true, render: (row) => moment(row.lastAt) },
    {
      id: 'next',
      head: t('jobs.next', { zone: workspace.timeZone }),
      words: true,
      render: (row) => moment(row.nextAt),
    },
  ];
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  if (list.data?.length === 0)
    return <EmptyState title={t('jobs.none.schedules')} text={t('jobs.noneText.schedules')} />;
  return (
    <>
      <DataTable caption={t('jobs.view.schedules')} rows={list.data} rowKey={(row) => row.id} columns={columns} />
      <ScreenTable name={t('jobs.view.schedules')} rows={list.data} columns={columns} />
    </>
  );
}
