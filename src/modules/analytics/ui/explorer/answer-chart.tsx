// The answer in the form chosen. What a form can't draw is said; the table below says the same as the drawing.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { regionName } from '../../../../web/format.ts';
import { HeatChart } from '../../../../web/parts/heat-chart.tsx';
import { PieChart } from '../../../../web/parts/pie-chart.tsx';
import { WorldMap } from '../../../../web/parts/world-map.tsx';
import type { Property } from '../filters.ts';
import { partsIn, stepIn } from './answer-rows.ts';
import { FunnelForm } from './funnel-form.tsx';
import { PartBars, StepLines } from './line-forms.tsx';
import type { Answered } from './setting.ts';
import { useAnswerWords } from './use-answer-words.ts';

export interface ChartProps extends Answered {
  label: string;
  /** a value was pressed: only what has it */
  onValue?: ((property: Property, value: string) => void) | undefined;
  /** a step of time was pressed */
  onStep?: ((step: string) => void) | undefined;
}

export function AnswerChart(props: ChartProps) {
  const { question, answer } = props;
  if (answer === undefined || question.form === 'table') return null;
  if (question.form === 'funnel') return <FunnelForm {...props} />;
  if (question.form === 'pie') return <Ring {...props} />;
  if (question.form === 'heat') return <Heat {...props} />;
  if (question.form === 'map') return <Countries {...props} />;
  return stepIn(question) === undefined ? <PartBars {...props} /> : <StepLines {...props} />;
}

function Ring({ question, answer, setting, label, onValue }: ChartProps) {
  const { t, i18n } = useTranslation();
  const words = useAnswerWords(setting);
  const measure = setting.book.measure(question.lead ?? question.measures[0]!);
  const [part] = partsIn(question);
  if (!answer || !part) return null;
  const whole = Number(answer.totals[measure.id] ?? 0);
  const share = (value: number) =>
    whole > 0
      ? ` · ${new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(value / whole)}`
      : '';
  const of = (id: string, name: string, value: unknown, rest: boolean) => ({
    id,
    name,
    value: Number(value ?? 0),
    words: words.format(measure, value) + share(Number(value ?? 0)),
    rest,
  });
  const parts = [
    ...answer.rows.map((row) => of(String(row[part] ?? ''), words.value(part, row[part]), row[measure.id], false)),
    ...answer.others.map((row) => of('others', t('explorer.rest'), row[measure.id], true)),
  ].filter(({ value }) => value > 0);
  return <PieChart label={label} parts={parts} {...(onValue ? { onPart: (id: string) => onValue(part, id) } : {})} />;
}

/** Values of a dimension in the order they are read: by their own order where they have one, else as they came, the largest first. */
const IN_ORDER: readonly string[] = ['weekday', 'hourOfDay', 'hour', 'day', 'week', 'month'];

function Heat({ question, answer, setting, label }: ChartProps) {
  const words = useAnswerWords(setting);
  const measure = setting.book.measure(question.lead ?? question.measures[0]!);
  const [down, across] = question.dimensions as Property[];
  const rows = answer?.rows;
  const drawn = useMemo(() => {
    if (!rows || !down || !across) return null;
    const valuesOf = (id: Property): string[] => {
      const sizes = new Map<string, number>();
      for (const row of rows) {
        const value = String(row[id] ?? '');
        sizes.set(value, (sizes.get(value) ?? 0) + Number(row[measure.id] ?? 0));
      }
      const values = [...sizes.keys()];
      return IN_ORDER.includes(id) ? values.sort() : values.sort((a, b) => sizes.get(b)! - sizes.get(a)!);
    };
    const [ys, xs] = [valuesOf(down), valuesOf(across)];
    const cells = rows.flatMap((row) => {
      const value = row[measure.id];
      if (typeof value !== 'number') return [];
      return [{ column: xs.indexOf(String(row[across] ?? '')), row: ys.indexOf(String(row[down] ?? '')), value }];
    });
    return { xs, ys, cells };
  }, [rows, down, across, measure.id]);
  if (!drawn || !down || !across) return null;
  return (
    <HeatChart
      label={label}
      columns={drawn.xs.map((value) => words.value(across, value))}
      rows={drawn.ys.map((value) => words.value(down, value))}
      cells={drawn.cells}
      format={(value) => words.format(measure, value)}
    />
  );
}

function Countries({ question, answer, setting, label, onValue }: ChartProps) {
  const { i18n } = useTranslation();
  const words = useAnswerWords(setting);
  const measure = setting.book.measure(question.lead ?? question.measures[0]!);
  const places = (answer?.rows ?? []).flatMap((row) =>
    row.country && typeof row[measure.id] === 'number'
      ? [{ code: String(row.country), value: Number(row[measure.id]) }]
      : [],
  );
  return (
    <WorldMap
      label={label}
      places={places}
      nameOf={(code) => regionName(code, i18n.language)}
      format={(value) => words.format(measure, value)}
      onPlace={(code) => onValue?.('country', code)}
    />
  );
}
