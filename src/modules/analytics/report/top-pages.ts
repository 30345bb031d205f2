// The most visited pages in two steps: which pages can be among them, by their views from a small roll-up, then their figures.
// Counting the visitors of every page first and throwing most of it away costs four times as much (DESIGN).
import type { ParsedQuery } from './report.ts';
import { pagesFrom } from './rollup-rows.ts';
import type { Scope } from './scope.ts';
import type { DimensionId } from './vocabulary.ts';

/** A page among the first by visitors is among the first by views, give or take so many places. */
const MARGIN = 5;
const LARGEST = 200;

export async function topPages(
  scope: Scope,
  query: ParsedQuery,
  dimensions: readonly DimensionId[],
  run: (sql: string) => Promise<Record<string, string | number | null>[]>,
): Promise<{ pages: string[]; count: number } | null> {
  const leading = query.sort ?? `-${query.measures[0]}`;
  const fits =
    dimensions.length === 1 &&
    dimensions[0] === 'page' &&
    !query.filters &&
    !query.asOf &&
    query.limit + query.offset <= LARGEST &&
    ['-visitors', '-pageViews', '-visits'].includes(leading) &&
    query.measures.every((id) => !['events', 'bytes', 'errors'].includes(id));
  if (!fits) return null;
  const bots = scope.robots === 'include' ? '' : ` AND bot = ${scope.robots === 'only' ? 1 : 0}`;
  const rows = await run(
    `SELECT path, sum(views) AS n, count() OVER () AS pages FROM (${pagesFrom(scope)}) WHERE 1${bots} GROUP BY path HAVING n > 0
     ORDER BY n DESC, path LIMIT ${query.limit + query.offset + MARGIN}`,
  );
  return { pages: rows.length === 0 ? [''] : rows.map((row) => String(row.path)), count: Number(rows[0]?.pages ?? 0) };
}
