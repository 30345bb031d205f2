// The funnel as bars and as a table: who is left at each step, of whom, how long it took, and the same for the period before.
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { formatChange, formatValue } from '../../../../web/format.ts';
import { ChartFiles } from '../../../../web/parts/chart-files.tsx';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { StepChart } from '../../../../web/parts/step-chart.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import type { FunnelAnswer, FunnelDefinition } from '../../funnels/contract.ts';
import type { View } from '../view.ts';
import styles from './funnels.module.css';
import { useStepNames } from './use-funnel.ts';

interface Props {
  name: string;
  definition: FunnelDefinition;
  now: FunnelAnswer | undefined;
  before: FunnelAnswer | undefined;
  view: View;
  /** from 1 */
  chosen: number;
  onStep: (step: number) => void;
}

export interface StepRow {
  n: number;
  name: string;
  reached: number;
  /** of those who began, 0–1 */
  ofFirst: number | null;
  /** of those of the step before */
  ofLast: number | null;
  lost: number | null;
  medianMs: number | null;
  p90Ms: number | null;
  before: number | null;
  beforeOfFirst: number | null;
}

const part = (some: number, all: number | undefined): number | null => (all ? some / all : null);

export function stepRows(names: readonly string[], now: FunnelAnswer, before: FunnelAnswer | undefined): StepRow[] {
  return now.steps.map(({ reached, medianMs, p90Ms }, i) => {
    const last = i === 0 ? undefined : now.steps[i - 1]?.reached;
    const then = before?.steps[i]?.reached ?? null;
    return {
      n: i + 1,
      name: names[i] ?? '',
      reached,
      ofFirst: part(reached, now.steps[0]?.reached),
      ofLast: last === undefined ? null : part(reached, last),
      lost: last === undefined ? null : last - reached,
      medianMs,
      p90Ms,
      before: then,
      beforeOfFirst: then === null ? null : part(then, before?.steps[0]?.reached),
    };
  });
}

export function FunnelSteps({ name, definition, now, before, view, chosen, onStep }: Props) {
  const { t, i18n } = useTranslation();
  const names = useStepNames()(definition);
  const box = useRef<HTMLDivElement>(null);
  const count = (n: number | null) => formatValue(n, 'count', i18n.language);
  const share = (n: number | null) => formatValue(n, 'share', i18n.language);
  const time = (ms: number | null) => formatValue(ms, 'milliseconds', i18n.language);
  const rows = now && stepRows(names, now, before);
  const who = t(`funnels.who.${definition.by}`);
  const drawn = rows?.map((row) => ({
    name: row.name,
    value: row.reached,
    before: row.before,
    label: row.n === 1 ? count(row.reached) : `${count(row.reached)} · ${share(row.ofFirst)}`,
    tip: [
      `${who}: ${count(row.reached)} (${share(row.ofFirst)})`,
      ...(row.lost === null ? [] : [`${t('funnels.lost')}: ${count(row.lost)}`]),
      ...(row.medianMs === null ? [] : [`${t('funnels.median')}: ${time(row.medianMs)}`]),
      ...(row.before === null ? [] : [`${t('overview.before')}: ${count(row.before)} (${share(row.beforeOfFirst)})`]),
    ],
  }));
  const key = JSON.stringify(drawn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words and figures are the same drawing
  const steps = useMemo(() => drawn ?? [], [key]);
  const change = (row: StepRow) =>
    formatChange(row.ofFirst, row.beforeOfFirst, 'share', i18n.language, t('points'))?.text ?? share(null);
  const columns: Column<StepRow>[] = [
    { id: 'step', head: t('funnels.step'), render: (row) => `${row.n}. ${row.name}`, value: (row) => row.name },
    { id: 'reached', head: who, render: (row) => count(row.reached), value: (row) => row.reached },
    { id: 'ofFirst', head: t('funnels.ofFirst'), render: (row) => share(row.ofFirst), value: (row) => row.ofFirst },
    {
      id: 'ofLast',
      head: t('funnels.ofLast'),
      extra: true,
      render: (row) => share(row.ofLast),
      value: (row) => row.ofLast,
    },
    { id: 'lost', head: t('funnels.lost'), extra: true, render: (row) => count(row.lost), value: (row) => row.lost },
    {
      id: 'median',
      head: t('funnels.median'),
      extra: true,
      render: (row) => time(row.medianMs),
      value: (row) => row.medianMs,
    },
    { id: 'p90', head: t('funnels.p90'), extra: true, render: (row) => time(row.p90Ms), value: (row) => row.p90Ms },
    ...(before
      ? [
          {
            id: 'before',
            head: t('overview.before'),
            extra: true,
            render: (row: StepRow) => count(row.before),
            value: (row: StepRow) => row.before,
          },
          {
            id: 'change',
            head: t('funnels.shareChange'),
            extra: true,
            render: change,
          },
        ]
      : []),
  ];
  const about = `${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`;
  const through = rows?.at(-1)?.ofFirst ?? null;
  return (
    <section aria-label={name}>
      <div className={styles.sum}>
        <p className={styles.sumWords}>
          <b>{share(through)}</b>{' '}
          {now &&
            t('funnels.sum', {
              through: count(rows?.at(-1)?.reached ?? null),
              began: count(rows?.[0]?.reached ?? null),
              median: time(now.total.medianMs),
              p90: time(now.total.p90Ms),
            })}
        </p>
        <span className={styles.files}>
          <ChartFiles box={() => box.current} title={name} about={about} />
          <ScreenTable name={`${name} ${about}`} columns={columns} rows={rows} />
        </span>
      </div>
      <div ref={box}>
        <StepChart
          label={t('funnels.chart', { name })}
          steps={steps}
          chosen={chosen - 1}
          onStep={(index) => onStep(index + 1)}
        />
      </div>
      <DataTable
        caption={t('funnels.chart', { name })}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.n)}
        bar={(row) => row.ofFirst ?? 0}
        onRow={(row) => onStep(row.n)}
        rowHint={(row) => t('funnels.look', { step: row.name })}
        room={definition.steps.length}
      />
    </section>
  );
}
