// The figures of the period side by side, each with its change; the pressed one is on the chart.
import { useTranslation } from 'react-i18next';
import { currencySign, formatChange, formatValue } from '../../../web/format.ts';
import styles from '../../../web/parts/measure.module.css';
import { Measure as MeasurePart } from '../../../web/parts/measure.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ReportAnswer } from '../contract.ts';
import type { Measure } from './measures.ts';
import { daysIn } from './period.ts';
import type { View, ViewChange } from './view.ts';

interface Props {
  measures: readonly Measure[];
  now: ReportAnswer | undefined;
  before: ReportAnswer | undefined;
  view: View;
  change: (change: ViewChange) => void;
}

export function useMeasureName(): (measure: Pick<Measure, 'id' | 'name'>) => string {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  return ({ id, name }) => name ?? t(`measure.${id}`, { sign: currencySign(workspace.currency, i18n.language) });
}

function useAgainst(view: View): string {
  const { t } = useTranslation();
  if (view.comparison === 'year' || view.period === '12m') return t('against.year');
  if (view.period === 'month' || view.period === 'last-month') return t('against.month');
  return t('against.days', { count: daysIn(view.dates) });
}

export function MeasureStrip({ measures, now, before, view, change }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const name = useMeasureName();
  const against = useAgainst(view);
  return (
    <section className={styles.strip} aria-label={t('overview.measures')}>
      {measures.map((measure, index) => (
        <MeasurePart
          key={measure.id}
          label={name(measure)}
          value={formatValue(now?.totals[measure.id], measure.unit, i18n.language, workspace.currency)}
          change={
            view.compared && before
              ? formatChange(
                  now?.totals[measure.id],
                  before.totals[measure.id],
                  measure.unit,
                  i18n.language,
                  t('points'),
                )
              : null
          }
          direction={measure.direction}
          against={index === 0 ? against : undefined}
          chosen={measure.id === view.measure.id}
          loading={now === undefined}
          onChoose={() => change({ measure: measure.id })}
        />
      ))}
    </section>
  );
}
