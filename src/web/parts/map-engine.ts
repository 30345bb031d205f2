// The world as ECharts draws it, and the colours of a map; loaded only when a map is shown.
import { MapChart } from 'echarts/charts';
import { GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, registerMap, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { shapes } from './world.ts';
import type { WorldMapProps } from './world-map.tsx';

export { init };

use([MapChart, GeoComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

registerMap('world', { type: 'FeatureCollection', features: shapes } as never);

const inHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function mapOption(props: WorldMapProps, element: HTMLElement): EChartsCoreOption {
  const css = getComputedStyle(element);
  const colour = (name: string) => css.getPropertyValue(`--${name}`).trim();
  const known = new Map(props.places.map(({ code, value }) => [code, value]));
  const most = Math.max(1, ...known.values());
  const border = { areaColor: colour('line'), borderColor: colour('bg'), borderWidth: 0.5 };
  return {
    animation: false,
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: colour('surface'),
      borderColor: colour('line'),
      padding: [8, 12],
      textStyle: { color: colour('ink'), fontSize: 12, fontFamily: 'Inter, "Liberation Sans", sans-serif' },
      extraCssText: 'box-shadow:none;border-radius:6px;font-variant-numeric:tabular-nums',
      formatter: ({ name }: { name: string }) =>
        `${inHtml(props.nameOf(name))}<br><b>${inHtml(props.format(known.get(name) ?? 0))}</b>`,
    },
    // a root, so that one large country does not make all others look alike
    visualMap: { show: false, min: 0, max: Math.sqrt(most), inRange: { color: [colour('bar'), colour('accent')] } },
    series: [
      {
        type: 'map',
        map: 'world',
        roam: false,
        left: 0,
        right: 0,
        top: 8,
        bottom: 0,
        selectedMode: false,
        itemStyle: border,
        emphasis: { label: { show: false }, itemStyle: { ...border, areaColor: colour('warn') } },
        data: props.places.map(({ code, value }) => ({ name: code, value: Math.sqrt(value) })),
      },
    ],
  };
}
