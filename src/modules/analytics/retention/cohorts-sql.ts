// Cohorts as one ClickHouse statement: visits, acts and revenue of each person are laid together, the first occasion says the
// cohort, and what came after it is counted by the unit in which it came.
import { quote } from '../report/dimensions.ts';
import { compileFilter, isOfVisitors, type Resolved } from '../report/filter.ts';
import { own, robots, type Scope } from '../report/scope.ts';
import { MOST_UNITS, type RetentionUnit } from './contract.ts';
import { salesRows } from './revenue.ts';
import { unitSql } from './units.ts';

/** A visit, or what an event must be as SQL. */
export type OccasionSql = 'visit' | { event: string };
export interface Asked {
  scope: Scope;
  unit: RetentionUnit;
  first: OccasionSql;
  back: OccasionSql;
  recognised: boolean;
  revenue: boolean;
  /** the first and the last cohort */
  cohorts: readonly [number, number];
  /** SQL over `visits`, of the first visit of all */
  value?: string | undefined;
  people: (filter: Resolved) => string;
}

const LASTING = `visitor_kind IN ('consented', 'server')`;
/** A unit and a moment in one number, to be sorted out again. */
const MOMENT_BITS = 43;
const codeOf = (unit: string, moment: string): string =>
  `bitShiftLeft(toUInt64(${unit}), ${MOMENT_BITS}) + toUInt64(${moment})`;
const unitIn = (code: string): string => `toInt64(bitShiftRight(${code}, ${MOMENT_BITS}))`;
const momentIn = (code: string): string => `toInt64(bitAnd(${code}, ${2 ** MOMENT_BITS - 1}))`;

/** One row a person of a cohort: `cohort`, `units` (after the first, in which they came back), `money` (unit, amount) and `value`. */
export function peopleSql(asked: Asked): string {
  const { scope: s, first, back } = asked;
  const filter = s.filter && !isOfVisitors(s.filter) ? s.filter : undefined;
  const ofVisit = filter !== undefined || asked.value !== undefined;
  const parts = [
    ...(first === 'visit' || back === 'visit' || ofVisit ? [visitsPart(asked, filter)] : []),
    ...(first === 'visit' ? [] : [eventsPart(asked, first.event, 'is_first')]),
    ...(back === 'visit' ? [] : [eventsPart(asked, back.event, 'is_back')]),
    ...(asked.revenue ? [moneyPart(asked)] : []),
  ];
  const [from, to] = asked.cohorts;
  const backs =
    back === 'visit'
      ? `arrayFilter(x -> x >= cohort, groupUniqArrayIf(unit, is_back))`
      : // what was done before the first occasion is no coming back
        `arrayDistinct(arrayMap(x -> ${unitIn('x')}, arrayFilter(x -> ${momentIn('x')} >= began, groupUniqArrayIf(${codeOf('unit', 'moment')}, is_back))))`;
  const offsets = `arrayFilter(x -> x <= ${MOST_UNITS[asked.unit]}, arrayMap(x -> x - cohort, ${backs}))`;
  const money = `arrayMap(x -> (x.1 - cohort, x.3), arrayFilter(x -> x.2 >= began, arraySort(groupArrayIf((unit, moment, amount), is_money))))`;
  const columns = [
    'minIf(unit, is_first) AS cohort',
    'minIf(moment, is_first) AS began',
    `${offsets} AS units`,
    asked.revenue ? `${money} AS money` : '[]::Array(Tuple(Int64, Int64)) AS money',
    asked.value ? 'argMinIf(value, moment, is_visit) AS value' : "'' AS value",
  ];
  const fits = filter ? ' AND argMinIf(fits, moment, is_visit) = 1' : '';
  return `SELECT cohort, units, money, value FROM (SELECT ${columns.join(', ')}
    FROM (${parts.join(' UNION ALL ')}) GROUP BY visitor
    HAVING max(is_first) = 1 AND cohort BETWEEN ${from} AND ${to}${fits})`;
}

const MARKS = ['is_visit', 'is_first', 'is_back', 'is_money'] as const;
const marks = (...set: (typeof MARKS)[number][]): string =>
  MARKS.map((mark) => `toUInt8(${set.includes(mark) ? 1 : 0}) AS ${mark}`).join(', ');

