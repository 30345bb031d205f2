// The chosen figure of every group over the period, a line each.
import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { addDays } from '../../../../web/dates.ts';
import { formatValue } from '../../../../web/format.ts';
import { ChartFiles } from '../../../../web/parts/chart-files.tsx';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { SeriesChart } from '../../../../web/parts/series-chart.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { ChartNotes, useChartNotes } from '../../../annotations/ui/index.ts';
import { useMeasureName } from '../measure-strip.tsx';
import { grainOf } from '../period.ts';
import { timePoints } from '../time-points.ts';
import type { View, ViewChange } from '../view.ts';
import styles from './compare.module.css';
import type { ComparedGroup } from './use-compared.ts';

const MOST_STEPS = 1000;

interface Props {
  groups: readonly ComparedGroup[];
  view: View;
  change: (change: ViewChange) => void;
}
interface Step {
  step: string;
  label: string;
  title: string;
  values: (number | null)[];
}

export function CompareTime({ groups, view, change }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const box = useRef<HTMLDivElement>(null);
  const grain = grainOf(view.dates);
  const { measure } = view;
  const answers = useQueries({
    queries: groups.map(({ scope }) =>
      api.reports.run.queryOptions({
        input: { workspace: workspace.id, ...scope, measures: [measure.id], dimensions: [grain], limit: MOST_STEPS },
      }),
    ),
  });
  const lines = answers.map(({ data }) =>
    data === undefined
      ? []
      : timePoints(
          { ...view, compared: null },
          data.rows,
          [],
          i18n.language,
          data.trust.knownFrom ?? (data.trust.freshTo ? '' : null),
        ),
  );
  const ready = answers.every((one) => one.data !== undefined);
  const name = useMeasureName()(measure);
  const title = t('compare.overTime', { measure: name });
  // a step that isn't over looks like a fall
  const shown = (lines[0] ?? []).filter(
    (point) => !point.open && point.step <= (grain === 'hour' ? view.hour : view.today),
  );
  const steps: Step[] = (shown.length > 1 ? shown : (lines[0] ?? [])).map(({ step, label, title }, index) => ({
    step,
    label,
    title,
    values: lines.map((line) => line[index]?.value ?? null),
  }));
  const { notes, marks } = useChartNotes(
    view.scope.period,
    steps.map(({ step }) => step),
  );
  const format = (value: number | null) => formatValue(value, measure.unit, i18n.language, workspace.currency);
  const columns: Column<Step>[] = [
    { id: 'time', head: t('overview.time'), render: (row) => row.title, value: (row) => row.step },
    ...groups.map((group, index) => ({
      id: group.id,
      head: group.name,
      render: ({ values }: Step) => format(values[index] ?? null),
      value: ({ values }: Step) => values[index] ?? null,
    })),
  ];
  return (
    <Section
      title={title}
      actions={
        <>
          {view.table ? (
            <ScreenTable name={title} columns={columns} rows={steps} />
          ) : (
            <ChartFiles
              box={() => box.current}
              title={title}
              about={`${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`}
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
      {view.table ? (
        <div className={styles.wide}>
          <DataTable caption={title} columns={columns} rows={ready ? steps : undefined} rowKey={({ step }) => step} />
        </div>
      ) : (
        <div ref={box} className={styles.time}>
          {ready && (
            <SeriesChart
              label={title}
              steps={steps}
              series={groups.map(({ id, name }, index) => ({
                id,
                name,
                values: steps.map((row) => row.values[index] ?? null),
              }))}
              form="line"
              format={format}
              notes={marks}
            />
          )}
          <ChartNotes notes={notes} period={view.scope.period} />
        </div>
      )}
    </Section>
  );
}
