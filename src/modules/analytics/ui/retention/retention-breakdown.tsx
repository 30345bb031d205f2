// The average of cohorts for each value of a property of the first visit; pressing a value filters by it.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { FUNNEL_BREAKDOWNS } from '../../funnels/contract.ts';
import type { RetentionAnswer } from '../../retention/contract.ts';
import { withValue } from '../filters.ts';
import type { View, ViewChange } from '../view.ts';
import { usePropertyName, useValueWords } from '../words.ts';
import styles from './retention.module.css';
import { type RetentionState, useCellWords } from './retention-state.ts';

interface Props {
  answer: RetentionAnswer;
  state: RetentionState;
  view: View;
  change: (change: ViewChange) => void;
  onChange: (change: Partial<RetentionState>) => void;
}
type Row = NonNullable<RetentionAnswer['breakdown']>[number];
/** Units that stand side by side; the file has the same. */
const SHOWN = [1, 2, 3, 4, 8, 12] as const;

export function RetentionBreakdown({ answer, state, view, change, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const cellWords = useCellWords(state);
  const { by } = state;
  const said = (row: Row) => (row.rest ? t('funnels.rest') : by ? words(by, row.value) : '');
  const known = answer.average.filter(({ value }) => value !== null).length;
  const columns: Column<Row>[] = [
    { id: 'value', head: by ? propertyName(by) : '', render: said, value: said },
    {
      id: 'size',
      head: t('retention.size'),
      render: (row) => formatValue(row.size, 'count', i18n.language),
      value: (row) => row.size,
    },
    ...(state.count === 'revenue' ? [0, ...SHOWN] : SHOWN)
      .filter((unit) => unit < known)
      .map((unit) => ({
        id: `unit${unit}`,
        head: t(`retention.after.${state.unit}`, { n: unit }),
        extra: unit > 2,
        render: (row: Row) => cellWords(row.average[unit]?.value ?? null),
        value: (row: Row) => row.average[unit]?.value ?? null,
      })),
  ];
  const most = Math.max(1, ...(answer.breakdown ?? []).map(({ size }) => size));
  return (
    <Section
      title={t('funnels.breakdown')}
      actions={
        by && (
          <ScreenTable
            name={`${t('nav.retention')} ${propertyName(by)}`}
            columns={columns}
            rows={answer.breakdown ?? undefined}
          />
        )
      }
    >
      <Select
        aria-label={t('funnels.breakdownBy')}
        placeholder={t('funnels.breakdownBy')}
        className={styles.show}
        data={FUNNEL_BREAKDOWNS.map((id) => ({ value: id, label: propertyName(id) }))}
        value={by ?? null}
        clearable
        onChange={(id) => onChange({ by: FUNNEL_BREAKDOWNS.find((one) => one === id) })}
      />
      {by ? (
        <DataTable
          caption={t('funnels.breakdown')}
          columns={columns}
          rows={answer.breakdown ?? undefined}
          rowKey={(row) => (row.rest ? '\u0000' : row.value)}
          bar={(row) => row.size / most}
          onRow={(row) => {
            if (!row.rest) change({ filters: withValue(view.filters, by, row.value) });
          }}
          rowHint={(row) => (row.rest ? '' : t('overview.filterBy', { value: said(row) }))}
        />
      ) : (
        <p className={styles.hint}>{t('retention.breakdownHint')}</p>
      )}
    </Section>
  );
}
