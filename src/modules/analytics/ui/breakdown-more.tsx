// All rows of a dimension in a panel, page by page, sorted and searched on the server, with the file.
import { Drawer, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../web/parts/data-table.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { ServerTable } from '../../../web/parts/table-files.tsx';
import { writeSort } from '../../../web/parts/table-sort.ts';
import { TablePager, TableSearch } from '../../../web/parts/table-tools.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { type Row, useBreakdownColumns } from './breakdown-columns.tsx';
import type { Property } from './filters.ts';
import type { Measure } from './measures.ts';
import styles from './overview.module.css';
import { useBreakdown } from './use-breakdown.ts';
import type { View, ViewChange } from './view.ts';

const PAGE = 50;

interface Props {
  tab: string;
  name: string;
  dimension: Property;
  measures: readonly Measure[];
  view: View;
  change: (change: ViewChange) => void;
  onRow: (row: Row) => void;
  onClose: () => void;
}

export default function BreakdownMore({ tab, name, dimension, measures, view, change, onRow, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const { report, rows, query, sort, search } = useBreakdown({
    view,
    tab,
    dimension,
    measures,
    limit: PAGE,
    offset: (view.page - 1) * PAGE,
  });
  const { columns, bar, rowKey, rowHint } = useBreakdownColumns(dimension, measures, rows);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={720}
      title={name}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Group gap="md" mb="md">
        <TableSearch
          label={t('overview.search', { what: name })}
          value={search}
          focused
          onSearch={(text) => change({ table: [tab, { find: text || undefined }], page: undefined })}
        />
        <ServerTable name={name} workspace={workspace.id} table="report" query={{ query: JSON.stringify(query) }} />
      </Group>
      {report.isError ? (
        <Problem error={report.error} onRetry={report.refetch} />
      ) : (
        <DataTable
          caption={name}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          bar={bar}
          onRow={onRow}
          rowHint={rowHint}
          sort={sort}
          onSort={(next) => change({ table: [tab, { sort: writeSort(next) }], page: undefined })}
          room={12}
        />
      )}
      {rows?.length === 0 && <p className={styles.none}>{t('nothingFound')}</p>}
      <TablePager
        page={view.page}
        size={PAGE}
        rows={report.data?.rowCount ?? null}
        shown={rows?.length ?? 0}
        onPage={(page) => change({ page: page === 1 ? undefined : page })}
      />
    </Drawer>
  );
}
