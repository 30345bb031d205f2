// A chart drawn by ECharts: its engine is loaded with the first one, it follows the size of its box and the theme. Every chart has
// a table beside it.
import { useComputedColorScheme } from '@mantine/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import styles from './chart.module.css';

type Init = typeof import('echarts/core').init;

export interface ChartProps {
  label: string;
  /** loads the parts of ECharts this kind of chart needs; the same function each time */
  engine: () => Promise<{ init: Init }>;
  /** made anew when what is shown changes; colours are read from the page */
  option: (element: HTMLElement) => EChartsCoreOption;
  /** what was pressed, as ECharts says it */
  onPress?: (hit: { dataIndex: number; dataType?: string; data: unknown }) => void;
  /** pixels */
  height?: number;
}

export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const scheme = useComputedColorScheme('light');
  const { engine, option, label, height = 264 } = props;

  useEffect(() => {
    let gone = false;
    const draw = (): void => {
      if (box.current) chart.current?.setOption(latest.current.option(box.current), true);
    };
    const resized = new ResizeObserver(() => {
      chart.current?.resize();
      draw();
    });
    void engine().then(({ init }) => {
      if (gone || box.current === null) return;
      const made = init(box.current, null, { renderer: 'svg' });
      chart.current = made;
      draw();
      made.on('click', (hit) => latest.current.onPress?.(hit as never));
      resized.observe(box.current);
    });
    return () => {
      gone = true;
      resized.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [engine]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, so a theme change redraws
  useEffect(() => {
    if (box.current !== null) chart.current?.setOption(option(box.current), true);
  }, [option, scheme]);

  return <div ref={box} className={styles.chart} style={{ height }} role="img" aria-label={label} />;
}
