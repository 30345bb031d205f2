// Two dimensions against each other: the darker a cell, the larger its figure. An empty cell is one without rows.
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { Chart } from './chart.tsx';
import { chartLook, inHtml } from './chart-look.ts';
import styles from './heat-chart.module.css';

export interface HeatChartProps {
  label: string;
  columns: readonly string[];
  rows: readonly string[];
  /** of a column and a row by their place; those without rows are left out */
  cells: readonly { column: number; row: number; value: number }[];
  format: (value: number | null) => string;
}

const engine = () => import('./heat-engine.ts');
const ROW = 26;

export function HeatChart(props: HeatChartProps) {
  const { label, columns, rows, cells, format } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words and figures are the same drawing
  const option = useMemo(
    () => (element: HTMLElement) => heatOption(props, element),
    [JSON.stringify([columns, rows, cells])],
  );
  const values = cells.map(({ value }) => value);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={label}>
        <div style={{ minWidth: Math.min(1200, 120 + columns.length * 22) }}>
          <Chart label={label} engine={engine} option={option} height={48 + rows.length * ROW} />
        </div>
      </section>
      {values.length > 0 && (
        <p className={styles.scale}>
          {format(Math.min(...values))} <i aria-hidden="true" /> {format(Math.max(...values))}
        </p>
      )}
    </>
  );
}

function heatOption({ columns, rows, cells, format }: HeatChartProps, element: HTMLElement): EChartsCoreOption {
  const { colour, tip, letters } = chartLook(element);
  const values = cells.map(({ value }) => value);
  const longest = Math.max(0, ...rows.map((row) => row.length));
  const left = Math.min(168, 20 + longest * 7.4);
  const axis = {
    axisLine: { show: false },
    axisTick: { show: false },
    splitArea: { show: false },
  };
  return {
    animation: false,
    textStyle: letters,
    grid: { left, right: 8, top: 8, bottom: 32 },
    tooltip: {
      ...tip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const cell = cells[dataIndex];
        if (!cell) return '';
        return `${inHtml(rows[cell.row] ?? '')} · ${inHtml(columns[cell.column] ?? '')}<br><b>${inHtml(format(cell.value))}</b>`;
      },
    },
    xAxis: {
      ...axis,
      type: 'category',
      data: columns,
      axisLabel: { color: colour('muted'), fontSize: 11, hideOverlap: true, width: 96, overflow: 'truncate' },
    },
    yAxis: {
      ...axis,
      type: 'category',
      inverse: true,
      data: rows,
      axisLabel: { color: colour('ink'), fontSize: 12, width: left - 16, overflow: 'truncate', interval: 0 },
    },
    visualMap: {
      show: false,
      min: Math.min(0, ...values),
      max: Math.max(1e-9, ...values),
      inRange: { color: [colour('bar'), colour('accent')] },
    },
    series: [
      {
        type: 'heatmap',
        data: cells.map(({ column, row, value }) => [column, row, value]),
        itemStyle: { borderColor: colour('bg'), borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: colour('ink') } },
      },
    ],
  };
}
