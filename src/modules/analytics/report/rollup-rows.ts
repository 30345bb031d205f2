// Rows of the roll-ups of days and of pages for a period, with what they do not hold yet read from visits and events.
import { quote } from './dimensions.ts';
import { compileFilter, type Resolved } from './filter.ts';
import type { Half } from './registry.ts';
import { SALES_OF_A_DAY } from './sales-part.ts';
import { own, type Scope, utcDays } from './scope.ts';
import { visitorCondition } from './visitor-set.ts';

/** What a row of a roll-up holds, by the SQL that makes it. */
type Columns = Readonly<Record<string, string>>;

/** Columns of the parts of a roll-up row, read raw for days whose roll-up is old. */
export const RAW: Readonly<Record<Half, { from: string; at: string; columns: Columns }>> = {
  visits: {
    from: 'visits FINAL',
    at: 'start',
    columns: {
      visitors: 'uniqState(visitor)',
      visits: 'toUInt64(count())',
      joined: "toUInt64(countIf(visitor_kind IN ('consented', 'server')))",
      visit_views: 'toUInt64(sum(views))',
      bounces: 'toUInt64(sum(bounce))',
      engaged: 'toUInt64(sum(engaged))',
      duration_ms: 'toUInt64(sum(duration_ms))',
    },
  },
  events: {
    from: 'events',
    at: 'at',
    columns: {
      views: "toUInt64(countIf(kind = 'view'))",
      events: "toUInt64(countIf(kind NOT IN ('signal', 'excluded')))",
      bytes: 'toUInt64(sum(bytes))',
      errors: "toUInt64(countIf(kind = 'error'))",
    },
  },
  sales: { from: 'sales FINAL', at: 'at', columns: SALES_OF_A_DAY },
};
const rawOf = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ');
export const rawColumns = (half: Half): string => rawOf(RAW[half].columns);

export const NOBODY = "arrayReduce('uniqState', CAST([] AS Array(UInt64)))";

/** One part of the days roll-up, with the days it does not hold yet read from where it comes from; `further` narrows the former. */
export const rollupFrom = (s: Scope, half: Half, further = ''): string => daysOf(s, half, RAW[half].columns, further);

/** The visits of each day with `people`, how many visitors it had, instead of who they were. */
export function visitsByDay(s: Scope): string {
  const { visitors: _, ...others } = RAW.visits.columns;
  return daysOf(s, 'visits', { ...others, people: 'toUInt64(uniq(visitor))' }, '');
}

function daysOf(s: Scope, half: Half, columns: Columns, further: string): string {
  const { from, at } = RAW[half];
  const names = Object.keys(columns).join(', ');
  const days = `day >= ${quote(s.from)} AND day < ${quote(s.to)}${further}`;
  const dirty = s.dirty.map(({ site, day }) => `(toUUID(${quote(site)}), toDate(${quote(day)}))`).join(', ');
  const clean = `SELECT day, bot, ${names} FROM rollup_days FINAL WHERE ${own(s)} AND ${days}${dirty ? ` AND (site, day) NOT IN (${dirty})` : ''}`;
  if (!dirty) return clean;
  const sorted = s.dirty.map(({ day }) => day).sort();
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  const local = `toDate(${at}, ${quote(s.zone)})`;
  return `${clean} UNION ALL
    SELECT ${local} AS local_day, bot, ${rawOf(columns)} FROM ${from}
    WHERE ${own(s)} AND ${utcDays(first, last)} + 1 AND (site, ${local}) IN (${dirty}) GROUP BY local_day, bot`;
}

/** Pages of whole days, with days whose roll-up is old read from events. */
export function pagesFrom(s: Scope): string {
  const days = `day >= ${quote(s.from)} AND day < ${quote(s.to)}`;
  const only = `${s.pages ? ` AND path IN (${s.pages.map(quote).join(', ')})` : ''}${s.filter ? ` AND ${pageFilter(s, s.filter)}` : ''}`;
  const dirty = s.dirty.map(({ site, day }) => `(toUUID(${quote(site)}), toDate(${quote(day)}))`).join(', ');
  const clean = `SELECT day, path, bot, views, visitors FROM rollup_pages FINAL WHERE ${own(s)} AND ${days}${only}${dirty ? ` AND (site, day) NOT IN (${dirty})` : ''}`;
  if (!dirty) return clean;
  const sorted = s.dirty.map(({ day }) => day).sort();
  return `${clean} UNION ALL
    SELECT toDate(at, ${quote(s.zone)}) AS local_day, path, bot, toUInt64(count()) AS views, uniqState(visitor) AS visitors FROM events
    WHERE ${own(s)} AND ${utcDays(sorted[0]!, sorted.at(-1)!)} + 1 AND kind = 'view'${only}
      AND (site, toDate(at, ${quote(s.zone)})) IN (${dirty}) GROUP BY local_day, path, bot`;
}

const pageFilter = (s: Scope, filter: Resolved): string =>
  compileFilter(filter, { side: 'event', zone: s.zone, people: (f) => visitorCondition(s, f, 'visitor') });
