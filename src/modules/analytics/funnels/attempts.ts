// How far each visitor (or visit) came in a funnel and when, as one ClickHouse statement: what matches a step is put in one row
// by time, chains are laid from the last step back to the first, and the chain that got furthest within the window counts.
import { ORPCError } from '@orpc/server';
import { ACT_KIND, actCondition } from '../report/act.ts';
import { compileFilter, isOfVisitors, type Resolved } from '../report/filter.ts';
import type { Act } from '../report/filter-contract.ts';
import { instant, known, own, robots, type Scope, shiftDate, utcDays } from '../report/scope.ts';

/** What an event must be, as SQL over `events`, and of which kind such events are. */
export interface StepSql {
  kind: keyof typeof ACT_KIND;
  sql: string;
}
export const stepOf = (act: Act, zone: string): StepSql => ({
  kind: act.what ?? 'any',
  sql: `(${actCondition(act, zone)})`,
});

export interface Shape {
  steps: readonly StepSql[];
  order: 'ordered' | 'strict';
  minutes: number;
  by: 'visitor' | 'visit';
}
export interface Asked {
  /** its period is when a funnel begins; the later steps may come after it */
  scope: Scope;
  shape: Shape;
  /** the visit in which it begins, or its visitor */
  filter?: Resolved | undefined;
  /** of the visit in which it begins: SQL over `visits` */
  value?: string | undefined;
  /** nothing from this local date on is looked at */
  until?: string | undefined;
  people: (filter: Resolved) => string;
}

const NONE = 'emptyArrayUInt64()';
/** A moment and the steps it matches in one number: milliseconds, the first of its steps (none: 15), a bit for each. */
const CODE_BITS = 16;
export const momentOf = (code: string): string => `toInt64(bitShiftRight(${code}, ${CODE_BITS}))`;

/** One row a visitor or visit that began: `visitor`, `joined`, `best` (the codes of the steps reached), and `value` if asked. */
export function attemptsSql(asked: Asked): string {
  const { shape } = asked;
  const grouped = `SELECT visitor, max(lasting) AS joined, arraySort(groupArray(code)) AS acts${asked.value ? ', groupArrayIf((code, v_value), bitTest(code, 0)) AS begun' : ''}
    FROM (${codesSql(asked)}) GROUP BY visitor${shape.by === 'visit' ? ', site, v_start' : ''} HAVING max(bitTest(code, 0)) = 1`;
  const value = asked.value ? ', arrayFirst(b -> b.1 = best[1], begun).2 AS value' : '';
  return `SELECT visitor, joined, ${bestOf(shape)} AS best${value} FROM (${grouped})`;
}

/** The furthest of the chains over `acts`, the earliest of those that got as far. */
function bestOf({ steps, order, minutes }: Shape): string {
  const has = (step: number): string => `bitTest(c, ${step})`;
  let chains = `arrayMap(c -> if(${has(steps.length - 1)}, [c], ${NONE}), acts)`;
  for (let step = steps.length - 2; step >= 0; step--) {
    // with other things between, whatever stands before the next match leads to it
    const onward = order === 'strict' ? chains : `arrayReverseFill(x -> notEmpty(x), ${chains})`;
    const after = `arrayPushBack(arrayPopFront(${onward}), ${NONE})`;
    chains = `arrayMap((c, x) -> if(${has(step)}, arrayPushFront(x, c), ${NONE}), acts, ${after})`;
  }
  const inTime = `${momentOf('c')} - ${momentOf('x[1]')} <= ${minutes * 60_000}`;
  const cut = `arrayMap(x -> arrayFilter(c -> ${inTime}, x), arrayFilter(x -> notEmpty(x), ${chains}))`;
  // the longest, and of those the first
  return `arrayElement(arraySort((x, i) -> toInt64(i) - toInt64(length(x)) * 4294967296, ${cut} AS cut, arrayEnumerate(cut)), 1)`;
}

/** The events a funnel is made of: what matches any step, or, when nothing may come between, all of the kinds asked about. */
function candidates({ order, steps }: Shape): string {
  const conditions = order === 'ordered' ? steps.map(({ sql }) => sql) : steps.map(({ kind }) => `(${ACT_KIND[kind]})`);
  return `(${[...new Set(conditions)].join(' OR ')})`;
}

