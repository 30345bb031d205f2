// A filter in the address bar must mean exactly what the report is asked.
import { expect, test } from 'vitest';
import { filter } from '../contract.ts';
import { readFilters, reportFilter, withValue, writeFilters } from './filters.ts';

test('filters survive the address bar', () => {
  const raw = [
    ['channel', 'is', 'Direct', 'Email'],
    ['page', 'starts', '/blog/'],
    ['campaign', 'empty'],
  ];
  expect(writeFilters(readFilters(raw))).toEqual(raw);
  expect(writeFilters([])).toBeUndefined();
});

test('nonsense in the address is left out', () => {
  expect(readFilters([['channel', 'is'], ['nonsense', 'is', 'x'], ['channel', 'like', 'x'], 7])).toEqual([]);
  expect(readFilters('channel')).toEqual([]);
});

test("they become the report's grammar", () => {
  const asked = reportFilter(
    readFilters([
      ['channel', 'is-not', 'Direct', 'Email'],
      ['page', 'contains', 'a', 'b'],
    ]),
  );
  expect(asked).toEqual({
    and: [
      { not: { property: 'channel', is: 'in', value: ['Direct', 'Email'] } },
      {
        or: [
          { property: 'page', is: 'contains', value: 'a' },
          { property: 'page', is: 'contains', value: 'b' },
        ],
      },
    ],
  });
  expect(filter.safeParse(asked).success).toBe(true);
  expect(reportFilter([])).toBeUndefined();
});

test('pressing a row replaces the filter of its property, and an empty value asks for empty', () => {
  const once = withValue([], 'channel', 'Direct');
  expect(withValue(once, 'channel', 'Email')).toEqual([{ property: 'channel', operator: 'is', values: ['Email'] }]);
  expect(withValue([], 'campaign', '')).toEqual([{ property: 'campaign', operator: 'empty', values: [] }]);
});
