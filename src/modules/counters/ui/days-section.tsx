// Both counters over the days of the period. Days only the other one knows are its alone: the lines never become one.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatValue } from '../../../web/format.ts';
import { ChartFiles } from '../../../web/parts/chart-files.tsx';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { SeriesChart } from '../../../web/parts/series-chart.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import type { View, ViewChange } from '../../analytics/ui/index.ts';
import { ChartNotes, useChartNotes } from '../../annotations/ui/index.ts';
import type { KnownCounter } from '../contract.ts';
import styles from './counters.module.css';

type Figure = 'visits' | 'visitors' | 'views';
interface Figures {
  visits: number;
  visitors: number | null;
  views: number | null;
}
export interface Day {
  day: string;
  ours: Figures | null;
  theirs: Figures | null;
}
interface Props {
  answer: { days: Day[] } | undefined;
  name: string;
  counter: KnownCounter;
  view: View;
  change: (change: ViewChange) => void;
}
const FIGURES: readonly Figure[] = ['visits', 'visitors', 'views'];
const TAB = 'figure';

export function DaysSection({ answer, name, counter, view, change }: Props) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const figure = FIGURES.find((one) => one === view.tab(TAB)) ?? 'visits';
  const days = answer?.days ?? [];
  const date = (day: string, long: boolean) =>
    formatDate(day, i18n.language, {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
      ...(long ? { weekday: 'short', year: 'numeric' } : {}),
    });
  const format = (value: number | null) => formatValue(value, 'count', i18n.language);
  const ours = t('counters.ours');
  const columns: Column<Day>[] = [
    { id: 'day', head: t('overview.time'), render: ({ day }) => date(day, true), value: ({ day }) => day },
    {
      id: 'ours',
      head: ours,
      render: (row) => format(row.ours?.[figure] ?? null),
      value: (row) => row.ours?.[figure] ?? null,
    },
    {
      id: 'theirs',
      head: name,
      render: (row) => format(row.theirs?.[figure] ?? null),
      value: (row) => row.theirs?.[figure] ?? null,
    },
  ];
  const { notes, marks } = useChartNotes(
    view.scope.period,
    days.map(({ day }) => day),
  );
  const title = t(`counters.figure.${figure}`);
  const before = days.some((one) => one.ours === null && one.theirs !== null);
  return (
    <Section
      title={t('counters.beside', { name })}
      hint={t('counters.knownDays', {
        from: date(counter.firstDay, true),
        to: date(counter.lastDay, true),
        count: counter.days,
      })}
      actions={
        <>
          {view.table ? (
            <ScreenTable name={`${name} ${title}`} columns={columns} rows={days} />
          ) : (
            <ChartFiles
              box={() => box.current}
              title={`${title}: ${ours}, ${name}`}
              about={view.scope.period.join(' – ')}
            />
          )}
          <button
            type="button"
            className={styles.quiet}
            onClick={() => change({ as: view.table ? undefined : 'table' })}
          >
            {view.table ? t('overview.asChart') : t('overview.asTable')}
          </button>
        </>
      }
    >
      <Tabs
        label={t('counters.beside', { name })}
        tabs={FIGURES.map((id) => ({ id, name: t(`counters.figure.${id}`) }))}
        chosen={figure}
        onChoose={(id) => change({ tab: [TAB, id] })}
      />
      {view.table ? (
        <DataTable caption={title} columns={columns} rows={answer && days} rowKey={({ day }) => day} />
      ) : (
        <div ref={box} className={styles.chart}>
          {answer && (
            <SeriesChart
              label={`${title}: ${ours}, ${name}`}
              steps={days.map(({ day }) => ({ label: date(day, false), title: date(day, true) }))}
              series={[
                { id: 'ours', name: ours, values: days.map((one) => one.ours?.[figure] ?? null) },
                { id: 'theirs', name, values: days.map((one) => one.theirs?.[figure] ?? null) },
              ]}
              form="line"
              format={format}
              notes={marks}
            />
          )}
          <ChartNotes notes={notes} period={view.scope.period} />
        </div>
      )}
      {before && <p className={styles.note}>{t('counters.before', { name })}</p>}
      {figure === 'visitors' && days.some((one) => one.theirs?.visitors === null) && (
        <p className={styles.note}>{t('counters.visitorsUnknown')}</p>
      )}
    </Section>
  );
}