/** Days after the period in which later steps may still come. */
export const windowDays = ({ minutes }: Pick<Shape, 'minutes'>): number => Math.ceil(minutes / 1440);

/** Events from the start of the period to the end of the window after it. */
export function readTime({ scope: s, shape, until }: Pick<Asked, 'scope' | 'shape' | 'until'>): string {
  const last = shiftDate(s.to, windowDays(shape));
  const end = until && until < last ? until : last;
  const late = `at < ${instant(s.to, s.zone)} + toIntervalMinute(${shape.minutes})`;
  const cut = until ? ` AND at < ${instant(until, s.zone)}` : '';
  return `${own(s)} AND ${utcDays(s.from, end)} AND at >= ${instant(s.from, s.zone)} AND ${late}${cut}${robots(s)}${known(s)}`;
}

function codesSql(asked: Asked): string {
  const { scope: s, shape, filter } = asked;
  const conditions = shape.steps.map(({ sql }) => sql);
  const [first, ...later] = conditions as [string, ...string[]];
  const ofVisitors = filter && isOfVisitors(filter) ? filter : undefined;
  const ofVisit = ofVisitors ? undefined : filter;
  const joins = shape.by === 'visit' || ofVisit !== undefined || asked.value !== undefined;
  const begins = `(${first} AND at < ${instant(s.to, s.zone)})`;
  const rows = `${readTime(asked)} AND ${candidates(shape)}${ofVisitors ? ` AND ${asked.people(ofVisitors)}` : ''}`;
  const lasting = `toUInt8(visitor_kind IN ('consented', 'server')) AS lasting`;
  const code = (start: string, rest: readonly string[]): string => {
    const marks = [start, ...rest];
    const lowest = `multiIf(${marks.map((mark, i) => `${mark}, ${i}`).join(', ')}, 15)`;
    const bits = marks.map((mark, i) => `${2 ** i} * toUInt64(${mark})`).join(' + ');
    return `bitShiftLeft(toUInt64(toUnixTimestamp64Milli(at)), ${CODE_BITS}) + bitShiftLeft(toUInt64(${lowest}), 12) + ${bits} AS code`;
  };
  if (!joins) return `SELECT visitor, ${lasting}, ${code(begins, later)} FROM events WHERE ${rows}`;
  if (s.asOf) {
    throw new ORPCError('BAD_REQUEST', { message: 'A funnel by visits speaks of now, not of a past moment.' });
  }
  // a visit that began a day before the period can hold its first events
  const wide = `${own(s)} AND ${utcDays(shiftDate(s.from, -1), shiftDate(s.to, windowDays(shape)))}${robots(s)}`;
  const fits = ofVisit ? compileFilter(ofVisit, { side: 'visit', zone: s.zone, people: asked.people }) : '1';
  const visits = `SELECT site, member, visitor AS v_visitor, start AS v_start, toUInt8(${fits}) AS v_fits, ${asked.value ?? "''"} AS v_value
    FROM visits FINAL ARRAY JOIN ids AS member WHERE ${wide}`;
  const marks = conditions.map((_, i) => `m${i}`);
  const columns = [begins, ...later].map((condition, i) => `toUInt8(${condition}) AS m${i}`);
  // within one visit, an id that changes in the middle of it is the same visitor
  const who = shape.by === 'visit' ? 'if(v_visitor = 0, e.visitor, v_visitor)' : 'e.visitor';
  return `SELECT ${who} AS visitor, e.site AS site, v_start, v_value, lasting,
      ${code(ofVisit ? '(m0 AND v_fits)' : 'm0', marks.slice(1))}
    FROM (SELECT site, visitor, at, ${lasting}, ${columns.join(', ')} FROM events WHERE ${rows}) AS e
    ASOF LEFT JOIN (${visits}) AS v ON e.site = v.site AND e.visitor = v.member AND e.at >= v.v_start`;
}

/** Yields `visitor`: those who came so far. */
export function reachedSql(asked: Asked, reached: { atLeast: number } | { exactly: number }): string {
  const condition = 'atLeast' in reached ? `>= ${reached.atLeast}` : `= ${reached.exactly}`;
  // several visits of one visitor are several attempts: the furthest counts
  return `SELECT visitor FROM (${attemptsSql(asked)}) GROUP BY visitor HAVING max(length(best)) ${condition}`;
}
