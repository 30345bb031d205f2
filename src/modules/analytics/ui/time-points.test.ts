// A chart must not hide a quiet day, nor draw hours that have not come yet as zero.
import { expect, test } from 'vitest';
import { MEASURES } from './measures.ts';
import { stepOf, timePoints } from './time-points.ts';

const [visitors, , , viewsPerVisit] = MEASURES;

test('a day without visits is zero for a count and unknown for a ratio', () => {
  const view = {
    dates: ['2026-11-20', '2026-11-23'],
    compared: null,
    today: '2026-11-23',
    hour: '2026-11-23T02',
  } as const;
  const rows = [{ day: '2026-11-20', visitors: 5, viewsPerVisit: 2 }];
  const values = (measure: typeof visitors | typeof viewsPerVisit) =>
    timePoints({ ...view, measure }, rows, [], 'en').map((point) => point.value);
  expect(values(visitors)).toEqual([5, 0, 0]);
  expect(values(viewsPerVisit)).toEqual([2, null, null]);
});

test('hours still to come are unknown', () => {
  const view = {
    dates: ['2026-11-23', '2026-11-24'],
    compared: null,
    today: '2026-11-23',
    hour: '2026-11-23T02',
    measure: visitors,
  } as const;
  const points = timePoints(view, [{ hour: '2026-11-23 02:00:00', visitors: 3 }], [], 'en');
  expect(points.slice(0, 4).map((point) => point.value)).toEqual([0, 0, 3, null]);
  expect(points.findIndex((point) => point.open)).toBe(2);
});

test('the comparison stands under the step with the same number', () => {
  const view = {
    dates: ['2026-11-22', '2026-11-25'],
    compared: ['2026-11-19', '2026-11-22'],
    today: '2026-11-24',
    hour: '2026-11-24T09',
    measure: visitors,
  } as const;
  const points = timePoints(view, [], [{ day: '2026-11-20', visitors: 7 }], 'en');
  expect(points.map((point) => point.before)).toEqual([0, 7, 0]);
});

test('steps are read however the report writes them', () => {
  expect(stepOf('2026-11-23T14:00:00Z', 'hour')).toBe('2026-11-23T14');
  expect(stepOf('2015-05', 'month')).toBe('2015-05-01');
});

test('what lies before the first event is unknown, not zero', () => {
  const view = {
    dates: ['2026-11-19', '2026-11-22'],
    compared: ['2026-11-16', '2026-11-19'],
    today: '2026-11-24',
    hour: '2026-11-24T09',
    measure: visitors,
  } as const;
  const points = timePoints(view, [{ day: '2026-11-20', visitors: 3 }], [], 'en', '2026-11-20');
  expect(points.map((point) => point.value)).toEqual([null, 3, 0]);
  expect(points.map((point) => point.before)).toEqual([null, null, null]);
});
