// A report as a CSV file that spreadsheets open as it is.
import { type Cell, CSV_MARK, csvLine } from '../../../platform/exports/csv.ts';
import type { ReportAnswer } from '../contract.ts';
import type { ParsedQuery } from './report.ts';

export function csvFile(rows: readonly (readonly Cell[])[], name: string): File {
  return new File([CSV_MARK, ...rows.map(csvLine)], name, { type: 'text/csv; charset=utf-8' });
}

export function answerCsv(answer: ReportAnswer, query: ParsedQuery): File {
  const columns = [...query.dimensions, ...query.measures];
  const name = `${query.dimensions.join('-').replaceAll(/[^\w-]/g, '_') || 'totals'}-${query.period[0]}-${query.period[1]}.csv`;
  return csvFile([columns, ...answer.rows.map((row) => columns.map((id) => row[id]))], name);
}
