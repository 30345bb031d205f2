// A report as a CSV file that spreadsheets open as it is.
import type { ReportAnswer } from '../contract.ts';
import type { ParsedQuery } from './report.ts';

/** A cell a spreadsheet would run as a formula is told apart by a leading quote (OWASP, CSV injection). */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvFile(rows: readonly (readonly (string | number | null | undefined)[])[], name: string): File {
  const lines = rows.map((line) => line.map(cell).join(','));
  // a byte-order mark tells Excel that this is UTF-8
  return new File([`\uFEFF${lines.join('\r\n')}\r\n`], name, { type: 'text/csv; charset=utf-8' });
}

export function answerCsv(answer: ReportAnswer, query: ParsedQuery): File {
  const columns = [...query.dimensions, ...query.measures];
  const name = `${query.dimensions.join('-').replaceAll(/[^\w-]/g, '_') || 'totals'}-${query.period[0]}-${query.period[1]}.csv`;
  return csvFile([columns, ...answer.rows.map((row) => columns.map((id) => row[id]))], name);
}
