// The figures of each group in a column of its own, beside how they stand to the first group's.
import { useTranslation } from 'react-i18next';
import { formatChange, formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { ReportAnswer } from '../../contract.ts';
import { useMeasureName } from '../measure-strip.tsx';
import { MEASURES, type Measure } from '../measures.ts';
import type { ViewChange } from '../view.ts';
import styles from './compare.module.css';
import type { ComparedGroup } from './use-compared.ts';

export const COMPARED_MEASURES: readonly Measure[] = [
  ...MEASURES.filter((one) => one.id !== 'revenue'),
  { id: 'orders', unit: 'count', direction: 1, sums: true },
  { id: 'averageOrder', unit: 'money', direction: 1, sums: false },
  ...MEASURES.filter((one) => one.id === 'revenue'),
];
/** Sums of groups of other sizes say nothing beside each other. */
const comparable = (measure: Measure): boolean => !measure.sums;

interface Props {
  groups: readonly ComparedGroup[];
  answers: readonly (ReportAnswer | undefined)[];
  change: (change: ViewChange) => void;
}

export function CompareMeasures({ groups, answers, change }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const nameOf = useMeasureName();
  const totals = answers.map((one) => one?.totals);
  const sold = totals.some((one) => Boolean(one?.orders) || Boolean(one?.revenue));
  const rows = COMPARED_MEASURES.filter((one) => sold || !['orders', 'averageOrder', 'revenue'].includes(one.id));
  const said = (measure: Measure, group: number): string =>
    formatValue(totals[group]?.[measure.id], measure.unit, i18n.language, workspace.currency);
  const columns: Column<Measure>[] = [
    { id: 'measure', head: t('compare.measure'), render: nameOf, value: nameOf },
    ...groups.map((group, index) => ({
      id: group.id,
      head: group.name,
      render: (measure: Measure) => {
        const change =
          index > 0 && comparable(measure)
            ? formatChange(
                totals[index]?.[measure.id],
                totals[0]?.[measure.id],
                measure.unit,
                i18n.language,
                t('points'),
              )
            : null;
        return (
          <>
            {change && <span className={styles.beside}>{change.text}</span>}
            {said(measure, index)}
          </>
        );
      },
      value: (measure: Measure) => totals[index]?.[measure.id] ?? null,
    })),
  ];
  return (
    <Section
      title={t('compare.figures')}
      hint={groups.length > 1 ? t('compare.beside', { name: groups[0]?.name }) : undefined}
      actions={<ScreenTable name={t('compare.figures')} columns={columns} rows={rows} />}
    >
      <div className={styles.wide}>
        <DataTable
          caption={t('compare.figures')}
          columns={columns}
          rows={answers.some((one) => one === undefined) ? undefined : rows}
          rowKey={(measure) => measure.id}
          onRow={(measure) => MEASURES.some((one) => one.id === measure.id) && change({ measure: measure.id })}
          rowHint={(measure) => t('compare.draw', { measure: nameOf(measure) })}
          room={rows.length}
        />
      </div>
    </Section>
  );
}
