// A funnel asked of a period: people step by step, times between, a breakdown by the visit it begins in, and what those who stop
// do next.
import { ORPCError } from '@orpc/server';
import { VISIT_GAP_MS } from '../../../platform/events/visits-sql.ts';
import { ACT_KIND } from '../report/act.ts';
import { clauseOf } from '../report/dimensions.ts';
import type { Resolved } from '../report/filter.ts';
import type { Opened } from '../report/open-scope.ts';
import type { Reports } from '../report/report.ts';
import { own, robots, shiftDate, utcDays } from '../report/scope.ts';
import { visitorCondition } from '../report/visitor-set.ts';
import type { Db } from '../sites/sites.ts';
import { type Asked, attemptsSql, momentOf, readTime, windowDays } from './attempts.ts';
import type { DroppedQuestion, FunnelAnswer, FunnelDefinition, FunnelDropped, FunnelQuestion } from './contract.ts';
import { shapeOf } from './funnels.ts';

const TOP_VALUES = 8;
const TOP_NEXT = 20;
type Row = Record<string, string | number | (string | number)[] | null>;

interface Parts {
  db: Db;
  reports: Reports;
}

const askedOf = async ({ db }: Parts, { scope }: Opened, definition: FunnelDefinition): Promise<Asked> => ({
  scope,
  shape: await shapeOf(db, scope.workspace, definition, scope.zone),
  filter: scope.filter,
  people: (filter: Resolved) => visitorCondition(scope, filter, 'visitor'),
});

/** One row a value of the breakdown, or one row: `joined`, `s1`…, `q2`… and `q` (median and 90th percentile, milliseconds). */
export function funnelSql(asked: Asked): string {
  const n = asked.shape.steps.length;
  const moment = (step: number): string => momentOf(`best[${step}]`);
  const quantiles = (from: number, to: number, name: string): string =>
    `quantilesExactIf(0.5, 0.9)(${moment(to)} - ${moment(from)}, length(best) >= ${to}) AS ${name}`;
  const steps = Array.from({ length: n }, (_, i) => i + 1);
  const columns = [
    'sum(joined) AS joined',
    ...steps.map((step) => `countIf(length(best) >= ${step}) AS s${step}`),
    ...steps.slice(1).map((step) => quantiles(step - 1, step, `q${step}`)),
    quantiles(1, n, 'q'),
  ];
  const by = asked.value === undefined ? '' : ' GROUP BY value ORDER BY s1 DESC, value';
  return `SELECT ${asked.value === undefined ? '' : 'value, '}${columns.join(', ')} FROM (${attemptsSql(asked)})${by}`;
}

export async function runFunnel(
  parts: Parts,
  workspace: string,
  { definition, breakdown, ...question }: FunnelQuestion,
): Promise<FunnelAnswer> {
  const { reports } = parts;
  const opened = await reports.open(workspace, question);
  const asked = await askedOf(parts, opened, definition);
  const value = breakdown && clauseOf(breakdown).visit;
  const none = opened.scope.sites.length === 0;
  const rows = async (of: Asked): Promise<Row[]> => (none ? [] : reports.rows<Row>(funnelSql(of)));
  const [[whole = {}], split, trust] = await Promise.all([
    rows(asked),
    value ? rows({ ...asked, value: `toString(${value})` }) : null,
    reports.trust(opened, []),
  ]);
  const steps = definition.steps.map((_, i) => {
    const reached = Number(whole[`s${i + 1}`] ?? 0);
    return { reached, ...times(i === 0 ? null : whole[`q${i + 1}`], reached) };
  });
  const began = steps[0]!.reached;
  const apart = began === 0 ? 0 : 1 - Number(whole.joined) / began;
  // an id without consent lasts a day, so such a visitor can't be followed into the next
  if (definition.by === 'visitor' && apart > 0) {
    trust.notes.push({ code: 'funnel-one-day', value: Math.round(apart * 1000) / 1000 });
  }
  const open = Date.now() < Date.parse(opened.scope.to) + definition.minutes * 60_000;
  if (!trust.partial && open) trust.notes.push({ code: 'funnel-open' });
  return {
    steps,
    total: times(whole.q, steps.at(-1)!.reached),
    breakdown: split && topValues(split, definition.steps.length),
    trust,
  };
}

