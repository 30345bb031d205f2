// What people do on the site besides viewing pages, asked of a period.
import type { Question } from '../report/open-scope.ts';
import type { Reports } from '../report/report.ts';
import { behindSql, MOST_ROWS, stepsSql, tableSql, totalSql } from './acts-sql.ts';
import { type ActKind, type ActList, type ActRow, USUAL_SEARCH_PARAMETERS } from './contract.ts';

type Raw = Record<string, string | number | null | number[]>;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function rowOf(kind: ActKind, raw: Raw): ActRow {
  const number = (name: string): number => Number(raw[name] ?? 0);
  const row = { value: String(raw.value), count: number('count'), visitors: number('visitors') };
  switch (kind) {
    case 'search':
      return {
        ...row,
        nothingFound: share(number('nothing'), number('told')),
        wentOn: share(number('went_on'), row.count),
      };
    case 'not-found':
      return { ...row, fromInside: number('from_inside') };
    case 'form':
      return {
        ...row,
        begun: number('starts') === 0 ? null : row.visitors,
        sent: number('sent'),
        left: number('left'),
        seconds: number('timed') === 0 ? null : number('seconds'),
      };
    case 'scroll':
      return { ...row, reached: (raw.reached as number[]).map(Number), looked: number('looked') };
    default:
      return row;
  }
}

export async function actTable(
  reports: Reports,
  workspace: string,
  { kind, by, ...question }: Question & { kind: ActKind; by: 'hour' | 'day' | 'week' | 'month' },
  searchParameters: readonly string[] = USUAL_SEARCH_PARAMETERS,
) {
  const opened = await reports.open(workspace, question);
  const scope = { ...opened.scope, searchParameters };
  const run = async <Row>(sql: string): Promise<Row[]> => (scope.sites.length === 0 ? [] : reports.rows<Row>(sql));
  const [found, [total], steps, trust] = await Promise.all([
    run<Raw>(tableSql(scope, kind)),
    run<Raw>(totalSql(scope, kind)),
    run<Raw>(stepsSql(scope, kind, by)),
    reports.trust(opened, ['events']),
  ]);
  return {
    rows: found.slice(0, MOST_ROWS).map((raw) => rowOf(kind, raw)),
    cut: found.length > MOST_ROWS,
    total: { count: Number(total?.count ?? 0), visitors: Number(total?.visitors ?? 0) },
    steps: steps.map(({ step, count }) => ({ step: String(step), count: Number(count) })),
    trust,
  };
}

export async function behindAct(
  reports: Reports,
  workspace: string,
  { kind, value, ...question }: Question & { kind: ActKind; value: string },
  searchParameters: readonly string[] = USUAL_SEARCH_PARAMETERS,
): Promise<{ lists: ActList[] }> {
  const scope = { ...(await reports.open(workspace, question)).scope, searchParameters };
  if (scope.sites.length === 0) return { lists: [] };
  const lists = Object.entries(behindSql(scope, kind, value)).map(async ([list, sql]) => ({
    list: list as ActList['list'],
    rows: (await reports.rows<Raw>(sql)).map((row) => ({ value: String(row.value), count: Number(row.count) })),
  }));
  return { lists: await Promise.all(lists) };
}
