// Up to a hundred rows of a dimension in a panel, searched on the server, with the file.
import { Drawer, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { DataTable } from '../../../web/parts/data-table.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { type Row, useBreakdownColumns } from './breakdown-columns.tsx';
import type { BreakdownDimension } from './breakdown-list.ts';
import { CsvButton } from './csv-button.tsx';
import { reportFilter } from './filters.ts';
import type { MeasureId } from './measures.ts';
import styles from './overview.module.css';
import type { View } from './view.ts';
import { useValueWords } from './words.ts';

const MOST = 100;
/** Values shown in other words than the report's are searched among the rows on screen. */
const WORDED: readonly string[] = ['channel', 'country', 'language', 'device'];

interface Props {
  dimension: BreakdownDimension;
  measures: readonly MeasureId[];
  view: View;
  onRow: (row: Row) => void;
  onClose: () => void;
}

export default function BreakdownMore({ dimension, measures, view, onRow, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const here = WORDED.includes(dimension);
  const further = search === '' || here ? [] : [{ property: dimension, is: 'contains' as const, value: search }];
  const filters = reportFilter(view.filters, [...view.further, ...further]);
  const query = {
    ...view.scope,
    ...(filters ? { filters } : {}),
    measures: [...measures],
    dimensions: [dimension],
    sort: '-visitors',
  };
  const report = useQuery(api.reports.run.queryOptions({ input: { workspace: workspace.id, ...query, limit: MOST } }));
  const { columns, bar, rowKey, rowHint } = useBreakdownColumns(dimension, measures, report.data?.rows);
  const rows = report.data?.rows.filter(
    (row) => !here || words(dimension, row[dimension]).toLowerCase().includes(search.toLowerCase()),
  );
  const name = t(`dimensions.${dimension}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={640}
      title={name}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Group gap="md" mb="md">
        <TextInput
          type="search"
          aria-label={t('overview.search', { what: name })}
          placeholder={t('overview.search', { what: name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          style={{ flex: 1 }}
          data-autofocus
        />
        <CsvButton name={name} query={query} />
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
          room={12}
        />
      )}
      {rows?.length === 0 && <p className={styles.none}>{t('nothingFound')}</p>}
      {(report.data?.rowCount ?? 0) > MOST && <p className={styles.none}>{t('overview.onlyTop', { count: MOST })}</p>}
    </Drawer>
  );
}
