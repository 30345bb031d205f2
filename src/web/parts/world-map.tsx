// Countries coloured by a figure, drawn when it comes into view. A table beside it must say the same: a map can't be read by
// keyboard, and leaves out places too small to see.
import { useComputedColorScheme } from '@mantine/core';
import type { ECharts } from 'echarts/core';
import { useEffect, useRef } from 'react';
import styles from './world-map.module.css';

export interface WorldMapProps {
  label: string;
  /** `code`: two letters, as in reports */
  places: readonly { code: string; value: number }[];
  nameOf: (code: string) => string;
  format: (value: number | null) => string;
  onPlace: (code: string) => void;
}

const hasSize = (box: HTMLElement | null): box is HTMLElement =>
  box !== null && box.clientWidth > 0 && box.clientHeight > 0;

export function WorldMap(props: WorldMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const draw = useRef<(() => void) | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    let gone = false;
    // a hidden box has no size, and a world of no size can't be laid out
    let missed = false;
    const resized = new ResizeObserver(() => {
      if (!hasSize(box.current)) return;
      chart.current?.resize();
      if (missed) draw.current?.();
    });
    const start = (): void => {
      void import('./map-engine.ts').then(({ init, mapOption }) => {
        if (gone || box.current === null) return;
        const made = init(box.current, null, { renderer: 'svg' });
        chart.current = made;
        draw.current = () => {
          missed = !hasSize(box.current);
          if (hasSize(box.current)) made.setOption(mapOption(latest.current, box.current), true);
        };
        draw.current();
        made.on('click', (event) => {
          const code = String(event.name);
          if (latest.current.places.some((place) => place.code === code)) latest.current.onPlace(code);
        });
        resized.observe(box.current);
      });
    };
    // the engine and the world are heavy: they come when someone scrolls there
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      start();
    });
    if (box.current) seen.observe(box.current);
    return () => {
      gone = true;
      seen.disconnect();
      resized.disconnect();
      chart.current?.dispose();
      chart.current = null;
      draw.current = null;
    };
  }, []);

  const drawn = props.places.map(({ code, value }) => `${code}${value}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, so a theme change redraws
  useEffect(() => draw.current?.(), [drawn, props.label, scheme]);

  return <div ref={box} className={styles.map} role="img" aria-label={props.label} />;
}
