// The tables of acts as SQL: one row a link, file, search, page or form, the most frequent first.
import { chosenEvents } from '../report/chosen-events.ts';
import { quote, timeClause } from '../report/dimensions.ts';
import { own, robots, type Scope, within } from '../report/scope.ts';
import { ACTS, COUNTED } from './act-events.ts';
import { type ActKind, DEPTHS } from './contract.ts';

export const MOST_ROWS = 1000;
const MOST_BEHIND = 20;
const HALF_HOUR_MS = 1_800_000;

/** Rows of the kind with `value`, those without one left out. */
function rowsOf(s: Scope, kind: ActKind, further = '1'): string {
  const { which, value } = ACTS[kind];
  return `(SELECT *, ${value} AS act_value ${chosenEvents(s, which)}) AS a WHERE act_value != '' AND ${further}`;
}

/** What the visitors of searches saw next: each search with the first other page within half an hour, '' without one. */
const searched = (s: Scope, further = '1'): string => `
  SELECT a.act_value AS act_value, a.visitor AS visitor, a.path AS path, a.properties AS properties,
    if(dateDiff('millisecond', a.at, n.at) <= ${HALF_HOUR_MS}, n.path, '') AS next_path
  FROM (SELECT * FROM ${rowsOf(s, 'search', further)}) AS a
  ASOF LEFT JOIN (SELECT visitor, at, path FROM events WHERE ${own(s)} AND ${within('at', s)}${robots(s)} AND kind = 'view'
    AND NOT (${ACTS.search.which})) AS n ON a.visitor = n.visitor AND n.at > a.at`;

/** One row a visitor and form: whether it was begun, sent, and where it was left if it never was sent after. */
const filled = (s: Scope, further = '1'): string => `
  SELECT act_value, visitor, countIf(name = 'form_start') AS starts, countIf(name = 'form_submit') AS submits,
    maxIf(at, name = 'form_submit') AS sent_at, maxIf(at, name = 'form_abandon') AS left_at,
    submits = 0 OR left_at > sent_at AS unsent,
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
          countIf(properties['results'] != '') AS told, countIf(properties['results'] = '0') AS nothing
        FROM (${searched(s)}) ${rest}`;
    case 'not-found':
      return `SELECT act_value AS value, count() AS count, uniqExact(visitor) AS visitors,
          countIf(referrer != '' AND domain(referrer) = hostname) AS from_inside FROM ${rowsOf(s, kind)} ${rest}`;
    case 'form':
      return `SELECT act_value AS value, sum(greatest(starts, submits)) AS count, count() AS visitors, countIf(submits > 0) AS sent,
          countIf(unsent) AS left, quantileExactIf(0.5)(ifNull(f.seconds, 0), f.seconds > 0) AS seconds, countIf(f.seconds > 0) AS timed
        FROM (${filled(s)}) AS f ${rest}`;
    case 'scroll':
      return `SELECT act_value AS value, sum(views) AS count, count() AS visitors,
          [${DEPTHS.map((depth) => `countIf(deepest >= ${depth}) / count()`).join(', ')}] AS reached, avg(looked) / 1000 AS looked
        FROM (${scrolled(s)}) ${rest}`;
    default:
      return `SELECT act_value AS value, count() AS count, uniqExact(visitor) AS visitors FROM ${rowsOf(s, kind)} ${rest}`;
  }
}

export const totalSql = (s: Scope, kind: ActKind): string =>
  `SELECT count() AS count, uniqExact(visitor) AS visitors FROM ${rowsOf(s, kind, COUNTED[kind])}`;

export const stepsSql = (s: Scope, kind: ActKind, by: 'hour' | 'day' | 'week' | 'month'): string =>
  `SELECT ${timeClause(by, 'at', s.zone)} AS step, count() AS count FROM ${rowsOf(s, kind, COUNTED[kind])} GROUP BY step ORDER BY step`;

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
        from: behind(cameFrom, rowsOf(s, kind, one)),
      };
    case 'not-found':
      return { from: behind(cameFrom, rowsOf(s, kind, one)) };
    case 'form':
      return {
        fields: behind('field', `(SELECT field FROM (${filled(s, one)}) WHERE unsent)`),
        pages: behind('path', rowsOf(s, kind, `${one} AND name IN ('form_start', 'form_submit')`)),
      };
    case 'scroll':
      return {};
    default:
      return { pages: behind('path', rowsOf(s, kind, one)) };
  }
}
