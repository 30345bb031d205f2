// Rows as a CSV file that spreadsheets open as it is.
import { type Cell, CSV_MARK, csvLine } from '../../../platform/exports/csv.ts';

export function csvFile(rows: readonly (readonly Cell[])[], name: string): File {
  return new File([CSV_MARK, ...rows.map(csvLine)], name, { type: 'text/csv; charset=utf-8' });
}
