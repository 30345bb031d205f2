// A table is a stream of rows, whatever the file is.

export interface RawRow {
  /** of the file, from 1: where it begins, and of a sheet its number */
  line: number;
  cells: string[];
}

/** Columns beyond are not read: no table of ours has so many, and a broken file may. */
export const MOST_COLUMNS = 500;
/** Characters a cell keeps. */
export const MOST_CELL = 32_767;

export const isEmptyRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
