// A country on both sides of the date line must not be drawn as a band across the whole world.
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { expect, test } from 'vitest';
import world from 'world-atlas/countries-110m.json' with { type: 'json' };
import { cutAtDateLine, type Point } from './date-line.ts';

test('a square over the line becomes two that touch it', () => {
  const square: Point[] = [
    [170, 0],
    [-170, 0],
    [-170, 10],
    [170, 10],
    [170, 0],
  ];
  const [east, west] = cutAtDateLine([square]);
  const ends = (ring: readonly Point[]) => [Math.min(...ring.map(([x]) => x)), Math.max(...ring.map(([x]) => x))];
  expect(ends(east![0]!)).toEqual([170, 180]);
  expect(ends(west![0]!)).toEqual([-180, -170]);
});

test('what does not reach it stays as it is', () => {
  const triangle: Point[] = [
    [0, 0],
    [10, 0],
    [0, 10],
    [0, 0],
  ];
  expect(cutAtDateLine([triangle])).toEqual([[triangle]]);
});

test('no country of the atlas jumps across the map any more', () => {
  const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  for (const { id, geometry, properties } of feature(topology, topology.objects.countries).features) {
    if (id === '010') continue;
    const polygons =
      geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : [];
    for (const ring of polygons.flatMap((polygon) => cutAtDateLine(polygon as unknown as Point[][])).flat()) {
      ring.forEach(([x], index) => {
        const before = ring[index - 1]?.[0] ?? x;
        expect(Math.abs(x - before), properties.name).toBeLessThan(180);
        expect(Math.abs(x), properties.name).toBeLessThanOrEqual(180.001);
      });
    }
  }
});
