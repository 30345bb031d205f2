// A line over time with its comparison dashed behind it. Points can be pressed; every chart has a table beside it.
import { useComputedColorScheme } from '@mantine/core';
import type { ECharts } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { StepNotes } from './note-marks.ts';
import styles from './time-chart.module.css';
import { timeChartOption } from './time-chart-option.ts';

export interface TimePoint {
  /** on the axis */
  label: string;
  /** in the tip */
  title: string;
  value: number | null;
  /** not over yet: its value will still grow */
  open: boolean;
  before: number | null;
  beforeTitle: string;
}

export interface TimeChartProps {
  label: string;
  points: readonly TimePoint[];
  compared: boolean;
  /** what happened at each point */
  notes?: StepNotes;
  format: (value: number | null) => string;
  onPoint: (index: number) => void;
}

export function TimeChart(props: TimeChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    let gone = false;
    const resized = new ResizeObserver(() => chart.current?.resize());
    void import('./chart-engine.ts').then(({ init }) => {
      if (gone || box.current === null) return;
      const made = init(box.current, null, { renderer: 'svg' });
      chart.current = made;
      made.setOption(timeChartOption(latest.current, box.current));
      made.getZr().on('click', (event) => {
        const [index] = made.convertFromPixel('grid', [event.offsetX, event.offsetY]) as number[];
        if (index !== undefined && index >= 0 && index < latest.current.points.length) latest.current.onPoint(index);
      });
      resized.observe(box.current);
    });
    return () => {
      gone = true;
      resized.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, so a theme change redraws
  useEffect(() => {
    if (box.current !== null) chart.current?.setOption(timeChartOption(props, box.current), true);
  }, [props.points, props.compared, props.label, props.notes, scheme]);

  return <div ref={box} className={styles.chart} role="img" aria-label={props.label} />;
}
