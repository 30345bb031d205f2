// A country on both sides of the date line must not be drawn as a band across the whole world.
import { expect, test } from 'vitest';
import { cutAtDateLine, type Point } from './date-line.ts';
import { shapes } from './world.ts';

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

test('no country of the atlas jumps across the map any more, and nearly all have their letters', () => {
  for (const { geometry, properties } of shapes) {
    for (const ring of geometry.coordinates.flat()) {
      ring.forEach(([x], index) => {
        const before = ring[index - 1]?.[0] ?? x;
        expect(Math.abs(x - before), properties.name).toBeLessThan(180);
        expect(Math.abs(x), properties.name).toBeLessThanOrEqual(180.001);
      });
    }
  }
  const names = shapes.map((one) => one.properties.name);
  expect(names).toEqual(expect.arrayContaining(['DE', 'RU', 'US', 'SS', 'FJ']));
  expect(names.filter((name) => name.length !== 2).sort()).toEqual(['Kosovo', 'N. Cyprus', 'Somaliland']);
});
