import { expect, test } from 'vitest';
import { pOf, surelyDifferent, zOf } from './proportions.ts';

test('z by hand, p by erfc of the C library: 45 and 30 of 100, 120 and 100 of 1000', () => {
  expect(zOf({ here: 0.45, elsewhere: 0.3 }, [100, 100]) ** 2).toBeCloseTo(4.8, 10);
  expect(pOf(Math.sqrt(4.8))).toBeCloseTo(0.02846, 5);
  const z = zOf({ here: 0.12, elsewhere: 0.1 }, [1000, 1000]);
  expect(z).toBeCloseTo(1.4293, 5);
  expect(pOf(z)).toBeCloseTo(0.15292, 4);
});

test('nothing and everything on both sides is no difference', () => {
  expect(zOf({ here: 0, elsewhere: 0 }, [10, 10])).toBe(0);
  expect(zOf({ here: 1, elsewhere: 1 }, [10, 10])).toBe(0);
});

test('of many shares that are alike next to none is told, and a true difference is first', () => {
  const noise = Array.from({ length: 400 }, (_, i) => ({
    here: 0.2 + 0.04 * Math.sqrt(-2 * Math.log((i + 0.5) / 400)) * Math.cos(2.399963 * i),
    elsewhere: 0.2,
  }));
  const found = surelyDifferent([...noise, { here: 0.5, elsewhere: 0.2 }], [100, 100_000]);
  expect(found[0]).toEqual({ here: 0.5, elsewhere: 0.2 });
  expect(found.length).toBeLessThanOrEqual(3);
  expect(surelyDifferent(noise.slice(0, 0), [100, 100])).toEqual([]);
});
