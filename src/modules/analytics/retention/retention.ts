// Cohorts asked of a period: the triangle of who came back (or what they brought in), its average, and the same for each value of
// a property of the first visit.
import { ORPCError } from '@orpc/server';
import { stepOf } from '../funnels/attempts.ts';
import { goalsOf } from '../goals/goals.ts';
import { clauseOf } from '../report/dimensions.ts';
import type { Reports } from '../report/report.ts';
import { localDay, shiftDate } from '../report/scope.ts';
import { visitorCondition } from '../report/visitor-set.ts';
import type { Db } from '../sites/sites.ts';
import { type Asked, backSql, moneySql, type OccasionSql, topValuesSql } from './cohorts-sql.ts';
import { MOST_COHORTS, MOST_UNITS, type Occasion, type RetentionAnswer, type RetentionQuestion } from './contract.ts';
import { dateOf, unitOf } from './units.ts';

const TOP_VALUES = 8;

interface Row {
  split: string;
  cohort: string;
  unit: string;
  people: string;
  revenue?: string;
}
type Cohort = RetentionAnswer['cohorts'][number];
/** Which cohorts there are and how far time has come. */
interface Frame {
  unit: RetentionQuestion['unit'];
  cohorts: readonly [number, number];
  today: string;
  revenue: boolean;
  /** everyone is there in the unit in which they came */
  allAtFirst: boolean;
}

export async function runRetention(
  { db, reports }: { db: Db; reports: Reports },
  workspace: string,
  asked: RetentionQuestion,
  now = new Date(),
): Promise<RetentionAnswer> {
  const { unit, people, count, breakdown, first, back, ...question } = asked;
  const opened = await reports.open(workspace, question);
  const today = localDay(opened.scope.zone, now);
  const frame = frameOf(asked, opened.knownFrom, today);
  // what came in after the period needs the rates of its days too
  const since = frame && dateOf(frame.cohorts[0], unit);
  const sales =
    count === 'revenue' && since !== null
      ? (await reports.openSales(workspace, { ...question, period: [since, shiftDate(today, 1)] })).scope
      : opened.scope;
  const scope = { ...opened.scope, money: sales.money, withoutRate: sales.withoutRate };
  const trust = await reports.trust({ ...opened, scope }, count === 'revenue' ? ['revenue'] : []);
  if (people === 'recognised' && trust.joined !== null && trust.joined < 1) {
    trust.notes.push({ code: 'retention-left-out', value: Math.round((1 - trust.joined) * 1000) / 1000 });
  }
  if (people === 'all') trust.notes.push({ code: 'retention-all' });
  if (scope.sites.length === 0 || frame === null) return { cohorts: [], average: [], breakdown: null, trust };
  const occasion = (one: Occasion): Promise<OccasionSql> => occasionSql(db, workspace, one, scope.zone);
  const sql: Asked = {
    scope,
    unit,
    first: await occasion(first),
    back: await occasion(count === 'revenue' ? 'visit' : back),
    recognised: people === 'recognised',
    revenue: count === 'revenue',
    cohorts: frame.cohorts,
    people: (filter) => visitorCondition(scope, filter, 'visitor'),
  };
  const rowsOf = count === 'revenue' ? moneySql : backSql;
  const value = breakdown && clauseOf(breakdown).visit;
  const [whole, split] = await Promise.all([
    reports.rows<Row>(rowsOf(sql)),
    value ? splitRows(reports, { ...sql, value: `toString(${value})` }, rowsOf) : null,
  ]);
  const cohorts = cohortsOf(whole, frame);
  return {
    cohorts,
    average: averageOf(cohorts, frame),
    breakdown: split && splitAverages(split, frame),
    trust,
  };
}

async function splitRows(reports: Reports, asked: Asked, rowsOf: typeof backSql): Promise<Map<string, Row[]>> {
  const top = await reports.rows<{ value: string }>(topValuesSql(asked, TOP_VALUES));
  const found = await reports.rows<Row>(
    rowsOf(
      asked,
      top.map((row) => row.value),
    ),
  );
  const groups = new Map(top.map((row): [string, Row[]] => [`=${row.value}`, []]));
  for (const row of found) groups.set(row.split, [...(groups.get(row.split) ?? []), row]);
  return groups;
}

