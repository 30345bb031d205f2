// The tables of acts as SQL: one row a link, file, search, page or form, the most frequent first.
import { chosenEvents } from '../report/chosen-events.ts';
import { quote, timeClause } from '../report/dimensions.ts';
import { own, type Scope as ReportScope, robots, within } from '../report/scope.ts';
import { actOf, COUNTED } from './act-events.ts';
import { type ActKind, DEPTHS } from './contract.ts';

/** What a question is about, and in which parameters the words of a search stand. */
export type Scope = ReportScope & { searchParameters: readonly string[] };

export const MOST_ROWS = 1000;
const MOST_BEHIND = 20;
const HALF_HOUR_MS = 1_800_000;

/** Rows of the kind with `value`, those without one left out. */
function rowsOf(s: Scope, kind: ActKind, further = '1'): string {
  const { which, value } = actOf(kind, s.searchParameters);
  return `(SELECT *, ${value} AS act_value ${chosenEvents(s, which)}) AS a WHERE act_value != '' AND ${further}`;
}

const HALF_HOUR_S = HALF_HOUR_MS / 1000;
/**
 * One row a search. The same words of a visitor within half an hour of one another are one: further pages of its results, and a page that
 * tells of it by its address and by an event alike.
 */
const searches = (s: Scope, further = '1'): string => `
  SELECT act_value, visitor, min(at) AS begun, max(at) AS ended, any(referrer) AS referrer, any(hostname) AS hostname,
    anyIf(properties['results'], properties['results'] != '') AS results
  FROM (SELECT *, sum(begins) OVER (PARTITION BY visitor, act_value ORDER BY at, id ROWS UNBOUNDED PRECEDING) AS nth
    FROM (SELECT *, toUInt32(dateDiff('second', lagInFrame(at, 1) OVER (PARTITION BY visitor, act_value ORDER BY at, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), at) > ${HALF_HOUR_S}) AS begins FROM ${rowsOf(s, 'search', further)}))
  GROUP BY act_value, visitor, nth`;

/** Each search with the first other page within half an hour after, '' without one. */
const searched = (s: Scope, further = '1'): string => `
  SELECT a.act_value AS act_value, a.visitor AS visitor, a.results AS results,
    if(dateDiff('millisecond', a.ended, n.at) <= ${HALF_HOUR_MS}, n.path, '') AS next_path
  FROM (${searches(s, further)}) AS a
  ASOF LEFT JOIN (SELECT visitor, at, path FROM events WHERE ${own(s)} AND ${within('at', s)}${robots(s)} AND kind = 'view'
    AND NOT (${actOf('search', s.searchParameters).which})) AS n ON a.visitor = n.visitor AND n.at > a.ended`;

/** One row a visitor and form: whether it was begun and sent, and the field it was last left at. */
const filled = (s: Scope, further = '1'): string => `
  SELECT act_value, visitor, countIf(name = 'form_start') AS starts, countIf(name = 'form_submit') AS submits,
    argMaxIf(properties['field'], at, name = 'form_abandon') AS field,
    avgIf(toFloat64OrNull(properties['seconds']), name = 'form_filled') AS seconds
  FROM ${rowsOf(s, 'form', further)} GROUP BY act_value, visitor`;

/** One row a visitor and page: how far down, and how long. */
const scrolled = (s: Scope, further = '1'): string => `
  SELECT act_value, visitor, countIf(kind = 'view') AS views, max(scroll) AS deepest, sum(engaged_ms) AS looked
  FROM ${rowsOf(s, 'scroll', further)} GROUP BY act_value, visitor HAVING views > 0`;

export function tableSql(s: Scope, kind: ActKind): string {
  const rest = `GROUP BY act_value ORDER BY count DESC, value LIMIT ${MOST_ROWS + 1}`;
  switch (kind) {
    case 'search':
      return `SELECT act_value AS value, count() AS count, uniqExact(visitor) AS visitors, countIf(next_path != '') AS went_on,
          countIf(results != '') AS told, countIf(results = '0') AS nothing
        FROM (${searched(s)}) ${rest}`;
    case 'not-found':
      return `SELECT act_value AS value, count() AS count, uniqExact(visitor) AS visitors,
          countIf(referrer != '' AND domain(referrer) = hostname) AS from_inside FROM ${rowsOf(s, kind)} ${rest}`;
    case 'form':
      return `SELECT act_value AS value, sum(greatest(starts, submits)) AS count, count() AS visitors, countIf(submits > 0) AS sent,
          countIf(submits = 0) AS left, sum(starts) AS starts, quantileExactIf(0.5)(ifNull(f.seconds, 0), f.seconds > 0) AS seconds, countIf(f.seconds > 0) AS timed
        FROM (${filled(s)}) AS f ${rest}`;
    case 'scroll':
      return `SELECT act_value AS value, sum(views) AS count, count() AS visitors,
          [${DEPTHS.map((depth) => `countIf(deepest >= ${depth}) / count()`).join(', ')}] AS reached, avg(looked) / 1000 AS looked
        FROM (${scrolled(s)}) ${rest}`;
    default:
      return `SELECT act_value AS value, count() AS count, uniqExact(visitor) AS visitors FROM ${rowsOf(s, kind)} ${rest}`;
  }
}

/** What is counted over time, as rows with `moment` and `visitor`. */
const counted = (s: Scope, kind: ActKind): string =>
  kind === 'search'
    ? `(SELECT begun AS moment, visitor FROM (${searches(s)}))`
    : `(SELECT at AS moment, visitor FROM ${rowsOf(s, kind, COUNTED[kind])})`;

export const totalSql = (s: Scope, kind: ActKind): string =>
  `SELECT count() AS count, uniqExact(visitor) AS visitors FROM ${counted(s, kind)}`;

export const stepsSql = (s: Scope, kind: ActKind, by: 'hour' | 'day' | 'week' | 'month'): string =>
  `SELECT ${timeClause(by, 'moment', s.zone)} AS step, count() AS count FROM ${counted(s, kind)} GROUP BY step ORDER BY step`;

const behind = (value: string, from: string): string =>
  `SELECT ${value} AS value, count() AS count FROM ${from} GROUP BY value HAVING value != '' ORDER BY count DESC, value LIMIT ${MOST_BEHIND}`;

/** What is behind one row, by the name of the list. */
export function behindSql(
  s: Scope,
  kind: ActKind,
  value: string,
): Partial<Record<'pages' | 'from' | 'fields' | 'next', string>> {
  const one = `act_value = ${quote(value)}`;
  // a page of the site as its path, anything else as it is
  const cameFrom =
    "if(domain(referrer) = hostname, path(referrer), if(referrer = '', '', cutToFirstSignificantSubdomain(referrer)))";
  switch (kind) {
    case 'search':
      return {
        next: behind('next_path', `(${searched(s, one)})`),
        from: behind(cameFrom, `(${searches(s, one)})`),
      };
    case 'not-found':
      return { from: behind(cameFrom, rowsOf(s, kind, one)) };
    case 'form':
      return {
        fields: behind('field', `(SELECT field FROM (${filled(s, one)}) WHERE submits = 0)`),
        pages: behind('path', rowsOf(s, kind, `${one} AND name IN ('form_start', 'form_submit')`)),
      };
    case 'scroll':
      return {};
    default:
      return { pages: behind('path', rowsOf(s, kind, one)) };
  }
}
