// Puts the SQL of a planned report together.
import { costsPart } from './costs-part.ts';
import { clauseOf, isTime, quote, ROLLUP_TIME, timeClause } from './dimensions.ts';
import { compileFilter, isOfPages, type Resolved } from './filter.ts';
import { anyGoal, eventsClause, isGoalMeasure, visitsClause } from './goal-parts.ts';
import type { Plan, Table } from './plan.ts';
import { HALVES, measureClause } from './registry.ts';
import { pagesFrom, rollupFrom, visitsByDay } from './rollup-rows.ts';
import { SPANS, visitsBySpan } from './rollup-spans.ts';
import { salesPart } from './sales-part.ts';
import { known, own, robots, type Scope, shiftDate, within } from './scope.ts';
import { visitorCondition } from './visitor-set.ts';
import { visitsFrom } from './visits-from.ts';
import type { AnyMeasureId, DimensionId } from './vocabulary.ts';

export type { Scope };

/** Columns of a visit an event can be asked for, as `v_…`. */
export const JOINED = [
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'referrer_host',
  'landing_path',
  'exit_path',
  'duration_ms',
  'views',
];

const named = (ids: readonly DimensionId[], of: (id: DimensionId) => string): string[] =>
  ids.map((id, i) => `${of(id)} AS d${i}`);

const visitFilter = (s: Scope): string =>
  s.filter
    ? compileFilter(s.filter, { side: 'visit', zone: s.zone, people: (f) => visitorCondition(s, f, 'visitor') })
    : '1';

/** `whole`: one row more, of all visits together. */
function visitsPart(s: Scope, dimensions: readonly DimensionId[], measures: readonly string[], whole: boolean): string {
  const array = dimensions.map((id) => clauseOf(id).visitArray).find(Boolean);
  const columns = named(
    dimensions,
    (id) => timeClause(id, 'start', s.zone) ?? (clauseOf(id).visitArray ? 'member' : `toString(${clauseOf(id).visit})`),
  );
  const pages = s.pages && array === 'paths' ? ` AND member IN (${s.pages.map(quote).join(', ')})` : '';
  const dims = dimensions.map((_, i) => `d${i}`).join(', ');
  const group = whole ? `GROUPING SETS ((${dims}), ())` : dims;
  return `SELECT ${[...columns, ...(whole ? ['grouping(d0) AS whole'] : []), ...measures].join(', ')} FROM ${visitsFrom(s)}${array ? ` ARRAY JOIN ${array} AS member` : ''}
    WHERE ${own(s)} AND ${within('start', s)}${robots(s)}${s.filter ? ` AND ${visitFilter(s)}` : ''}${pages}
    ${dimensions.length > 0 ? `GROUP BY ${group}` : ''}`;
}

function eventsPart(
  s: Scope,
  plan: Plan,
  dimensions: readonly DimensionId[],
  ids: readonly AnyMeasureId[],
  measures: readonly string[],
  /** `only`: the rows that matter; `whole`: one row more, of all events together */
  { only, whole }: { only: string; whole: boolean },
): string {
  const viewsOnly = ids.every((id) => measureClause(id).viewsOnly);
  const ofPages = dimensions.includes('page') || (s.filter !== undefined && isOfPages(s.filter));
  const columns = named(
    dimensions,
    (id) => timeClause(id, 'at', s.zone) ?? `toString(${clauseOf(id).event ?? `v_${clauseOf(id).visit}`})`,
  );
  const conditions = [
    `${own(s)} AND ${within('at', s)}${robots(s)}${known(s)}`,
    // a page is something that was viewed; assets and errors have paths too, and other measures ask about those
    viewsOnly && ofPages ? "kind = 'view'" : '',
    dimensions.includes('event') ? "name != ''" : '',
    ...dimensions
      .filter((id) => id.startsWith('property:'))
      .map((id) => `mapContains(properties, ${quote(id.slice(9))})`),
    s.pages && dimensions.includes('page') ? `path IN (${s.pages.map(quote).join(', ')})` : '',
    only,
  ].filter(Boolean);
  const [visitor, site] = plan.joinVisits ? ['e.visitor', 'e.site'] : ['visitor', 'site'];
  const people = (f: Resolved): string => visitorCondition(s, f, visitor);
  const filter = s.filter ? compileFilter(s.filter, { side: 'event', zone: s.zone, joined: 'v_', site, people }) : '';
  const dims = dimensions.map((_, i) => `d${i}`).join(', ');
  const group = dimensions.length > 0 ? `GROUP BY ${whole ? `GROUPING SETS ((${dims}), ())` : dims}` : '';
  if (!plan.joinVisits) {
    const marked = whole ? ['grouping(d0) AS whole'] : [];
    return `SELECT ${[...columns, ...marked, ...measures].join(', ')} FROM events WHERE ${[...conditions, filter].filter(Boolean).join(' AND ')} ${group}`;
  }
  // visits that began up to a day before the period can hold its first events
  const wide = { ...s, from: shiftDate(s.from, -1) };
  // a visitor's id changes at midnight and with consent: an event finds its visit by any of them
  const visits = `SELECT site, member AS visitor, visitor AS v_visitor, start AS v_start, ${JOINED.map((name) => `${name} AS v_${name}`).join(', ')}
    FROM ${visitsFrom(wide)} ARRAY JOIN ids AS member WHERE ${own(s)} AND ${within('start', wide)}${
      only ? ` AND member IN (SELECT visitor FROM events WHERE ${conditions.join(' AND ')})` : ''
    }`;
  return `SELECT ${[...columns, ...measures].join(', ')}
    FROM (SELECT * FROM events WHERE ${conditions.join(' AND ')}) AS e
    ASOF LEFT JOIN (${visits}) AS v ON e.site = v.site AND e.visitor = v.visitor AND e.at >= v.v_start
    ${filter ? `WHERE ${filter}` : ''} ${group}`;
}

