// Several lines, bars or stacked areas over the same steps, with their names below in the colours of the lines.
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { Chart } from './chart.tsx';
import { chartLook, inHtml } from './chart-look.ts';
import { noteMarks, notesInTip, type StepNotes } from './note-marks.ts';
import styles from './series-chart.module.css';

export interface Series {
  id: string;
  name: string;
  /** of each step; null: unknown */
  values: readonly (number | null)[];
  /** all others: drawn quietly */
  rest?: boolean;
}

export interface SeriesChartProps {
  label: string;
  steps: readonly { label: string; title: string }[];
  series: readonly Series[];
  /** `area`, `stack`: figures that add up, on top of one another */
  form: 'line' | 'area' | 'bar' | 'stack';
  format: (value: number | null) => string;
  onPoint?: (step: number) => void;
  height?: number;
  /** what happened at each step */
  notes?: StepNotes;
}

const COLOURS = 8;
const DASHES = [undefined, [6, 4], [2, 3]] as const;
const engine = () => import('./series-engine.ts');
export const partColour = (index: number, rest?: boolean): string =>
  rest ? 'part-rest' : `part-${(index % COLOURS) + 1}`;

export function SeriesChart(props: SeriesChartProps) {
  const { label, series, onPoint, height } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words and figures are the same drawing
  const option = useMemo(
    () => (element: HTMLElement) => seriesOption(props, element),
    [JSON.stringify([props.steps, series, props.form, props.notes])],
  );
  return (
    <>
      <Chart
        label={label}
        engine={engine}
        option={option}
        {...(onPoint ? { onPress: ({ dataIndex }) => onPoint(dataIndex) } : {})}
        {...(height ? { height } : {})}
      />
      {series.length > 1 && (
        <ul className={styles.legend}>
          {series.map((one, index) => (
            <li key={one.id}>
              <i style={{ background: `var(--${partColour(index, one.rest)})` }} aria-hidden="true" />
              {one.name}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function seriesOption(props: SeriesChartProps, element: HTMLElement): EChartsCoreOption {
  const { colour, tip, letters } = chartLook(element);
  const { steps, series, form, format, notes } = props;
  const stacked = form === 'area' || form === 'stack';
  const bars = form === 'bar' || form === 'stack';
  const highest = steps.reduce((most, _, step) => {
    const values = series.map((one) => one.values[step] ?? 0);
    return Math.max(most, stacked ? values.reduce((a, b) => a + b, 0) : Math.max(...values));
  }, 0);
  const lowest = steps.reduce((least, _, step) => {
    const values = series.map((one) => Math.min(0, one.values[step] ?? 0));
    return Math.min(least, stacked ? values.reduce((a, b) => a + b, 0) : Math.min(...values));
  }, 0);
  // a small refund must not open a whole step of the axis below zero
  const little = lowest < 0 && lowest > -highest / 20;
  const room = 12 + Math.max(2, format(highest).length) * 6.5;
  const longest = Math.max(1, ...steps.map(({ label }) => label.length));
  const fits = Math.max(2, Math.floor((element.clientWidth - room) / Math.max(48, Math.min(112, longest * 7 + 16))));
  const every = Math.max(1, Math.ceil(steps.length / fits));
  return {
    animation: false,
    textStyle: letters,
    grid: { left: room, right: 8, top: 16, bottom: 28 },
    tooltip: {
      ...tip,
      trigger: 'axis',
      axisPointer: bars
        ? { type: 'shadow', shadowStyle: { color: colour('accent-weak'), opacity: 0.4 } }
        : { type: 'line', lineStyle: { color: colour('muted'), width: 1 } },
      formatter: (hits: { dataIndex: number }[]) => {
        const at = hits[0]?.dataIndex ?? 0;
        const lines = series.map((one, index) => ({
          value: one.values[at] ?? null,
          text: `<i style="display:inline-block;width:8px;height:8px;border-radius:2px;margin-right:6px;background:${colour(partColour(index, one.rest))}"></i>${inHtml(one.name)} <b>${inHtml(format(one.values[at] ?? null))}</b>`,
        }));
        if (!stacked) lines.sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
        return [inHtml(steps[at]?.title ?? ''), ...lines.map(({ text }) => text)].join('<br>') + notesInTip(notes, at);
      },
    },
    xAxis: {
      type: 'category',
      data: steps.map(({ label }) => label),
      boundaryGap: bars,
      axisLine: { lineStyle: { color: colour('line') } },
      axisTick: { show: false },
      axisLabel: {
        color: colour('muted'),
        fontSize: 11,
        margin: 10,
        hideOverlap: true,
        ...(bars ? {} : { alignMinLabel: 'left', alignMaxLabel: 'right' }),
        interval: (index: number) => index % every === 0,
        width: Math.max(48, Math.floor(((element.clientWidth - room) / Math.max(1, steps.length)) * every) - 6),
        overflow: 'truncate',
      },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      ...(little ? { min: lowest } : {}),
      axisLabel: {
        ...{ margin: 8, color: colour('muted'), fontSize: 11, formatter: (value: number) => format(value) },
        ...(little ? { showMinLabel: false } : {}),
      },
      splitLine: { lineStyle: { color: colour('line') } },
    },
    series: [
      ...series.map((one, index) => {
        const own = colour(partColour(index, one.rest));
        const alone = one.values.filter((value) => value !== null).length === 1;
        return {
          type: bars ? 'bar' : 'line',
          name: one.name,
          data: one.values,
          itemStyle: { color: own },
          emphasis: { disabled: true },
          ...(stacked ? { stack: 'all', stackStrategy: 'all' } : {}),
          ...(bars
            ? { barMaxWidth: stacked ? 48 : 28, barCategoryGap: '28%' }
            : {
                showSymbol: alone,
                symbolSize: 6,
                lineStyle: {
                  color: own,
                  width: stacked ? 1 : 2,
                  type: DASHES[stacked ? 0 : Math.floor(index / 4) % 3],
                },
                ...(stacked ? { areaStyle: { color: own, opacity: one.rest ? 0.25 : 0.55 } } : {}),
              }),
        };
      }),
      ...noteMarks(notes, colour('ink')),
    ],
  };
}
