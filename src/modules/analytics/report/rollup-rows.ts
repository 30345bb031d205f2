// Rows of the roll-ups for a period: of days, of whole months and of pages, with what they do not hold yet read from visits and events.
import { quote } from './dimensions.ts';
import { compileFilter, type Resolved } from './filter.ts';
import type { Half } from './registry.ts';
import { SALES_OF_A_DAY } from './sales-part.ts';
import { own, type Scope, utcDays } from './scope.ts';
import { visitorCondition } from './visitor-set.ts';

/** Columns of the parts of a roll-up row, read raw for days whose roll-up is old. */
export const RAW: Readonly<Record<Half, { from: string; at: string; columns: Readonly<Record<string, string>> }>> = {
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
export const rawColumns = (half: Half): string =>
  Object.entries(RAW[half].columns)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ');

export const NOBODY = "arrayReduce('uniqState', CAST([] AS Array(UInt64)))";

/** First days of the calendar months that lie whole in the period and have no day whose roll-up is old. */
function wholeMonths(s: Scope): string[] {
  const old = new Set(s.dirty.map(({ day }) => day.slice(0, 7)));
  const months: string[] = [];
  const begun = `${s.from.slice(0, 7)}-01`;
  for (let month = begun < s.from ? monthAfter(begun) : begun; monthAfter(month) <= s.to; month = monthAfter(month))
    if (!old.has(month.slice(0, 7))) months.push(month);
  return months;
}
const monthAfter = (first: string): string => {
  const [year, month] = first.split('-').map(Number);
  return new Date(Date.UTC(year!, month!, 1)).toISOString().slice(0, 10);
};

/**
 * The visits of a period whose rows need not be told apart by day: of whole months the visitors stand in one row a month, as those of days
 * are the larger part of what a long period would read.
 */
export function visitsByMonth(s: Scope): string {
  const months = wholeMonths(s);
  if (months.length === 0) return rollupFrom(s, 'visits');
  const [first, last] = [months[0]!, monthAfter(months.at(-1)!)];
  const list = months.map((month) => `toDate(${quote(month)})`).join(', ');
  const inside = `${own(s)} AND day >= ${quote(first)} AND day < ${quote(last)} AND toStartOfMonth(day) IN (${list})`;
  const columns = (of: (name: string, sql: string) => string): string =>
    Object.entries(RAW.visits.columns)
      .map(([name, sql]) => of(name, sql))
      .join(', ');
  return `SELECT day, bot, ${columns((name) => (name === 'visitors' ? `${NOBODY} AS visitors` : name))} FROM rollup_days FINAL WHERE ${inside}
    UNION ALL SELECT month AS day, bot, ${columns((name) => (name === 'visitors' ? name : `toUInt64(0) AS ${name}`))}
      FROM rollup_months FINAL WHERE ${own(s)} AND month IN (${list})
    UNION ALL ${rollupFrom(s, 'visits', ` AND toStartOfMonth(day) NOT IN (${list})`)}`;
}

/** One part of the days roll-up, with the days it does not hold yet read from where it comes from; `further` narrows the former. */
export function rollupFrom(s: Scope, half: Half, further = ''): string {
  const { from, at, columns } = RAW[half];
  const names = Object.keys(columns).join(', ');
  const days = `day >= ${quote(s.from)} AND day < ${quote(s.to)}${further}`;
  const dirty = s.dirty.map(({ site, day }) => `(toUUID(${quote(site)}), toDate(${quote(day)}))`).join(', ');
  const clean = `SELECT day, bot, ${names} FROM rollup_days FINAL WHERE ${own(s)} AND ${days}${dirty ? ` AND (site, day) NOT IN (${dirty})` : ''}`;
  if (!dirty) return clean;
  const sorted = s.dirty.map(({ day }) => day).sort();
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  const local = `toDate(${at}, ${quote(s.zone)})`;
  return `${clean} UNION ALL
    SELECT ${local} AS local_day, bot, ${rawColumns(half)} FROM ${from}
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
