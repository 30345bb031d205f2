// The last 90 days beside what was usual, and those on which the alarm would have rung.
import { useTranslation } from 'react-i18next';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { SeriesChart } from '../../../../web/parts/series-chart.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Watched } from '../../alarms/contract.ts';
import type { BookMeasure } from '../explorer/book.ts';
import styles from './alarms.module.css';

type Day = Watched['days'][number];

export function WatchedDays({ days, measure }: { days: readonly Day[]; measure: BookMeasure }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const format = (value: number | null) => formatValue(value, measure.unit, i18n.language, workspace.currency);
  const date = (day: string, long: boolean) =>
    formatDate(day, i18n.language, {
      ...(long ? { weekday: 'short', day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short' }),
      timeZone: 'UTC',
    });
  const rang = days.filter(({ rings }) => rings).reverse();
  const known = days.filter(({ expected }) => expected !== null).length;
  const figure = (id: 'value' | 'expected' | 'low' | 'high', head: string, extra = false): Column<Day> => ({
    id,
    head,
    render: (day) => format(whole(day[id])),
    value: (day) => day[id],
    ...(extra ? { extra } : {}),
  });
  /** Usual figures are no counts: they are said as round as counts are. */
  const whole = (value: number | null) =>
    value === null || measure.unit === 'share' || measure.unit === 'ratio' ? value : Math.round(value);
  const columns: Column<Day>[] = [
    { id: 'day', head: t('alarms.day'), render: ({ day }) => date(day, true), value: ({ day }) => day },
    figure('value', measure.name),
    figure('expected', t('alarms.expected')),
    figure('low', t('alarms.low'), true),
    figure('high', t('alarms.high'), true),
  ];
  const title = t('alarms.chart', { measure: measure.name });
  const line = (id: 'value' | 'low' | 'high', name: string, rest = false) => ({
    ...{ id, name, values: days.map((day) => whole(day[id])) },
    ...(rest ? { rest } : {}),
  });
  return (
    <>
      <p className={styles.verdict} role="status">
        {known === 0 ? t('alarms.tooLittle') : t('alarms.wouldHave', { count: rang.length, days: known })}
      </p>
      <SeriesChart
        label={title}
        steps={days.map(({ day }) => ({ label: date(day, false), title: date(day, true) }))}
        series={[line('value', measure.name), line('high', t('alarms.high'), true), line('low', t('alarms.low'), true)]}
        notes={days.map(({ rings }) => (rings ? [t('alarms.rings')] : undefined))}
        form="line"
        format={format}
      />
      <div className={styles.files}>
        <ScreenTable name={title} columns={columns} rows={days} />
      </div>
      {rang.length > 0 && (
        <DataTable caption={t('alarms.rang')} columns={columns} rows={rang} rowKey={({ day }) => day} />
      )}
    </>
  );
}