function pagesPart(s: Scope, dimensions: readonly DimensionId[], measures: readonly string[], whole: boolean): string {
  const columns = named(dimensions, (id) => (id === 'page' ? 'path' : ROLLUP_TIME[id]!));
  const dims = dimensions.map((_, i) => `d${i}`).join(', ');
  const group = dimensions.length > 0 ? `GROUP BY ${whole ? `GROUPING SETS ((${dims}), ())` : dims}` : '';
  return `SELECT ${[...columns, ...(whole ? ['grouping(d0) AS whole'] : []), ...measures].join(', ')}
    FROM (${pagesFrom(s)}) WHERE 1${robots(s)} ${group}`;
}

function rolled(s: Scope, id: AnyMeasureId): string {
  const { rollup } = measureClause(id);
  return typeof rollup === 'string' ? rollup : rollup(s.money);
}

/** Rows that say of a period who came, as few as its dimensions allow, and the clause that counts them. */
function whoCame(s: Scope, dimensions: readonly DimensionId[]): { from: string; visitors: string } {
  const visitors = rolled(s, 'visitors');
  // people and robots, or several sites, can have visitors in common
  if (dimensions.includes('day') && s.sites.length === 1 && s.robots !== 'include')
    return { from: visitsByDay(s), visitors: 'sum(people)' };
  const span = dimensions.length === 0 ? 'month' : SPANS.find((one) => dimensions.every((id) => id === one));
  return { from: span ? visitsBySpan(s, span) : rollupFrom(s, 'visits'), visitors };
}

function rollupParts(
  s: Scope,
  dimensions: readonly DimensionId[],
  /** of the whole statement, and those answered here */
  { all, ids }: { all: readonly AnyMeasureId[]; ids: readonly AnyMeasureId[] },
  column: (id: AnyMeasureId, clause: string) => string,
  none: (id: AnyMeasureId) => string,
): string[] {
  return HALVES.filter((half) => ids.some((id) => measureClause(id).half === half)).map((half) => {
    const columns = named(dimensions, (id) => ROLLUP_TIME[id]!);
    const here = (id: AnyMeasureId): boolean => ids.includes(id) && measureClause(id).half === half;
    const { from, visitors } = here('visitors') ? whoCame(s, dimensions) : { from: rollupFrom(s, half), visitors: '' };
    const measures = all.map((id) => (here(id) ? column(id, id === 'visitors' ? visitors : rolled(s, id)) : none(id)));
    return `SELECT ${[...columns, ...measures].join(', ')} FROM (${from}) WHERE 1${robots(s)}
      ${dimensions.length > 0 ? `GROUP BY ${dimensions.map((_, i) => `d${i}`).join(', ')}` : ''}`;
  });
}

/** The rows of `events` a part is made of, where those are few. */
function onlyRows(s: Scope, table: Table, ids: readonly AnyMeasureId[]): string {
  if (table === 'goals') return anyGoal(s, ids);
  if (table !== 'signals') return '';
  return `(${[...new Set(ids.map((id) => measureClause(id).only!))].join(' OR ')})`;
}

