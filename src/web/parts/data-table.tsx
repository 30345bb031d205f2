// A table of figures: names left over a quiet bar, numbers right, units in the head; a row can be pressed and a head sorts, by
// mouse or keyboard.
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './data-table.module.css';
import { nextSort, type TableSort } from './table-sort.ts';

export interface Column<Row> {
  id: string;
  head: string;
  render: (row: Row) => ReactNode;
  /** words instead of a number: left-aligned */
  words?: boolean;
  /** what the column is sorted by where all rows are here */
  value?: (row: Row) => string | number | null;
  /** left out on a narrow screen */
  extra?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** the share 0–1 drawn behind the first column */
  bar?: (row: Row) => number;
  onRow?: (row: Row) => void;
  /** what pressing a row does, said to screen readers */
  rowHint?: (row: Row) => string;
  /** given together: heads can be pressed to sort */
  sort?: TableSort | undefined;
  onSort?: (sort: TableSort) => void;
  /** rows to keep room for while loading, so nothing jumps */
  room?: number;
  /** below a line: all others, totals; can't be pressed */
  foot?: readonly Row[] | undefined;
}

export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, bar, onRow, rowHint, sort, onSort, room = 7, foot } = props;
  const [first, ...others] = columns;
  if (first === undefined) return null;
  const wide = (column: Column<Row>) =>
    [column.words && styles.words, column.extra && styles.extra].filter(Boolean).join(' ');
  return (
    <table className={styles.table} aria-busy={rows === undefined}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th
              key={column.id}
              scope="col"
              className={wide(column)}
              aria-sort={onSort && (sort?.id === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none')}
            >
              {onSort ? (
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onSort(nextSort(sort, column.id, index === 0 || column.words ? 'words' : 'figures'))}
                >
                  {column.head}
                  <span aria-hidden="true" className={styles.way}>
                    {sort?.id === column.id ? (sort.descending ? '↓' : '↑') : ''}
                  </span>
                </button>
              ) : (
                column.head
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows === undefined &&
          Array.from({ length: room }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: skeleton rows have nothing else
            <tr key={index}>
              <td colSpan={columns.length}>
                <Skeleton height={12} my={4} width={`${90 - index * 9}%`} />
              </td>
            </tr>
          ))}
        {rows?.map((row) => (
          <tr key={rowKey(row)} className={onRow && styles.pressable} onClick={onRow && (() => onRow(row))}>
            <td>
              {bar && <i className={styles.bar} style={{ width: `${Math.max(bar(row), 0) * 100}%` }} />}
              {onRow ? (
                <button
                  type="button"
                  className={styles.name}
                  title={rowHint?.(row)}
                  onClick={(event) => {
                    event.stopPropagation();
                    onRow(row);
                  }}
                >
                  {first.render(row)}
                </button>
              ) : (
                <span className={styles.name}>{first.render(row)}</span>
              )}
            </td>
            {others.map((column) => (
              <td key={column.id} className={wide(column)}>
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {foot && foot.length > 0 && (
        <tfoot>
          {foot.map((row) => (
            <tr key={rowKey(row)}>
              <td>
                <span className={styles.name}>{first.render(row)}</span>
              </td>
              {others.map((column) => (
                <td key={column.id} className={wide(column)}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tfoot>
      )}
    </table>
  );
}