function times(found: Row[string] | undefined, of: number): { medianMs: number | null; p90Ms: number | null } {
  if (!Array.isArray(found) || of === 0) return { medianMs: null, p90Ms: null };
  return { medianMs: Number(found[0]), p90Ms: Number(found[1]) };
}

function topValues(rows: readonly Row[], n: number): NonNullable<FunnelAnswer['breakdown']> {
  const reachedIn = (row: Row): number[] => Array.from({ length: n }, (_, i) => Number(row[`s${i + 1}`]));
  const top = rows.slice(0, TOP_VALUES).map((row) => {
    const reached = reachedIn(row);
    return { value: String(row.value), rest: false, reached, medianMs: times(row.q, reached.at(-1)!).medianMs };
  });
  const others = rows.slice(TOP_VALUES).map(reachedIn);
  if (others.length === 0) return top;
  const sums = Array.from({ length: n }, (_, i) => others.reduce((sum, one) => sum + one[i]!, 0));
  // medians of several values don't add up to one
  return [...top, { value: '', rest: true, reached: sums, medianMs: null }];
}

/** One row a next thing: `what` (empty: nothing more in that visit), `value`, `people`. */
export function droppedSql(asked: Asked, step: number): string {
  const { scope: s, shape } = asked;
  const stopped = `SELECT visitor, ${momentOf(`best[${step}]`)} AS last FROM (${attemptsSql(asked)}) WHERE length(best) = ${step}`;
  const range = readTime(asked);
  const began = `visitor IN (SELECT visitor FROM events WHERE ${range} AND ${shape.steps[0]!.sql})`;
  // of the same millisecond a page comes before what happened on it
  const next = `SELECT visitor AS n_visitor, toUnixTimestamp64Milli(at) AS n_at, n_at * 2 + (kind = 'event') AS n_order, toString(kind) AS n_what,
      if(kind = 'view', path, name) AS n_value
    FROM events WHERE ${range} AND ${ACT_KIND.any}${shape.by === 'visit' ? '' : ` AND ${began}`}`;
  const wide = `${own(s)} AND ${utcDays(shiftDate(s.from, -1), shiftDate(s.to, windowDays(shape)))}${robots(s)}`;
  const visits = `SELECT member, toUnixTimestamp64Milli(start) AS v_start, toUnixTimestamp64Milli(finish) AS v_finish
    FROM visits FINAL ARRAY JOIN ids AS member WHERE ${wide}`;
  // less than the gap that ends a visit, or, where something unseen kept it going, before its end
  const within = `n_at > 0 AND (n_at - last < ${VISIT_GAP_MS} OR n_at <= v_finish)`;
  return `SELECT if(${within}, n_what, '') AS what, if(${within}, n_value, '') AS value, count() AS people
    FROM (
      SELECT visitor, last, n_at, n_what, n_value FROM (SELECT visitor, last, last * 2 + 1 AS after FROM (${stopped})) AS d
      ASOF LEFT JOIN (${next}) AS n ON d.visitor = n.n_visitor AND d.after < n.n_order
    ) AS d ASOF LEFT JOIN (${visits}) AS v ON d.visitor = v.member AND d.last >= v.v_start
    GROUP BY what, value ORDER BY people DESC, what, value`;
}

export async function runDropped(
  parts: Parts,
  workspace: string,
  { definition, step, ...question }: DroppedQuestion,
): Promise<FunnelDropped> {
  if (step >= definition.steps.length) {
    throw new ORPCError('BAD_REQUEST', {
      message: `Nobody stops at the last step. Ask for one of the steps 1 to ${definition.steps.length - 1}.`,
    });
  }
  const { reports } = parts;
  const opened = await reports.open(workspace, question);
  if (opened.scope.sites.length === 0) return { people: 0, next: [], others: 0, left: 0 };
  const found = await reports.rows<Row>(droppedSql(await askedOf(parts, opened, definition), step));
  const rows = found.map((row) => ({ what: String(row.what), value: String(row.value), people: Number(row.people) }));
  const went = rows.filter((row) => row.what !== '');
  const sum = (some: readonly { people: number }[]): number => some.reduce((n, { people }) => n + people, 0);
  return {
    people: sum(rows),
    next: went.slice(0, TOP_NEXT).map((row) => ({ ...row, what: row.what === 'event' ? 'event' : 'view' })),
    others: sum(went.slice(TOP_NEXT)),
    left: sum(rows) - sum(went),
  };
}