/** The whole statement: every table answers the measures it holds, and rows with the same dimensions are laid together. */
export function reportSql(
  s: Scope,
  plan: Plan,
  query: {
    measures: readonly AnyMeasureId[];
    dimensions: readonly DimensionId[];
    order: string;
    limit: number;
    offset: number;
    /** with one row more, marked so and first: the totals. Only where `answersWhole` */
    whole?: boolean;
  },
): string {
  const whole = query.whole === true;
  const all = [...plan.byTable.values()].flat();
  const alias = (id: AnyMeasureId): string => `\`m_${id}\``;
  const name = (id: AnyMeasureId): string => `\`${id}\``;
  const part = (table: Table, ids: readonly AnyMeasureId[]): string[] => {
    const none = (id: AnyMeasureId): string => `CAST(NULL AS Nullable(Float64)) AS ${alias(id)}`;
    const column = (id: AnyMeasureId, clause: string): string => `CAST(${clause} AS Nullable(Float64)) AS ${alias(id)}`;
    if (table === 'rollup') return rollupParts(s, query.dimensions, { all, ids }, column, none);
    if (table === 'costs') {
      const clauses = all.map((id) => (ids.includes(id) ? column(id, measureClause(id).cost!) : none(id)));
      return [costsPart(s, query.dimensions, clauses, visitFilter(s))];
    }
    if (table === 'pages') {
      const clauses = all.map((id) => (ids.includes(id) ? column(id, rolled(s, id)) : none(id)));
      return [pagesPart(s, query.dimensions, clauses, whole)];
    }
    const measures = all.map((id) => {
      if (!ids.includes(id)) return none(id);
      if (isGoalMeasure(id)) return column(id, table === 'visits' ? visitsClause(s, id) : eventsClause(s, id));
      if (table === 'visits') return column(id, measureClause(id).visit!);
      if (table === 'sales') return column(id, measureClause(id).sale!(s.money));
      return column(id, id === 'visits' ? 'uniqExactIf((v_visitor, v_start), v_start > 0)' : measureClause(id).event!);
    });
    if (table === 'sales') {
      const goods = ids.some((id) => measureClause(id).goods);
      return [salesPart(s, query.dimensions, measures, { goods })];
    }
    return [
      table === 'visits'
        ? visitsPart(s, query.dimensions, measures, whole)
        : eventsPart(s, plan, query.dimensions, ids, measures, { only: onlyRows(s, table, ids), whole }),
    ];
  };
  const parts = [...plan.byTable].flatMap(([table, ids]) => part(table, ids));
  const dims = query.dimensions.map((_, i) => `d${i}`);
  const counts = query.measures.filter(
    (id) =>
      !measureClause(id).cost &&
      !measureClause(id).ofSomething &&
      ['count', 'money', 'bytes'].includes(measureClause(id).unit),
  );
  const merged = query.measures.map(
    (id) => `${counts.includes(id) ? `ifNull(max(${alias(id)}), 0)` : `max(${alias(id)})`} AS ${name(id)}`,
  );
  const columns = [...dims, ...(whole ? ['whole'] : []), ...merged];
  // a name that only a figure of another table has brought in is no row of its own
  const costs = query.measures.filter((id) => measureClause(id).cost).map((id) => `${name(id)} != 0`);
  const some = [...(counts.length > 0 ? [counts.map((id) => `${name(id)} != 0`).join(' OR ')] : []), ...costs];
  // a cost that was taken back whole leaves no row either
  const onlyCosts = costs.length === query.measures.length;
  const kept = [...(whole ? ['whole = 1'] : []), ...some].join(' OR ');
  const having = dims.length > 0 && (counts.length > 0 || onlyCosts) ? ` HAVING ${kept}` : '';
  const order = [...(whole ? ['whole DESC'] : []), ...(query.order ? [query.order] : [])].join(', ');
  const more = whole ? 1 : 0;
  return `SELECT ${[...columns, `count() OVER () - ${more} AS row_count`].join(', ')} FROM (${parts.join(' UNION ALL ')})
    ${dims.length > 0 ? `GROUP BY ${[...dims, ...(whole ? ['whole'] : [])].join(', ')}` : ''}${having}
    ${order ? `ORDER BY ${order}` : ''} LIMIT ${query.limit + more} OFFSET ${query.offset}`;
}

/** A time, or what every visit and every event has one of. */
const hasEachOne = (id: DimensionId): boolean => {
  const { visit, visitArray, event } = clauseOf(id);
  return isTime(id) || (visitArray === undefined && visit !== undefined && visit === event);
};

/**
 * Whether rows and totals are one statement: each visit and each event is in one row, and the totals come from the same tables.
 * `ofWhole` is the plan of the totals alone.
 */
export function answersWhole(
  plan: Plan,
  ofWhole: Plan,
  { dimensions, offset }: { dimensions: readonly DimensionId[]; offset: number },
): boolean {
  if (dimensions.length === 0 || offset > 0 || plan.joinVisits || ofWhole.joinVisits) return false;
  const tables = [...plan.byTable.keys()];
  const alike =
    plan.byTable.size === ofWhole.byTable.size &&
    tables.every((table) => plan.byTable.get(table)!.join() === ofWhole.byTable.get(table)?.join());
  if (!alike) return false;
  if (tables.length === 1 && tables[0] === 'visits') return !dimensions.some((id) => clauseOf(id).visitArray);
  return tables.every((table) => ['visits', 'events', 'pages'].includes(table)) && dimensions.every(hasEachOne);
}

export { isTime };

/** Yields one row: the visits a filter chooses up to the end of the period, and their visitors. */
export const visitCountSql = (s: Scope): string =>
  `SELECT count() AS visits, uniqExact(visitor) AS visitors, uniqExactIf(visitor, visitor_kind IN ('consented', 'server')) AS joined
   FROM visits FINAL WHERE ${own(s)} AND ${within('start', s)}${robots(s)} AND ${visitFilter(s)}`;
