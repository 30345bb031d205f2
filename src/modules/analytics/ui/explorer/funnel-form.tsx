// Steps of a saved funnel, or measures one after another, as bars with what is left of the first.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { type ChartStep, StepChart } from '../../../../web/parts/step-chart.tsx';
import type { ChartProps } from './answer-chart.tsx';
import type { Answered } from './setting.ts';

export interface FunnelRow {
  name: string;
  value: number;
  before: number | null;
  /** of the first step, and of the one before, 0–1 */
  ofFirst: number | null;
  ofLast: number | null;
}

/** The steps as rows: also what their file holds. */
export function useFunnelRows({ question, answer, setting }: Answered): {
  rows: FunnelRow[];
  columns: Column<FunnelRow>[];
} {
  const { t, i18n } = useTranslation();
  const number = (value: number | null) => formatValue(value, 'count', i18n.language);
  const share = (value: number | null) => formatValue(value, 'share', i18n.language);
  const steps = answer?.funnel
    ? answer.funnel.steps.map(({ name, reached, before }, index) => ({
        name: name ?? t('explorer.step', { number: index + 1 }),
        value: reached,
        before,
      }))
    : question.measures
        .map((id) => setting.book.measure(id))
        .filter(({ unit }) => unit === 'count')
        .map(({ id, name }) => ({
          name,
          value: Number(answer?.totals[id] ?? 0),
          before: typeof answer?.totalsBefore?.[id] === 'number' ? (answer.totalsBefore[id] as number) : null,
        }));
  const rows = steps.map((step, index): FunnelRow => {
    const [first, last] = [steps[0]!.value, steps[index - 1]?.value];
    return { ...step, ofFirst: first > 0 ? step.value / first : null, ofLast: last ? step.value / last : null };
  });
  const columns: Column<FunnelRow>[] = [
    { id: 'step', head: t('funnels.step'), render: ({ name }) => name, value: ({ name }) => name },
    {
      id: 'value',
      head: answer?.funnel ? t(`funnels.who.${answer.funnel.by}`) : t('explorer.number'),
      render: ({ value }) => number(value),
      value: ({ value }) => value,
    },
    {
      id: 'ofFirst',
      head: t('funnels.ofFirst'),
      render: ({ ofFirst }) => share(ofFirst),
      value: ({ ofFirst }) => ofFirst,
    },
    {
      id: 'ofLast',
      head: t('funnels.ofLast'),
      extra: true,
      render: ({ ofLast }) => share(ofLast),
      value: ({ ofLast }) => ofLast,
    },
    ...(answer?.compared
      ? [
          {
            id: 'before',
            head: t('overview.before'),
            extra: true,
            render: ({ before }: FunnelRow) => number(before),
            value: ({ before }: FunnelRow) => before,
          },
        ]
      : []),
  ];
  return { rows, columns };
}

export function FunnelForm(props: ChartProps) {
  const { label } = props;
  const { i18n } = useTranslation();
  const { rows } = useFunnelRows(props);
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const share = (value: number | null) => formatValue(value, 'share', i18n.language);
  const drawn = rows.map(
    ({ name, value, before, ofFirst }, index): ChartStep => ({
      name,
      value,
      before,
      label: index === 0 ? number(value) : `${number(value)} · ${share(ofFirst)}`,
      tip: [`${number(value)} (${share(ofFirst)})`],
    }),
  );
  const key = JSON.stringify(drawn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words and figures are the same drawing
  const steps = useMemo(() => drawn, [key]);
  return <StepChart label={label} steps={steps} chosen={null} onStep={() => {}} />;
}

export function FunnelTable(props: Answered & { caption: string }) {
  const { rows, columns } = useFunnelRows(props);
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.answer && rows}
      rowKey={({ name }) => name}
      bar={({ ofFirst }) => ofFirst ?? 0}
    />
  );
}
