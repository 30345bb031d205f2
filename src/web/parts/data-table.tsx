// A table of figures: names left over a quiet bar, numbers right, units in the head; a row can be pressed by mouse or keyboard.
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  id: string;
  head: string;
  render: (row: Row) => ReactNode;
  /** words instead of a number: left-aligned */
  words?: boolean;
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
  /** rows to keep room for while loading, so nothing jumps */
  room?: number;
}

export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, bar, onRow, rowHint, room = 7 } = props;
  const [first, ...others] = columns;
  if (first === undefined) return null;
  const wide = (column: Column<Row>) =>
    [column.words && styles.words, column.extra && styles.extra].filter(Boolean).join(' ');
  return (
    <table className={styles.table} aria-busy={rows === undefined}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={wide(column)}>
              {column.head}
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
    </table>
  );
}
