// Lines, stacked areas and bars: of measures, or of the parts of one measure.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Series, SeriesChart } from '../../../../web/parts/series-chart.tsx';
import { TimeChart } from '../../../../web/parts/time-chart.tsx';
import { ChartNotes, useChartNotes } from '../../../annotations/ui/index.ts';
import type { AnswerRow } from '../../explorer/question-contract.ts';
import type { Property } from '../filters.ts';
import { type Dates, stepDates } from '../period.ts';
import { stepWords, timePoints } from '../time-points.ts';
import type { ChartProps } from './answer-chart.tsx';
import { linesOf, partsIn, shownRows, stepIn, stepsOf } from './answer-rows.ts';
import type { BookMeasure } from './book.ts';
import type { Answered } from './setting.ts';
import { useAnswerWords } from './use-answer-words.ts';

/** Measures that can stand on one axis: those of the same unit as the one in front, which comes first. */
function alike({ question, setting }: Answered): BookMeasure[] {
  const lead = setting.book.measure(question.lead ?? question.measures[0]!);
  const others = question.measures.filter((id) => id !== lead.id).map((id) => setting.book.measure(id));
  return [lead, ...others.filter(({ unit }) => unit === lead.unit)];
}

const figure = (row: AnswerRow, id: string): number | null =>
  typeof row[id] === 'number' ? (row[id] as number) : null;

export function StepLines(props: ChartProps) {
  const { question, answer, setting, label, onStep } = props;
  const { t, i18n } = useTranslation();
  const words = useAnswerWords(setting);
  const grain = stepIn(question)!;
  const parts = partsIn(question);
  const measures = alike(props);
  const [lead] = measures as [BookMeasure];
  const alone = parts.length === 0 && (measures.length === 1 || question.form === 'area');
  const points = useMemo(() => {
    if (!answer || !alone) return [];
    const known = answer.trust.knownFrom ?? (answer.trust.freshTo ? '' : null);
    const view = {
      dates: answer.dates as Dates,
      compared: answer.compared as Dates | null,
      today: answer.today,
      hour: answer.hour,
      measure: lead,
      grain,
    };
    return timePoints(view, answer.rows, answer.before ?? [], i18n.language, known);
  }, [answer, alone, lead, grain, i18n.language]);
  const { notes, marks } = useChartNotes(
    (answer?.dates ?? ['', '']) as [string, string],
    answer ? stepsOf(answer, grain) : [],
  );
  if (!answer) return null;
  const period = answer.dates as [string, string];
  const format = (value: number | null) => words.format(lead, value);
  if (alone && question.form !== 'bar') {
    return (
      <>
        <TimeChart
          label={label}
          notes={marks}
          points={points}
          compared={answer.before !== null}
          format={format}
          onPoint={(index) => {
            const point = points[index];
            if (point) onStep?.(point.step);
          }}
        />
        {!setting.outside && <ChartNotes notes={notes} period={period} />}
      </>
    );
  }
  const all = stepsOf(answer, grain);
  const series: Series[] =
    parts.length > 0
      ? linesOf(question, answer, lead, grain).map((line) => ({
          id: line.id,
          name:
            line.values === null
              ? t('explorer.rest')
              : line.values.map((value, i) => words.value(parts[i]!, value)).join(' · '),
          values: line.figures,
          rest: line.values === null,
        }))
      : measures.map((one) => ({
          id: one.id,
          name: one.name,
          values: shownRows(
            question,
            answer,
            question.measures.map((id) => setting.book.measure(id)),
          ).map(({ cells }) => figure(cells, one.id)),
        }));
  const stacks = lead.adds && parts.length > 0;
  // a step that isn't over looks like a fall: bars show it, lines end before it
  const [, end] = stepDates(all.at(-1) ?? answer.today, grain, answer.dates as Dates);
  const open = grain === 'hour' ? all.at(-1) === answer.hour : end > answer.today;
  const drawn = open && question.form !== 'bar' && all.length > 2 ? all.length - 1 : all.length;
  const form =
    question.form === 'bar' ? (stacks ? 'stack' : 'bar') : question.form === 'area' && stacks ? 'area' : 'line';
  return (
    <>
      <SeriesChart
        label={label}
        notes={marks.slice(0, drawn)}
        steps={all.slice(0, drawn).map((step) => ({
          label: stepWords(step, grain, i18n.language, false),
          title: stepWords(step, grain, i18n.language, true),
        }))}
        series={series.filter(({ values, rest }) => !rest || values.some((value) => value !== null))}
        form={form}
        format={format}
        onPoint={(index) => {
          const step = all[index];
          if (step) onStep?.(step);
        }}
      />
      {!setting.outside && <ChartNotes notes={notes} period={period} />}
    </>
  );
}

/** Without steps of time a bar stands for a value of the first dimension; a second one makes its parts. */
export function PartBars(props: ChartProps) {
  const { question, answer, setting, label, onValue } = props;
  const { t } = useTranslation();
  const words = useAnswerWords(setting);
  const [first, second] = question.dimensions as Property[];
  const measures = alike(props);
  const [lead] = measures as [BookMeasure];
  if (!answer || !first) return null;
  const valuesOf = (id: Property): string[] => [...new Set(answer.rows.map((row) => String(row[id] ?? '')))];
  const names = valuesOf(first);
  const rest = second ? [] : answer.others;
  const series: Series[] = second
    ? valuesOf(second).map((value) => ({
        id: value,
        name: words.value(second, value),
        values: names.map((name) => {
          const row = answer.rows.find(
            (one) => String(one[first] ?? '') === name && String(one[second] ?? '') === value,
          );
          return row ? figure(row, lead.id) : null;
        }),
      }))
    : measures.map((one) => ({
        id: one.id,
        name: one.name,
        values: [...answer.rows, ...rest].map((row) => figure(row, one.id)),
      }));
  const steps = [...names.map((name) => words.value(first, name)), ...rest.map(() => t('explorer.rest'))];
  return (
    <SeriesChart
      label={label}
      steps={steps.map((name) => ({ label: name, title: name }))}
      series={series}
      form={second && lead.adds ? 'stack' : 'bar'}
      format={(value) => words.format(lead, value)}
      onPoint={(index) => {
        const name = names[index];
        if (name !== undefined) onValue?.(first, name);
      }}
    />
  );
}