function splitAverages(groups: ReadonlyMap<string, Row[]>, frame: Frame): NonNullable<RetentionAnswer['breakdown']> {
  return [...groups].map(([split, rows]) => {
    const cohorts = cohortsOf(rows, frame);
    return {
      value: split.startsWith('=') ? split.slice(1) : '',
      rest: !split.startsWith('='),
      size: cohorts.reduce((sum, { size }) => sum + size, 0),
      average: averageOf(cohorts, frame),
    };
  });
}

/** Whole units that the period touches and of which anything is known. Throws BAD_REQUEST for too many. */
function frameOf(
  { period, unit, count, back }: RetentionQuestion,
  knownFrom: string | null,
  today: string,
): Frame | null {
  const least = knownFrom === null ? Number.POSITIVE_INFINITY : unitOf(knownFrom, unit);
  const from = Math.max(unitOf(period[0], unit), least);
  const to = Math.min(unitOf(shiftDate(period[1], -1), unit), unitOf(today, unit));
  if (from > to) return null;
  if (to - from >= MOST_COHORTS) {
    throw new ORPCError('BAD_REQUEST', {
      message: `That would be more than ${MOST_COHORTS} cohorts. Choose weeks or months, or a shorter period.`,
    });
  }
  const revenue = count === 'revenue';
  return { unit, cohorts: [from, to], today, revenue, allAtFirst: !revenue && back === 'visit' };
}

async function occasionSql(db: Db, workspace: string, occasion: Occasion, zone: string): Promise<OccasionSql> {
  if (occasion === 'visit') return 'visit';
  if ('did' in occasion) return { event: stepOf(occasion.did, zone).sql };
  const { event } = (await goalsOf(db, workspace, [occasion.goal], zone)).get(occasion.goal)!;
  if (event !== null) return { event };
  throw new ORPCError('BAD_REQUEST', {
    message: 'A goal about a whole visit can make no cohort yet. Choose one about a page or event.',
  });
}

function cohortsOf(rows: readonly Row[], frame: Frame): Cohort[] {
  const { unit, today } = frame;
  const [from, to] = frame.cohorts;
  const now = unitOf(today, unit);
  const byCohort = new Map<number, Map<number, { people: number; revenue: number }>>();
  for (const row of rows) {
    const cohort = byCohort.get(Number(row.cohort)) ?? new Map();
    byCohort.set(Number(row.cohort), cohort);
    cohort.set(Number(row.unit), { people: Number(row.people), revenue: Number(row.revenue ?? 0) });
  }
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const number = from + i;
    const found = byCohort.get(number);
    const size = found?.get(-1)?.people ?? 0;
    const last = Math.min(now - number, MOST_UNITS[unit]);
    let sum = { people: 0, revenue: 0 };
    const cells = Array.from({ length: last + 1 }, (_, k) => {
      const here = found?.get(k) ?? { people: 0, revenue: 0 };
      const open = number + k === now;
      if (!frame.revenue) return { people: k === 0 && frame.allAtFirst ? size : here.people, revenue: null, open };
      sum = { people: sum.people + here.people, revenue: sum.revenue + here.revenue };
      return { ...sum, open };
    });
    return { start: dateOf(number, unit), size, open: number === now, cells };
  });
}

/**
 * Over people of all cohorts for whom that unit is over, so that large cohorts weigh more. Revenue is averaged unit by unit and then
 * added up: young cohorts, of whom little is known yet, don't pull the later part down.
 */
function averageOf(cohorts: readonly Cohort[], { revenue }: Frame): RetentionAnswer['average'] {
  const most = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  let sum = 0;
  return Array.from({ length: most }, (_, unit) => {
    const over = cohorts.filter(({ cells, size }) => size > 0 && cells[unit]?.open === false);
    const size = over.reduce((all, one) => all + one.size, 0);
    if (size === 0) return { unit, value: null };
    const brought = ({ cells }: Cohort): number => (cells[unit]?.revenue ?? 0) - (cells[unit - 1]?.revenue ?? 0);
    const of = over.reduce((all, one) => all + (revenue ? brought(one) : one.cells[unit]!.people), 0);
    sum += of / size;
    return { unit, value: revenue ? sum : of / size };
  });
}
