// The chosen measure over the period, as a chart or as a table.
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../web/dates.ts';
import { formatValue } from '../../../web/format.ts';
import { ChartFiles } from '../../../web/parts/chart-files.tsx';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { readSort, useSortedRows, writeSort } from '../../../web/parts/table-sort.ts';
import { TimeChart, type TimePoint } from '../../../web/parts/time-chart.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { ChartNotes, useChartNotes } from '../../annotations/ui/index.ts';
import type { ReportAnswer } from '../contract.ts';
import { useMeasureName } from './measure-strip.tsx';
import styles from './overview.module.css';
import { grainOf, stepDates } from './period.ts';
import { timePoints } from './time-points.ts';
import type { View, ViewChange } from './view.ts';

interface Props {
  now: ReportAnswer | undefined;
  before: ReportAnswer | undefined;
  view: View;
  change: (change: ViewChange) => void;
}

export function TimeSection({ now, before, view, change }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const measureName = useMeasureName();
  const points = useMemo(
    () =>
      now === undefined
        ? []
        : timePoints(
            view,
            now.rows,
            before?.rows ?? [],
            i18n.language,
            now.trust.knownFrom ?? (now.trust.freshTo ? '' : null),
          ),
    [view, now, before, i18n.language],
  );
  const { notes, marks } = useChartNotes(
    view.scope.period,
    points.map(({ step }) => step),
  );
  const name = measureName(view.measure);
  const format = (value: number | null) => formatValue(value, view.measure.unit, i18n.language, workspace.currency);
  const open = (step: string) => {
    const grain = grainOf(view.dates);
    if (grain !== 'hour') change({ period: stepDates(step, grain, view.dates).join('..') });
  };
  const columns: Column<TimePoint & { step: string }>[] = [
    { id: 'time', head: t('overview.time'), render: (point) => point.title, value: (point) => point.step },
    { id: 'value', head: name, render: (point) => format(point.value), value: (point) => point.value },
    ...(view.compared
      ? [
          {
            id: 'before',
            head: t('overview.before'),
            render: (point: TimePoint) => format(point.before),
            value: (point: TimePoint) => point.before,
          },
        ]
      : []),
  ];
  const sort = readSort(view.sort('time'), ['time', 'value', 'before']) ?? { id: 'time', descending: false };
  const sorted = useSortedRows(now && points, columns, sort);
  const box = useRef<HTMLElement>(null);
  const about = `${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`;
  return (
    <section ref={box} aria-label={t('overview.chart', { measure: name })} className={styles.room}>
      <div className={`${styles.chartHead} ${view.table ? styles.tableHead : ''}`}>
        {view.table ? (
          <ScreenTable name={`${name} ${about}`} columns={columns} rows={sorted} />
        ) : (
          <ChartFiles box={() => box.current} title={name} about={about} />
        )}
        <button type="button" className={styles.quiet} onClick={() => change({ as: view.table ? undefined : 'table' })}>
          {view.table ? t('overview.asChart') : t('overview.asTable')}
        </button>
      </div>
      {view.table ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={t('overview.chart', { measure: name })}>
          <DataTable
            caption={t('overview.chart', { measure: name })}
            columns={columns}
            rows={sorted}
            sort={sort}
            onSort={(next) => change({ table: ['time', { sort: writeSort(next) }] })}
            rowKey={(point) => point.step}
            onRow={grainOf(view.dates) === 'hour' ? undefined : (point) => open(point.step)}
          />
        </section>
      ) : (
        now !== undefined && (
          <TimeChart
            label={t('overview.chart', { measure: name })}
            points={points}
            compared={view.compared !== null && before !== undefined}
            notes={marks}
            format={format}
            onPoint={(index) => {
              const point = points[index];
              if (point) open(point.step);
            }}
          />
        )
      )}
      {!view.table && now !== undefined && <ChartNotes notes={notes} period={view.scope.period} />}
    </section>
  );
}
