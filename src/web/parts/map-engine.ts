// The world as ECharts draws it, and the colours of a map; loaded only when a map is shown.
import { MapChart } from 'echarts/charts';
import { GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, registerMap, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json' with { type: 'json' };
import { cutAtDateLine } from './date-line.ts';
import type { WorldMapProps } from './world-map.tsx';

export { init };

use([MapChart, GeoComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

const ANTARCTICA = '010';

/** The atlas numbers countries (ISO 3166, M49); languages know which letters a number stands for. */
function lettersOf(number: string | number | undefined): string | undefined {
  try {
    return /^und-([A-Z]{2})$/.exec(Intl.getCanonicalLocales(`und-${String(number).padStart(3, '0')}`)[0] ?? '')?.[1];
  } catch {
    return undefined;
  }
}

type Polygons = Parameters<typeof cutAtDateLine>[0][];
const polygonsOf = (shape: { type: string; coordinates?: unknown }): Polygons =>
  (shape.type === 'Polygon' ? [shape.coordinates] : shape.type === 'MultiPolygon' ? shape.coordinates : []) as Polygons;

const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
const countries = feature(topology, topology.objects.countries);
const shapes = countries.features
  .filter((one) => one.id !== ANTARCTICA)
  .map((one) => ({
    type: 'Feature' as const,
    properties: { name: lettersOf(one.id) ?? one.properties.name },
    geometry: { type: 'MultiPolygon' as const, coordinates: polygonsOf(one.geometry).flatMap(cutAtDateLine) },
  }));
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
