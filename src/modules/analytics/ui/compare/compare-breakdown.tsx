// What the visits of each group are made of: the share of every value among them, side by side.
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { withValue } from '../filters.ts';
import type { View, ViewChange } from '../view.ts';
import { usePropertyName, useValueWords } from '../words.ts';
import styles from './compare.module.css';
import type { ComparedGroup } from './use-compared.ts';

const DIMENSIONS = ['channel', 'source', 'campaign', 'landingPage', 'page', 'country', 'device', 'browser'] as const;
const TAB = 'by';
const MOST_VALUES = 1000;
const SHOWN = 12;

interface Props {
  groups: readonly ComparedGroup[];
  view: View;
  change: (change: ViewChange) => void;
}
interface Row {
  value: string;
  shares: (number | null)[];
}

export function CompareBreakdown({ groups, view, change }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const dimension = DIMENSIONS.find((one) => one === view.tab(TAB)) ?? DIMENSIONS[0];
  const answers = useQueries({
    queries: groups.map(({ scope }) =>
      api.reports.run.queryOptions({
        input: { workspace: workspace.id, ...scope, measures: ['visits'], dimensions: [dimension], limit: MOST_VALUES },
      }),
    ),
  });
  const ready = answers.every((one) => one.data !== undefined);
  const values = new Map<string, Row>();
  for (const [group, { data }] of answers.entries()) {
    const all = Number(data?.totals.visits ?? 0);
    for (const row of data?.rows ?? []) {
      const value = String(row[dimension] ?? '');
      const known = values.get(value) ?? { value, shares: answers.map((one) => (one.data?.totals.visits ? 0 : null)) };
      known.shares[group] = all === 0 ? null : Number(row.visits ?? 0) / all;
      values.set(value, known);
    }
  }
  const weight = ({ shares }: Row): number => shares.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const rows = [...values.values()].sort((a, b) => weight(b) - weight(a)).slice(0, SHOWN);
  const columns: Column<Row>[] = [
    {
      id: dimension,
      head: propertyName(dimension),
      render: ({ value }) => words(dimension, value),
      value: (row) => row.value,
    },
    ...groups.map((group, index) => ({
      id: group.id,
      head: group.name,
      render: ({ shares }: Row) => formatValue(shares[index], 'share', i18n.language),
      value: ({ shares }: Row) => shares[index] ?? null,
    })),
  ];
  const name = t('compare.madeOf');
  return (
    <Section
      title={name}
      hint={t('compare.shareOfVisits')}
      actions={<ScreenTable name={name} columns={columns} rows={rows} />}
    >
      <Tabs
        label={name}
        tabs={DIMENSIONS.map((id) => ({ id, name: propertyName(id) }))}
        chosen={dimension}
        onChoose={(id) => change({ tab: [TAB, id] })}
      />
      <div className={styles.wide}>
        <DataTable
          caption={name}
          columns={columns}
          rows={ready ? rows : undefined}
          rowKey={({ value }) => value}
          bar={({ shares }) => shares[0] ?? 0}
          onRow={({ value }) => change({ filters: withValue(view.filters, dimension, value) })}
          rowHint={({ value }) => t('overview.filterBy', { value: words(dimension, value) })}
          room={8}
        />
      </div>
      {ready && rows.length === 0 && <p className={styles.none}>{t('overview.noRows')}</p>}
    </Section>
  );
}
