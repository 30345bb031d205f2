// How a table is sorted: by which column and which way, as the address bar keeps it, and the sorting of rows that are all here.
import { useMemo } from 'react';
import type { Column } from './data-table.tsx';

export interface TableSort {
  id: string;
  descending: boolean;
}

/** `-visitors`: by visitors, the largest first. Null when it names none of the columns. */
export function readSort(raw: unknown, columns: readonly string[]): TableSort | null {
  if (typeof raw !== 'string') return null;
  const id = raw.replace(/^-/, '');
  return columns.includes(id) ? { id, descending: raw.startsWith('-') } : null;
}

export const writeSort = ({ id, descending }: TableSort): string => `${descending ? '-' : ''}${id}`;

/** The first press sorts figures from the largest and words from A; the next turns it round. */
export function nextSort(sort: TableSort | undefined, id: string, words: 'words' | 'figures'): TableSort {
  if (sort?.id === id) return { id, descending: !sort.descending };
  return { id, descending: words === 'figures' };
}

/** Sorts rows by a column's own values; unknown ones stand last whichever way. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: TableSort | null): Row[] {
  const value = columns.find((column) => column.id === sort?.id)?.value;
  if (!sort || !value) return [...rows];
  const way = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return (
      way *
      (typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other)))
    );
  });
}

export const useSortedRows = <Row>(
  rows: readonly Row[] | undefined,
  columns: readonly Column<Row>[],
  sort: TableSort | null,
): Row[] | undefined =>
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns are made anew for each drawing and mean the same
  useMemo(() => rows && sortRows(rows, columns, sort), [rows, sort?.id, sort?.descending]);
