// The one definition of a visit, as SQL over events: 30 minutes of inactivity end it, midnight and a new campaign don't. What only
// a server tells (a refund, a deal) makes no visit: it belongs to the one under way, if any, and doesn't lengthen it. A plain
// implementation of the same rules stands in visits-reference.ts, and a property test compares the two.

/** Inactivity that ends a visit, milliseconds. */
export const VISIT_GAP_MS = 30 * 60_000;
/** A visit is engaged when it lasted longer than this, holds a key event or has two views (METHODS, sessions). */
export const ENGAGED_AFTER_MS = 10_000;

/** Columns of `visits`, without workspace, site, version and gone, in the order the select below yields them. */
export const VISIT_COLUMNS = [
  'day',
  'visitor',
  'start',
  'finish',
  'visitor_kind',
  'bot',
  'views',
  'events',
  'bounce',
  'engaged',
  'duration_ms',
  'engaged_ms',
  'landing_path',
  'exit_path',
  'paths',
  'names',
  'ids',
  'acts',
  'net',
  'hostname',
  'referrer',
  'referrer_host',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'click_id_name',
  'channel',
  'country',
  'browser',
  'browser_version',
  'system',
  'device',
  'language',
] as const;

const SOURCE = [
  'referrer',
  'referrer_host',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'click_id_name',
  'channel',
];
const CLIENT = ['country', 'browser', 'browser_version', 'system', 'device', 'language'];
const NAMED = "channel NOT IN ('', 'Direct') AND NOT told";
const NEEDED = [
  ...['visitor', 'visitor_before', 'at', 'id', 'kind', 'name', 'visitor_kind', 'bot', 'hostname', 'path'],
  ...['engaged_ms', 'revenue', 'currency', 'day'],
  ...SOURCE,
  ...CLIENT,
];

/** Before the page or name of each of a visit's acts: what it is. */
export const ACT_MARK = { view: 'v', event: 'e' } as const;

/** Events that make or lengthen a visit. */
export const VISIT_EVENTS = "kind IN ('view', 'event', 'signal')";

/** Told by a server about someone, without a page: it happened, but nobody was on the site for it. */
export const TOLD = "(kind = 'event' AND visitor_kind = 'server' AND hostname = '')";

/** Events that are sales or take them back, whether their visit is known or not. */
export const MONEY = "(kind IN ('view', 'event') AND (revenue != 0 OR name IN ('purchase', 'refund')))";

/** One row a (visitor, unbroken run of events); `scope` is a WHERE clause over `events`. */
const runs = (scope: string): string => `
  SELECT
    visitor, run,
    min(at) AS run_start,
    maxIf(at, NOT told) AS run_finish,
    argMin(visitor_before, (at, id)) AS before,
    min((at, id, visitor_kind)) AS first,
    max(bot) AS any_bot,
    countIf(kind = 'view') AS view_count,
    countIf(kind = 'event') AS event_count,
    sum(engaged_ms) AS engaged_sum,
    countIf(kind != 'signal' AND NOT told) AS own_count,
    sumMapIf(map(concat(currency, toString(day)), revenue), revenue != 0) AS net_sum,
    minIf((at, id, path, hostname), kind = 'view') AS landing,
    maxIf((at, id, path), kind = 'view') AS leaving,
    groupUniqArrayIf(path, kind = 'view') AS path_set,
    groupUniqArrayIf(name, kind = 'event') AS name_set,
    groupArrayIf((at, toUInt8(kind = 'event'), id, if(kind = 'view', concat('${ACT_MARK.view}', path), concat('${ACT_MARK.event}', name))), kind != 'signal') AS act_list,
    countIf(${NAMED}) AS named,
    minIf((at, id, ${SOURCE.join(', ')}), ${NAMED}) AS origin,
    min((at, id, ${CLIENT.join(', ')})) AS client
  FROM (
    SELECT *, sum(idle AND NOT told) OVER (PARTITION BY visitor ORDER BY at, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run
    FROM (
      SELECT ${NEEDED.join(', ')}, ${TOLD} AS told,
        dateDiff('millisecond', maxIf(at, NOT told) OVER (PARTITION BY visitor ORDER BY at, id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), at) >= ${VISIT_GAP_MS} AS idle
      FROM events
      WHERE ${VISIT_EVENTS} AND ${scope}
    )
    WHERE NOT (idle AND told)
  )
  GROUP BY visitor, run`;

