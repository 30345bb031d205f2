// The tables below the chart: where visitors came from, what they saw, where they are and with what.
import { useTranslation } from 'react-i18next';
import { Breakdown } from './breakdown.tsx';
import type { MeasureId } from './measures.ts';
import styles from './overview.module.css';
import type { View, ViewChange } from './view.ts';

/** `tab` is the key in the address bar that keeps the chosen dimension. */
export const BREAKDOWNS = [
  { tab: 'traffic', dimensions: ['channel', 'source', 'campaign'] },
  { tab: 'content', dimensions: ['landingPage', 'page', 'exitPage'] },
  { tab: 'place', dimensions: ['country', 'language'] },
  { tab: 'device', dimensions: ['device', 'browser', 'system'] },
] as const;
export type BreakdownDimension = (typeof BREAKDOWNS)[number]['dimensions'][number];

/** The columns of a table of this dimension, the first one drawn as the bar. */
export function columnsOf(dimension: BreakdownDimension, revenue: boolean): MeasureId[] {
  if (dimension === 'page') return ['visitors', 'pageViews'];
  const money: MeasureId[] = revenue ? ['revenue'] : [];
  return ['visitors', 'visits', 'bounceRate', ...money];
}

interface Props {
  view: View;
  change: (change: ViewChange) => void;
  revenue: boolean;
}

export function Breakdowns({ view, change, revenue }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.columns}>
      {BREAKDOWNS.map(({ tab, dimensions }) => {
        const all: readonly BreakdownDimension[] = dimensions;
        const chosen = all.find((one) => one === view.tab(tab)) ?? all[0]!;
        return (
          <Breakdown
            key={tab}
            label={t(`breakdown.${tab}`)}
            dimensions={all}
            chosen={chosen}
            revenue={revenue}
            view={view}
            change={change}
            onTab={(id) => change({ tab: [tab, id] })}
          />
        );
      })}
    </div>
  );
}
