// The countries of the world as shapes that a flat map can draw, named by their two letters; heavy, so only maps load it.
import { feature } from 'topojson-client';
import world from 'world-atlas/countries-110m.json' with { type: 'json' };
import { cutAtDateLine, type Polygon } from './date-line.ts';

const ANTARCTICA = '010';

/** The atlas numbers countries (ISO 3166, M49); languages know which letters a number stands for. */
function lettersOf(number: string | undefined): string | undefined {
  try {
    return /^und-([A-Z]{2})$/.exec(Intl.getCanonicalLocales(`und-${String(number).padStart(3, '0')}`)[0] ?? '')?.[1];
  } catch {
    return undefined;
  }
}

interface Country {
  id?: string;
  properties: { name: string };
  geometry: { type: string; coordinates: Polygon | Polygon[] };
}
const { features } = feature(world as never, world.objects.countries as never) as unknown as { features: Country[] };

const polygonsOf = ({ type, coordinates }: Country['geometry']): Polygon[] =>
  type === 'Polygon' ? [coordinates as Polygon] : (coordinates as Polygon[]);

export const shapes = features
  .filter((one) => one.id !== ANTARCTICA)
  .map((one) => ({
    type: 'Feature' as const,
    properties: { name: lettersOf(one.id) ?? one.properties.name },
    geometry: { type: 'MultiPolygon' as const, coordinates: polygonsOf(one.geometry).flatMap(cutAtDateLine) },
  }));
