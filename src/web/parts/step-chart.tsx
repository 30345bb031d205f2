// Steps as bars: how many are left at each, how many are lost since the one before, and where the period before stood.
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { Chart } from './chart.tsx';
import { chartLook, inHtml } from './chart-look.ts';
import styles from './step-chart.module.css';

export interface ChartStep {
  name: string;
  value: number;
  /** of the period before; null: not compared */
  before: number | null;
  /** above the bar */
  label: string;
  /** lines of the tip */
  tip: readonly string[];
}

interface Props {
  label: string;
  steps: readonly ChartStep[];
  /** the step whose details stand beside */
  chosen: number | null;
  onStep: (index: number) => void;
}

const engine = () => import('./step-engine.ts');
/** A name of more than this stands in two lines, then is cut. */
const WIDEST = 132;

export function StepChart({ label, steps, chosen, onStep }: Props) {
  const option = useMemo(() => (element: HTMLElement) => stepOption(steps, chosen, element), [steps, chosen]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <div style={{ minWidth: steps.length * 72 }}>
        <Chart label={label} engine={engine} option={option} onPress={({ dataIndex }) => onStep(dataIndex)} />
      </div>
    </section>
  );
}

function stepOption(steps: readonly ChartStep[], chosen: number | null, element: HTMLElement): EChartsCoreOption {
  const { colour, tip, letters } = chartLook(element);
  const room = Math.min(WIDEST, Math.floor(element.clientWidth / Math.max(1, steps.length)) - 8);
  const lost = steps.map(({ value }, i) => Math.max(0, (steps[i - 1]?.value ?? value) - value));
  const bar = { type: 'bar', stack: 'people', barMaxWidth: 96, barCategoryGap: '24%' };
  return {
    animation: false,
    textStyle: letters,
    grid: { left: 0, right: 0, top: 28, bottom: 44 },
    tooltip: {
      ...tip,
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: (hits: { dataIndex: number }[]) => {
        const step = steps[hits[0]?.dataIndex ?? 0];
        return step ? [`<b>${inHtml(step.name)}</b>`, ...step.tip.map(inHtml)].join('<br>') : '';
      },
    },
    xAxis: {
      type: 'category',
      data: steps.map(({ name }, i) => `${i + 1}. ${name}`),
      axisLine: { lineStyle: { color: colour('line') } },
      axisTick: { show: false },
      axisLabel: {
        color: colour('ink'),
        fontSize: 12,
        lineHeight: 16,
        interval: 0,
        width: room,
        overflow: 'break',
        formatter: (name: string) => shortened(name, Math.floor(room / 3.4)),
      },
    },
    yAxis: { type: 'value', min: 0, show: false },
    series: [
      {
        ...bar,
        data: steps.map(({ value }, i) => ({
          value,
          itemStyle: { color: colour('accent'), opacity: chosen === null || chosen === i ? 1 : 0.7 },
        })),
        label: { show: false },
      },
      {
        ...bar,
        data: lost,
        itemStyle: { color: colour('bar') },
        emphasis: { disabled: true },
        label: {
          show: true,
          position: 'top',
          color: colour('ink'),
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => steps[dataIndex]?.label ?? '',
        },
      },
      {
        // a line across the bar where the period before stood
        type: 'scatter',
        data: steps.map(({ before }) => before),
        symbol: 'rect',
        symbolSize: [Math.min(96, room), 2],
        itemStyle: { color: colour('ink'), opacity: 0.55 },
        silent: true,
        z: 5,
      },
    ],
  };
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
