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

export function answerCsv(answer: ReportAnswer, query: ParsedQuery): File {
  const columns = [...query.dimensions, ...query.measures];
  const lines = [columns, ...answer.rows.map((row) => columns.map((id) => row[id]))].map((line) =>
    line.map(cell).join(','),
  );
  const name = `${query.dimensions.join('-').replaceAll(/[^\w-]/g, '_') || 'totals'}-${query.period[0]}-${query.period[1]}.csv`;
  // a byte-order mark tells Excel that this is UTF-8
  return new File([`\uFEFF${lines.join('\r\n')}\r\n`], name, { type: 'text/csv; charset=utf-8' });
}
