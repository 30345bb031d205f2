// Cuts shapes of a map at the date line: on a flat map a ring that goes on from 180° east to 180° west would be drawn right across.
export type Point = readonly [longitude: number, latitude: number];
type Ring = readonly Point[];
export type Polygon = readonly Ring[];

/** Longitudes that go on past ±180 where the ring crosses the line. */
function unwrapped(ring: Ring): Point[] {
  let shift = 0;
  return ring.map(([longitude, latitude], index) => {
    const before = ring[index - 1]?.[0];
    if (before !== undefined) {
      if (longitude - before > 180) shift -= 360;
      if (longitude - before < -180) shift += 360;
    }
    return [longitude + shift, latitude];
  });
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman). */
function side(ring: Ring, meridian: number, isIn: (longitude: number) => boolean): Point[] {
  const kept: Point[] = [];
  ring.forEach(([x, y], index) => {
    const [px, py] = ring[(index + ring.length - 1) % ring.length]!;
    if (isIn(x) !== isIn(px)) kept.push([meridian, py + ((meridian - px) / (x - px)) * (y - py)]);
    if (isIn(x)) kept.push([x, y]);
  });
  return kept;
}

/** One polygon as the one or two that lie between 180° west and 180° east. */
export function cutAtDateLine(polygon: Polygon): Polygon[] {
  const rings = polygon.map(unwrapped);
  const all = rings.flat().map(([x]) => x);
  const meridian = Math.max(...all) > 180 ? 180 : Math.min(...all) < -180 ? -180 : null;
  if (meridian === null) return [polygon];
  const back = meridian > 0 ? -360 : 360;
  const near = (x: number): boolean => (meridian > 0 ? x <= meridian : x >= meridian);
  const halves = [
    rings.map((ring) => side(ring, meridian, near)),
    rings.map((ring) => side(ring, meridian, (x) => !near(x)).map(([x, y]): Point => [x + back, y])),
  ];
  return halves.map((half) => half.filter((ring) => ring.length > 2)).filter((half) => half.length > 0);
}