/**
 * Runs handed over: at midnight a visitor without consent gets a new id, and consent gives a lasting one; the first events
 * then carry the id before. Such a run belongs to the run of the old id that was active less than 30 minutes earlier; a chain
 * is followed over two hand-overs.
 */
const handOvers = (runsSql: string): string => `
  SELECT to_visitor, to_start, argMax((from_visitor, from_start), (from_start, from_visitor)) AS base
  FROM (SELECT visitor AS to_visitor, before, run_start AS to_start FROM (${runsSql}) WHERE before != 0) AS r
  INNER JOIN (SELECT visitor AS from_visitor, run_start AS from_start, run_finish AS from_finish FROM (${runsSql})) AS b ON from_visitor = before
  WHERE from_start <= to_start AND dateDiff('millisecond', from_finish, to_start) < ${VISIT_GAP_MS}
    AND (from_visitor, from_start) != (to_visitor, to_start)
  GROUP BY to_visitor, to_start`;

/**
 * SELECT that yields VISIT_COLUMNS, one row a visit, for all events in scope. `handedOver`: whether any event in scope carries a
 * visitor's earlier id; without one the cheaper form does.
 */
export function visitsSelect(options: { scope: string; handedOver: boolean }): string {
  const runsSql = runs(options.scope);
  const keyed = options.handedOver
    ? `SELECT *, multiIf(two_base.1 != 0, two_base, one_base.1 != 0, one_base, (visitor, run_start)) AS key
       FROM (${runsSql}) AS r
       LEFT JOIN (SELECT to_visitor AS one_visitor, to_start AS one_start, base AS one_base FROM (${handOvers(runsSql)})) AS one
         ON one_visitor = visitor AND one_start = run_start
       LEFT JOIN (SELECT to_visitor AS two_visitor, to_start AS two_start, base AS two_base FROM (${handOvers(runsSql)})) AS two
         ON two_visitor = one_base.1 AND two_start = one_base.2`
    : `SELECT *, (visitor, run_start) AS key FROM (${runsSql})`;
  const source = SOURCE.map((name, i) =>
    name === 'channel' ? `if(sum(named) = 0, 'Direct', origin_.${i + 3}) AS channel_` : `origin_.${i + 3} AS ${name}_`,
  );
  const client = CLIENT.map((name, i) => `client_.${i + 3} AS ${name}_`);
  return `
    SELECT toDate(min(run_start)) AS day_, argMin(visitor, (run_start, visitor)) AS visitor_, min(run_start) AS start_,
      max(run_finish) AS finish_, max(first.3) AS visitor_kind_, max(any_bot) AS bot_, toUInt32(sum(view_count)) AS views_,
      toUInt32(sum(event_count)) AS events_, toUInt8(views_ <= 1 AND events_ = 0) AS bounce_,
      toUInt8(duration_ms_ > ${ENGAGED_AFTER_MS} OR engaged_ms_ > ${ENGAGED_AFTER_MS} OR views_ >= 2 OR events_ > 0) AS engaged_,
      toUInt64(dateDiff('millisecond', start_, finish_)) AS duration_ms_, sum(engaged_sum) AS engaged_ms_,
      landing_.3 AS landing_path_, maxIf(leaving, view_count > 0).3 AS exit_path_,
      arraySort(groupUniqArrayArray(path_set)) AS paths_, arraySort(groupUniqArrayArray(name_set)) AS names_, arraySort(groupUniqArray(visitor)) AS ids_,
      arrayCompact(arrayMap(x -> x.4, arraySort(groupArrayArray(act_list)))) AS acts_, sumMap(net_sum) AS net_, landing_.4 AS hostname_,
      ${[...source, ...client].join(', ')}
    FROM (SELECT * FROM (${keyed}))
    GROUP BY key
    HAVING sum(own_count) > 0`
    .replaceAll('origin_.', 'minIf(origin, named > 0).')
    .replaceAll('client_.', 'min(client).')
    .replaceAll('landing_.', 'minIf(landing, view_count > 0).');
}
