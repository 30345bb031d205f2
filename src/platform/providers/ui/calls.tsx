// The last calls of a connection, newest first: what was asked, what came back, how long it took.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatMoment, formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './connections.module.css';

export function Calls({ connection }: { connection: string }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(api.connections.calls.queryOptions({ input: { workspace: workspace.id, connection } }));
  const columns: Column<NonNullable<typeof list.data>[number]>[] = [
    {
      id: 'at',
      head: t('connections.call.at'),
      render: (row) => formatMoment(row.at, i18n.language, workspace.timeZone),
    },
    {
      id: 'what',
      head: t('connections.call.what'),
      words: true,
      extra: true,
      render: (row) => `${row.method} ${row.host}${row.path}`,
    },
    {
      id: 'how',
      head: t('connections.call.how'),
      value: (row) => [row.status, row.error].filter((part) => part !== null).join(' · '),
      words: true,
      render: (row) => (
        <span className={styles.outcome}>
          {[row.status, row.error].filter((part) => part !== null).join(' · ') || '–'}
        </span>
      ),
    },
    {
      id: 'ms',
      head: t('connections.call.ms'),
      extra: true,
      render: (row) => formatValue(row.ms, 'count', i18n.language),
    },
  ];
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  if (list.data?.length === 0) return <p className={styles.quiet}>{t('connections.noCalls')}</p>;
  return (
    <>
      <DataTable
        caption={t('connections.calls')}
        rows={list.data}
        rowKey={(row) => row.id}
        room={3}
        columns={columns}
      />
      <ScreenTable name={t('connections.calls')} columns={columns} rows={list.data} />
    </>
  );
}
