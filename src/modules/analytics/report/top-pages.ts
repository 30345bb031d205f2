// The most visited pages in two steps: which pages can be among them, by their views from a small roll-up, then their figures.
// Counting the visitors of every page first and throwing most of it away costs four times as much (DESIGN).
import { quote } from './dimensions.ts';
import type { ParsedQuery } from './report.ts';
import type { Scope } from './sql.ts';
import type { DimensionId } from './vocabulary.ts';

/** A page among the first by visitors is among this many times as many by views. */
const MARGIN = 4;
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
  const own = `workspace = ${quote(scope.workspace)} AND site IN (${scope.sites.map(quote).join(', ')})`;
  const bots = scope.robots === 'include' ? '' : ` AND bot = ${scope.robots === 'only' ? 1 : 0}`;
  const dirty = scope.dirty.map(({ site, day }) => `(toUUID(${quote(site)}), toDate(${quote(day)}))`).join(', ');
  const days = `day >= ${quote(scope.from)} AND day < ${quote(scope.to)}`;
  const local = `toDate(at, ${quote(scope.zone)})`;
  const clean = `SELECT path, views FROM rollup_pages FINAL WHERE ${own} AND ${days}${bots}${dirty ? ` AND (site, day) NOT IN (${dirty})` : ''}`;
  const sorted = scope.dirty.map(({ day }) => day).sort();
  const raw = dirty
    ? ` UNION ALL SELECT path, toUInt64(count()) AS views FROM events WHERE ${own}${bots} AND kind = 'view'
        AND day >= toDate(${quote(sorted[0]!)}) - 1 AND day <= toDate(${quote(sorted.at(-1)!)}) + 1
        AND (site, ${local}) IN (${dirty}) GROUP BY path`
    : '';
  const rows = await run(
    `SELECT path, sum(views) AS n, count() OVER () AS pages FROM (${clean}${raw}) GROUP BY path HAVING n > 0
     ORDER BY n DESC, path LIMIT ${(query.limit + query.offset) * MARGIN}`,
  );
  return { pages: rows.length === 0 ? [''] : rows.map((row) => String(row.path)), count: Number(rows[0]?.pages ?? 0) };
}
