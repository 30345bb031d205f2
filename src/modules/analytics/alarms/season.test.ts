import { expect, test } from 'vitest';
import { benjaminiHochberg, median, pOf, usualMeanOf, usualOf } from './season.ts';

/** Reproducible noise: a linear congruential generator, and two of it make a normal deviate. */
function noise(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
const WEEK = [1.1, 1.15, 1.1, 1.05, 1, 0.8, 0.8];
const series = (days: number, seed: number): number[] => {
  const next = noise(seed);
  return Array.from({ length: days }, (_, day) => Math.round(1000 * (1 + day / 2000) * WEEK[day % 7]! + 40 * next()));
};

test('a quiet weekend is usual, and the same figure on a Tuesday is not', () => {
  const past = series(84, 1);
  const saturday = usualOf(past.slice(0, 82), past[82]!, 3)!;
  expect(Math.abs(saturday.z)).toBeLessThan(3);
  const tuesday = usualOf(past.slice(0, 78), past[82]!, 3)!;
  expect(tuesday.z).toBeLessThan(-3);
  expect(tuesday.low).toBeGreaterThan(past[82]!);
});

test('spikes put into noise are found, and few others are: precision and recall', () => {
  const [days, every] = [600, 17];
  const past = series(days, 2);
  const spiked = past.map((value, day) => (day > 60 && day % every === 0 ? Math.round(value * 1.35) : value));
  let [found, wrong, all] = [0, 0, 0];
  for (let day = 61; day < days; day++) {
    const rings = Math.abs(usualOf(spiked.slice(0, day), spiked[day]!, 3)!.z) > 3;
    if (day % every === 0) {
      all++;
      if (rings) found++;
    } else if (rings) wrong++;
  }
  expect(found / all).toBeGreaterThan(0.95);
  expect(found / (found + wrong)).toBeGreaterThan(0.75);
});

test('a share is held to its weekday, to how many it is of, and to chance', () => {
  const next = noise(3);
  // 40 % on workdays, 55 % at the weekend, of 400 visits
  const days = Array.from({ length: 84 }, (_, day) => {
    const p = day % 7 > 4 ? 0.55 : 0.4;
    return { value: p + next() * Math.sqrt((p * (1 - p)) / 400), of: 400 };
  });
  const at = (day: number, value: number, of = 400) => usualMeanOf(days.slice(0, day), { value, of }, 3, true)!;
  expect(Math.abs(at(82, 0.55).z)).toBeLessThan(3);
  expect(at(79, 0.55).z).toBeGreaterThan(3);
  // of twelve visits the same share says nothing
  expect(Math.abs(at(79, 0.55, 12).z)).toBeLessThan(3);
  expect(at(79, 0.4).high).toBeLessThanOrEqual(1);
  expect(usualMeanOf(days, { value: 0, of: 0 }, 3, true)).toBeNull();
  expect(usualMeanOf(days.slice(0, 20), { value: 0.4, of: 400 }, 3, true)).toBeNull();
});

test('spikes put into shares are found, and few others are', () => {
  const next = noise(4);
  let [found, wrong, all] = [0, 0, 0];
  const days: { value: number; of: number }[] = [];
  for (let day = 0; day < 600; day++) {
    const of = Math.round(300 + 60 * next());
    const p = (day % 7 > 4 ? 0.5 : 0.4) + (day > 60 && day % 17 === 0 ? 0.2 : 0);
    const one = { value: p + next() * Math.sqrt((p * (1 - p)) / of), of };
    if (day > 60) {
      const rings = Math.abs(usualMeanOf(days, one, 3, true)!.z) > 3;
      if (day % 17 === 0) {
        all++;
        if (rings) found++;
      } else if (rings) wrong++;
    }
    days.push(one);
  }
  expect(found / all).toBeGreaterThan(0.95);
  expect(found / (found + wrong)).toBeGreaterThan(0.75);
});

test('a mean strays by so much of itself', () => {
  const days = Array.from({ length: 60 }, (_, day) => ({ value: 90_000 + (day % 5) * 1000, of: 200 }));
  expect(usualMeanOf(days, { value: 94_000, of: 200 }, 3, false)!.z).toBeLessThan(3);
  expect(usualMeanOf(days, { value: 130_000, of: 200 }, 3, false)!.z).toBeGreaterThan(3);
});

test('too little of a past says nothing, and a past of zeros expects none', () => {
  expect(usualOf([1, 2, 3], 9, 3)).toBeNull();
  expect(usualOf(new Array(60).fill(0), 1, 3)).toMatchObject({ expected: 0, z: 1 });
});

test('published figures: the median, a normal deviate of 1.96 and 3, and Benjamini and Hochberg 1995', () => {
  expect(median([3, 1, 2, 10])).toBe(2.5);
  expect(pOf(1.959964)).toBeCloseTo(0.05, 6);
  expect(pOf(3)).toBeCloseTo(0.0026998, 6);
  // the 15 p-values of their example: four are held at 5 %
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  expect(benjaminiHochberg(ps, 0.05).filter(Boolean)).toHaveLength(4);
});
