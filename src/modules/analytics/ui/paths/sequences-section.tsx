// The sequences most visits hold, with their share; pressing one makes a funnel of it.
import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { addDays } from '../../../../web/dates.ts';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { SequencesAnswer } from '../../paths/contract.ts';
import type { View } from '../view.ts';
import { useFunnelOf } from './node-panel.tsx';
import { type PathState, useNodeWords } from './path-state.ts';
import styles from './paths.module.css';

interface Props {
  state: PathState;
  view: View;
  onLength: (length: number) => void;
}
type Row = SequencesAnswer['rows'][number];
const LENGTHS = ['2', '3', '4', '5'];

export function SequencesSection({ state, view, onLength }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useNodeWords();
  const funnelOf = useFunnelOf();
  const { acts, pages, groups, length } = state;
  const found = useQuery(
    api.paths.sequences.queryOptions({
      input: { workspace: workspace.id, ...view.scope, acts, pages, groups, length },
      placeholderData: keepPreviousData,
    }),
  );
  const visits = found.data?.visits ?? 0;
  const said = (row: Row) => row.nodes.map(words).join(' → ');
  const share = (row: Row) => (visits > 0 ? row.visits / visits : null);
  const columns: Column<Row>[] = [
    { id: 'sequence', head: t('paths.sequence'), render: said, value: said },
    {
      id: 'visits',
      head: t('measure.visits'),
      render: (row) => formatValue(row.visits, 'count', i18n.language),
      value: (row) => row.visits,
    },
    {
      id: 'share',
      head: t('paths.share'),
      render: (row) => formatValue(share(row), 'share', i18n.language),
      value: share,
    },
  ];
  const most = Math.max(1, ...(found.data?.rows ?? []).map((row) => row.visits));
  const about = `${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`;
  return (
    <Section
      title={t('paths.sequences')}
      hint={t('paths.sequencesHint')}
      actions={<ScreenTable name={`${t('paths.sequences')} ${about}`} columns={columns} rows={found.data?.rows} />}
    >
      <Select
        aria-label={t('paths.length')}
        className={styles.length}
        data={LENGTHS.map((n) => ({ value: n, label: t('paths.steps', { count: Number(n) }) }))}
        value={String(length)}
        allowDeselect={false}
        onChange={(n) => onLength(Number(n))}
      />
      {found.isError ? (
        <Problem error={found.error} onRetry={found.refetch} />
      ) : (
        <DataTable
          caption={t('paths.sequences')}
          columns={columns}
          rows={found.data?.rows}
          rowKey={said}
          bar={(row) => row.visits / most}
          onRow={(row) => funnelOf(row.nodes)}
          rowHint={(row) => t('paths.funnelOf', { what: said(row) })}
        />
      )}
      {found.data?.rows.length === 0 && <p className={styles.hint}>{t('paths.noSequences')}</p>}
    </Section>
  );
}