function visitsPart(asked: Asked, filter: Resolved | undefined): string {
  const { scope: s, unit, first, back } = asked;
  const fits = filter ? compileFilter(filter, { side: 'visit', zone: s.zone, people: asked.people }) : '1';
  const is = marks(
    'is_visit',
    ...(first === 'visit' ? (['is_first'] as const) : []),
    ...(back === 'visit' ? (['is_back'] as const) : []),
  );
  const columns = `${unitSql('start', unit, s.zone)} AS unit, toUnixTimestamp64Milli(start) AS moment, toInt64(0) AS amount,
    ${asked.value ?? "''"} AS value, toUInt8(${fits}) AS fits, ${is}`;
  const rows = `${own(s)}${robots(s)}${ofVisitors(asked)}`;
  if (!asked.recognised) return `SELECT visitor, ${columns} FROM visits FINAL WHERE ${rows}`;
  // who agreed in the middle of a visit had another id before: the visit is of the one that lasts. Rows that were replaced may name ids
  // too many: only those with events of their own go on
  const changed = `SELECT arrayJoin(ids) FROM visits WHERE ${own(s)} AND length(ids) > 1`;
  const lasting = `SELECT visitor FROM events WHERE ${own(s)} AND ${LASTING} AND visitor IN (${changed})`;
  return `SELECT member AS visitor, ${columns} FROM visits FINAL ARRAY JOIN ids AS member
    WHERE ${rows} AND ${LASTING} AND (length(ids) = 1 OR member IN (${lasting}))`;
}

const COLUMNS = 'visitor, unit, moment, amount, value, fits, is_visit, is_first, is_back, is_money';

function eventsPart(asked: Asked, condition: string, mark: 'is_first' | 'is_back'): string {
  const { scope: s, unit } = asked;
  return `SELECT visitor, ${unitSql('at', unit, s.zone)} AS unit, toUnixTimestamp64Milli(at) AS moment, toInt64(0) AS amount,
    '' AS value, toUInt8(0) AS fits, ${marks(mark)}
    FROM events WHERE ${own(s)}${robots(s)} AND ${condition}${asked.recognised ? ` AND ${LASTING}` : ''}${ofVisitors(asked)}`;
}

function moneyPart(asked: Asked): string {
  const { scope: s, unit } = asked;
  const columns = [
    `${unitSql('at', unit, s.zone)} AS unit`,
    'toUnixTimestamp64Milli(at) AS moment',
    "'' AS value",
    'toUInt8(0) AS fits',
    marks('is_money'),
  ];
  return `SELECT ${COLUMNS} FROM (${salesRows(s, columns, `${asked.recognised ? ` AND ${LASTING}` : ''}${ofVisitors(asked)}`)})`;
}

const ofVisitors = ({ scope: { filter }, people }: Asked): string =>
  filter && isOfVisitors(filter) ? ` AND ${people(filter)}` : '';

/** `named`: the values that are told apart; left out: none is. */
const splitOf = (named: readonly string[] | undefined): string =>
  named === undefined
    ? "'' AS split"
    : `if(value IN (${named.map(quote).join(', ') || 'NULL'}), concat('=', value), 'rest') AS split`;

/** Rows `split`, `cohort`, `unit` (−1: all who are in the cohort) and `people`. */
export const backSql = (asked: Asked, named?: readonly string[]): string =>
  `SELECT ${splitOf(named)}, cohort, arrayJoin(arrayPushFront(units, toInt64(-1))) AS unit, count() AS people
   FROM (${peopleSql(asked)}) GROUP BY split, cohort, unit`;

/** Rows `split`, `cohort`, `unit` (−1: all who are in the cohort), `people` (who bought for the first time since) and `revenue`. */
export const moneySql = (asked: Asked, named?: readonly string[]): string =>
  `SELECT ${splitOf(named)}, cohort, entry.1 AS unit, sum(entry.2) AS revenue, sum(entry.3) AS people
   FROM (SELECT cohort, value, arrayJoin(arrayPushFront(
       arrayMap((x, i) -> (x.1, x.2, toInt64(i = first)), money, arrayEnumerate(money)), (toInt64(-1), toInt64(0), toInt64(1)))) AS entry
     FROM (SELECT cohort, value, arrayFilter(x -> x.1 <= ${MOST_UNITS[asked.unit]}, money) AS money, arrayFirstIndex(x -> x.2 > 0, money) AS first
       FROM (${peopleSql(asked)})))
   GROUP BY split, cohort, unit`;

/** The values of the first visit that most people of the cohorts have. */
export const topValuesSql = (asked: Asked, most: number): string =>
  `SELECT value FROM (${peopleSql(asked)}) GROUP BY value ORDER BY count() DESC, value LIMIT ${most}`;
