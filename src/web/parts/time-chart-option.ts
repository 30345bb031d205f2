// How the line over time is drawn: the look's own colours, quiet lines, words at the bottom.
import type { EChartsCoreOption } from 'echarts/core';
import { inHtml } from './chart-look.ts';
import { noteMarks, notesInTip } from './note-marks.ts';
import type { TimeChartProps } from './time-chart.tsx';

export function timeChartOption(props: TimeChartProps, element: HTMLElement): EChartsCoreOption {
  const css = getComputedStyle(element);
  const colour = (name: string) => css.getPropertyValue(`--${name}`).trim();
  const { points, compared, format, notes } = props;
  // as many words as fit without touching
  const step = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor(element.clientWidth / 112))));
  // the longest figure on the axis keeps its place left of the lines
  const highest = Math.max(0, ...points.map((point) => Math.max(point.value ?? 0, point.before ?? 0)));
  const room = 12 + Math.max(2, format(highest).length) * 6.5;
  const alone = points.filter((point) => point.value !== null).length === 1;
  return {
    animation: false,
    grid: { left: room, right: 8, top: 20, bottom: 24, containLabel: false },
    textStyle: { fontFamily: 'Inter, "Liberation Sans", sans-serif' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour('surface'),
      borderColor: colour('line'),
      padding: [8, 12],
      textStyle: { color: colour('ink'), fontSize: 12 },
      extraCssText: 'box-shadow:none;border-radius:6px;font-variant-numeric:tabular-nums',
      axisPointer: { type: 'line', lineStyle: { color: colour('muted'), width: 1 } },
      formatter: (hits: { dataIndex: number }[]) => {
        const point = points[hits[0]?.dataIndex ?? 0];
        if (point === undefined) return '';
        const now = `${inHtml(point.title)}<br><b>${inHtml(format(point.value))}</b>`;
        const noted = notesInTip(notes, hits[0]?.dataIndex ?? 0);
        if (!compared) return now + noted;
        const style = `color:${colour('muted')}`;
        return `${now}<br><span style="${style}">${inHtml(point.beforeTitle)} · ${inHtml(format(point.before))}</span>${noted}`;
      },
    },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      boundaryGap: false,
      axisLine: { lineStyle: { color: colour('line') } },
      axisTick: { show: false },
      axisLabel: {
        color: colour('muted'),
        fontSize: 11,
        margin: 10,
        hideOverlap: true,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        interval: (index: number) => index % step === 0,
      },
    },
    yAxis: {
      type: 'value',
      min: ({ min }: { min: number }) => Math.min(0, min),
      splitNumber: 3,
      // what is told in whole numbers has no steps between them
      minInterval: format(0.5) === format(0) || format(0.5) === format(1) ? 1 : 0,
      axisLabel: {
        margin: 8,
        color: colour('muted'),
        fontSize: 11,
        formatter: (value: number) => format(value),
      },
      splitLine: { lineStyle: { color: colour('line') } },
    },
    series: [
      {
        type: 'line',
        data: compared ? points.map((point) => point.before) : [],
        showSymbol: alone,
        lineStyle: { color: colour('muted'), width: 1, type: [3, 4], opacity: 0.8 },
        itemStyle: { color: colour('muted') },
        emphasis: { disabled: true },
        z: 2,
      },
      {
        type: 'line',
        data: points.map((point) => (point.open && !alone ? null : point.value)),
        showSymbol: alone,
        symbolSize: 6,
        lineStyle: { color: colour('accent'), width: 2 },
        itemStyle: { color: colour('accent') },
        areaStyle: { color: colour('accent'), opacity: 0.08 },
        emphasis: { disabled: true },
        z: 3,
      },
      {
        // the way to a step that isn't over is drawn as unfinished
        type: 'line',
        data: points.map((point, index) => (point.open || points[index + 1]?.open ? point.value : null)),
        showSymbol: false,
        lineStyle: { color: colour('accent'), width: 2, type: [4, 4] },
        itemStyle: { color: colour('accent') },
        emphasis: { disabled: true },
        z: 3,
      },
      ...noteMarks(notes, colour('ink')),
    ],
  };
}
