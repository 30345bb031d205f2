// Cells of a CSV file that spreadsheets open as it is, without running anything of it.

export type Cell = string | number | null | undefined;

/** A number by itself is harmless, whatever its sign. */
const NUMBER = /^[-+]?\d+(?:[.,]\d+)?$/;

/** Text a spreadsheet would run as a formula is told apart by a leading quote (OWASP, CSV injection). */
export const asText = (value: string): string =>
  /^[=+\-@\t\r]/.test(value) && !NUMBER.test(value) ? `'${value}` : value;

function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = asText(value);
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With the end of its line. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** A byte-order mark tells Excel that this is UTF-8. */
export const CSV_MARK = '\uFEFF';
