// The tables below the chart: where visitors came from, what they saw, where they are (with the map beside) and with what.
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Breakdown } from './breakdown.tsx';
import { BREAKDOWNS, type BreakdownDimension, columnsOf } from './breakdown-list.ts';
import styles from './overview.module.css';
import type { View, ViewChange } from './view.ts';

const MapSection = lazy(() => import('./map-section.tsx'));

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
        const chosen = all.find((one) => one === view.tab(tab)) ?? all[0];
        if (chosen === undefined) {
          return (
            <Suspense key={tab} fallback={<div className={styles.mapRoom} />}>
              <MapSection view={view} change={change} />
            </Suspense>
          );
        }
        return (
          <Breakdown
            key={tab}
            label={t(`breakdown.${tab}`)}
            tab={tab}
            dimensions={all}
            chosen={chosen}
            columnsOf={(dimension) => columnsOf(dimension as BreakdownDimension, revenue)}
            view={view}
            change={change}
          />
        );
      })}
    </div>
  );
}
