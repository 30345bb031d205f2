// The same funnel for each value of a property of the visit it begins in; pressing a value filters by it.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import {
  FUNNEL_BREAKDOWNS,
  type FunnelAnswer,
  type FunnelBreakdown,
  type FunnelDefinition,
} from '../../funnels/contract.ts';
import { withValue } from '../filters.ts';
import type { View, ViewChange } from '../view.ts';
import { usePropertyName, useValueWords } from '../words.ts';
import styles from './funnels.module.css';

interface Props {
  name: string;
  definition: FunnelDefinition;
  answer: FunnelAnswer;
  breakdown: FunnelBreakdown | undefined;
  view: View;
  change: (change: ViewChange) => void;
  onBreakdown: (by: FunnelBreakdown | undefined) => void;
}
type Row = NonNullable<FunnelAnswer['breakdown']>[number];

export function FunnelBreakdownTable({ name, definition, answer, breakdown, view, change, onBreakdown }: Props) {
  const { t, i18n } = useTranslation();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const count = (n: number | undefined) => formatValue(n, 'count', i18n.language);
  const share = (row: Row) => (row.reached[0] ? (row.reached.at(-1) ?? 0) / row.reached[0] : null);
  const said = (row: Row) => (row.rest ? t('funnels.rest') : breakdown ? words(breakdown, row.value) : '');
  const inside = definition.steps.length <= 4 ? definition.steps.slice(1, -1).map((_, i) => i + 1) : [];
  const columns: Column<Row>[] = [
    { id: 'value', head: breakdown ? propertyName(breakdown) : '', render: said, value: said },
    {
      id: 'began',
      head: t('funnels.began'),
      render: (row) => count(row.reached[0]),
      value: (row) => row.reached[0] ?? null,
    },
    ...inside.map((i) => ({
      id: `step${i}`,
      head: t('funnels.stepN', { n: i + 1 }),
      extra: true,
      render: (row: Row) => count(row.reached[i]),
      value: (row: Row) => row.reached[i] ?? null,
    })),
    {
      id: 'through',
      head: t('funnels.ended'),
      render: (row) => count(row.reached.at(-1)),
      value: (row) => row.reached.at(-1) ?? null,
    },
    {
      id: 'share',
      head: t('funnels.rate'),
      render: (row) => formatValue(share(row), 'share', i18n.language),
      value: share,
    },
    {
      id: 'median',
      head: t('funnels.median'),
      extra: true,
      render: (row) => formatValue(row.medianMs, 'milliseconds', i18n.language),
      value: (row) => row.medianMs,
    },
  ];
  const rows = answer.breakdown ?? undefined;
  const best = Math.max(0.0001, ...(rows ?? []).map((row) => share(row) ?? 0));
  return (
    <Section
      title={t('funnels.breakdown')}
      actions={breakdown && <ScreenTable name={`${name} ${propertyName(breakdown)}`} columns={columns} rows={rows} />}
    >
      <Select
        aria-label={t('funnels.breakdownBy')}
        placeholder={t('funnels.breakdownBy')}
        className={styles.breakdown}
        data={FUNNEL_BREAKDOWNS.map((id) => ({ value: id, label: propertyName(id) }))}
        value={breakdown ?? null}
        clearable
        onChange={(by) => onBreakdown(FUNNEL_BREAKDOWNS.find((one) => one === by))}
      />
      {breakdown ? (
        <DataTable
          caption={t('funnels.breakdown')}
          columns={columns}
          rows={rows}
          rowKey={(row) => (row.rest ? '\u0000' : row.value)}
          bar={(row) => (share(row) ?? 0) / best}
          onRow={(row) => {
            if (!row.rest) change({ filters: withValue(view.filters, breakdown, row.value) });
          }}
          rowHint={(row) => (row.rest ? '' : t('overview.filterBy', { value: said(row) }))}
        />
      ) : (
        <p className={styles.hint}>{t('funnels.breakdownHint')}</p>
      )}
    </Section>
  );
}
