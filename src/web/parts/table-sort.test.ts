// A table sorted twice must come back, and what is unknown must never look like the least.
import { expect, test } from 'vitest';
import { nextSort, readSort, sortRows, writeSort } from './table-sort.ts';

test('a sort survives the address bar', () => {
  for (const text of ['-visitors', 'page']) expect(writeSort(readSort(text, ['visitors', 'page'])!)).toBe(text);
  expect(readSort('-bytes', ['visitors'])).toBeNull();
  expect(readSort(7, ['visitors'])).toBeNull();
});

test('figures begin with the largest, words with A, and a second press turns round', () => {
  expect(nextSort(undefined, 'visits', 'figures')).toEqual({ id: 'visits', descending: true });
  expect(nextSort(undefined, 'page', 'words')).toEqual({ id: 'page', descending: false });
  expect(nextSort({ id: 'visits', descending: true }, 'visits', 'figures')).toEqual({
    id: 'visits',
    descending: false,
  });
});

test('unknown stands last both ways', () => {
  const columns = [{ id: 'n', head: 'n', render: () => '', value: (row: number | null) => row }];
  expect(sortRows([2, null, 10, 1], columns, { id: 'n', descending: true })).toEqual([10, 2, 1, null]);
  expect(sortRows([2, null, 10, 1], columns, { id: 'n', descending: false })).toEqual([1, 2, 10, null]);
  expect(sortRows([2, null, 10], columns, null)).toEqual([2, null, 10]);
});
