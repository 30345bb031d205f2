// The one pipeline of reports: check → choose tables → SQL → run with limits → attach trust. Screens, the command line, the
// API and everything later that counts go through here.
import type { ClickHouseClient } from '@clickhouse/client';
import { ORPCError } from '@orpc/server';
import type { z } from 'zod';
import { type ReportAnswer, reportQuery } from '../contract.ts';
import { goalsOf, type UnsavedGoal } from '../goals/goals.ts';
import type { SegmentSize } from '../segments/contract.ts';
import { type Counted, countSegment } from '../segments/count.ts';
import type { Db } from '../sites/sites.ts';
import { speaksOfVisitors } from './costs-part.ts';
import { addsUp } from './facts.ts';
import { asksRevenue, isOfPages, propertiesOf } from './filter.ts';
import { goalIn, isGoalMeasure } from './goal-parts.ts';
import { goodsKnownSql, goodsNeedsSql } from './goods-part.ts';
import { visitorsNow } from './live.ts';
import type { Factor } from './money.ts';
import { chooseSites, type Opened, openScope, type Question } from './open-scope.ts';
import { planReport } from './plan.ts';
import { type FactorsOf, type RateNeed, withRates } from './rates.ts';
import { measureClause } from './registry.ts';
import { salesFrom } from './sales-part.ts';
import type { Scope } from './scope.ts';
import { answersWhole, isTime, reportSql } from './sql.ts';
import { topPages } from './top-pages.ts';
import { attachTrust } from './trust.ts';
import type { AnyMeasureId, DimensionId } from './vocabulary.ts';

export type ParsedQuery = z.output<typeof reportQuery>;

const LIMITS = {
  max_execution_time: 60,
  max_result_rows: '200000',
  do_not_merge_across_partitions_select_final: 1,
  prefer_column_name_to_alias: 1,
  max_query_size: '4194304',
} as const;

/** The rates of the days on which a period has costs in other currencies than the workspace's. */
export type CostRatesOf = (of: { workspace: string; currency: string; from: string; to: string }) => Promise<{
  factors: { currency: string; day: string; factor: number }[];
  /** costs without a rate on their day: they are not in the figure */
  unconverted: number;
}>;

export interface ReportRates {
  ofCosts: CostRatesOf;
  ofSales: FactorsOf;
}

export class Reports {
  readonly #db: Db;
  readonly #clickhouse: ClickHouseClient;
  readonly #rates: ReportRates;
  constructor(db: Db, clickhouse: ClickHouseClient, rates: ReportRates) {
    this.#db = db;
    this.#clickhouse = clickhouse;
    this.#rates = rates;
  }

  /** The most viewed addresses of the last 30 days that hold a text. */
  async pagesNamed(workspace: string, text: string, limit: number): Promise<{ page: string; views: number }[]> {
    const day = (shift: number): string => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
    const { rows } = await this.run(
      workspace,
      reportQuery.parse({
        period: [day(-30), day(1)],
        measures: ['pageViews'],
        dimensions: ['page'],
        filters: { property: 'page', is: 'contains', value: text },
        limit,
      }),
    );
    return rows.map((row) => ({ page: String(row.page), views: Number(row.pageViews) }));
  }

  /** `workspace` is one the caller may read; `unsaved` are goals nobody has kept yet. Throws BAD_REQUEST with what to change. */
  async run(workspace: string, query: ParsedQuery, unsaved?: ReadonlyMap<string, UnsavedGoal>): Promise<ReportAnswer> {
    const { scope, lastEventAt, knownFrom } = query.measures.some(
      (id) => measureClause(id).unit === 'money' && !measureClause(id).cost,
    )
      ? await this.openSales(workspace, query)
      : await this.open(workspace, query);
    const rates = query.measures.includes('cost') ? await this.#rates.ofCosts(scope) : { factors: [], unconverted: 0 };
    scope.costFactors = rates.factors;
    const ofGoods = query.measures.some((id) => measureClause(id).goods);
    if (ofGoods) scope.goodsFactors = await this.goodsFactors(scope);
    const goals = [...new Set((query.measures as AnyMeasureId[]).filter(isGoalMeasure).map(goalIn))];
    scope.goals = await goalsOf(this.#db, workspace, goals, scope.zone, unsaved);
    const dimensions = query.dimensions as DimensionId[];
    const filtered = propertiesOf(scope.filter);
    const plan = planReport({
      measures: query.measures,
      dimensions,
      filtered,
      hasFilter: query.filters !== undefined,
      asOf: query.asOf !== undefined,
      ...spokenOf(scope),
      goals: scope.goals,
    });
    const order = orderBy(query.sort, query.measures, dimensions);
    const shape = { measures: query.measures, dimensions, order, limit: query.limit, offset: query.offset };
    if (scope.sites.length === 0) return emptyAnswer(query.measures, dimensions);
    const run = (sql: string) => this.rows<Record<string, string | number | null>>(sql);
    const two = await topPages(scope, query, dimensions, run);
    const rowScope = two ? { ...scope, pages: two.pages } : scope;
    const whole = { ...shape, dimensions: [], order: '', limit: 1, offset: 0 };
    const ofWhole = totalsPlan(scope, query, plan, filtered);
    const runTotals = () => run(reportSql(scope, ofWhole, whole));
    const together = answersWhole(plan, ofWhole, { dimensions, offset: query.offset });
    // of days whose rows are gone the roll-ups still know the whole
    const gone = scope.keptFrom !== undefined && scope.from < scope.keptFrom;
    const added = !gone && !together && addsOverTime(query.measures, dimensions);
    const [answered, asked, trust] = await Promise.all([
      run(reportSql(rowScope, plan, { ...shape, whole: together })),
      dimensions.length === 0 || added || together ? null : runTotals(),
      attachTrust({ scope, lastEventAt, knownFrom, measures: query.measures, run }),
    ]);
    const rows = together ? answered.slice(1) : answered;
    // counts of all steps of time are the count of the whole: what was read once is not read again
    const all = query.offset === 0 && Number(rows[0]?.row_count ?? 0) === rows.length;
    const totals = together
      ? answered.slice(0, 1)
      : added
        ? all
          ? [sumOf(rows, query.measures)]
          : await runTotals()
        : asked;
    // of a time before anything was measured nothing is known: that is not zero
    const unknown = knownFrom === null ? lastEventAt === null : scope.to <= knownFrom;
    const measured = unknown ? query.measures.filter((id) => measureClause(id).cost) : query.measures;
    const cells = (row: Record<string, string | number | null>, by: readonly DimensionId[]) => ({
      ...nameCells({}, query.measures, by),
      ...nameCells(row, measured, by),
    });
    const named = rows
      .map((row) => cells(row, dimensions))
      .filter((row) => !unknown || dimensions.length === 0 || measured.some((id) => row[id] !== null));
    if (ofGoods) trust.notes.push(...(await this.#goodsUnknown(scope)));
    if (rates.unconverted > 0) trust.notes.push({ code: 'cost-unconverted', value: rates.unconverted });
    return {
      rows: named,
      totals: totals ? cells(totals[0] ?? {}, []) : (named[0] ?? {}),
      rowCount: two ? two.count : Number(rows[0]?.row_count ?? 0),
      trust,
    };
  }

  /** What a question is about, for those who write their own statement over it and run it with `rows`. */
  async open(workspace: string, question: Question): Promise<Opened> {
    const opened = await openScope(this.#db, workspace, question);
    return asksRevenue(opened.scope.filter) ? this.#withMoney(opened) : opened;
  }

  /** The same for a question about sales: its amounts come in the company's currency. */
  async openSales(workspace: string, question: Question): Promise<Opened> {
    return this.#withMoney(await openScope(this.#db, workspace, question));
  }

  async #withMoney(opened: Opened): Promise<Opened> {
    return { ...opened, scope: await withRates(opened.scope, this.#rates.ofSales, (sql) => this.rows(sql)) };
  }

  /** Factors of other currencies in which costs of goods are given. */
  async goodsFactors(scope: Scope): Promise<readonly Factor[]> {
    const needs = await this.rows<RateNeed>(goodsNeedsSql(scope));
    if (needs.length === 0) return [];
    return (await this.#rates.ofSales({ workspace: scope.workspace, currency: scope.currency, needs })).factors;
  }

  /** A note when some of what was sold has no cost; none where no cost is known at all, which the figures say by themselves. */
  async #goodsUnknown(scope: Scope): Promise<ReportAnswer['trust']['notes']> {
    const [row] = await this.rows<{ sold: number; known: number }>(goodsKnownSql(scope, salesFrom(scope)));
    const [sold, known] = [Number(row?.sold ?? 0), Number(row?.known ?? 0)];
    const unknown = sold === 0 ? 0 : Math.round((1 - known / sold) * 1000) / 1000;
    return known > 0 && unknown > 0 ? [{ code: 'goods-unknown', value: unknown }] : [];
  }

  /** What an answer over an opened question is worth; `measures` are those it rests on. */
  trust(opened: Opened, measures: readonly AnyMeasureId[]): Promise<ReportAnswer['trust']> {
    return attachTrust({ ...opened, measures, run: (sql) => this.rows(sql) });
  }

  /** The size of a segment today; `signal` stops a count nobody waits for any more. */
  count(workspace: string, counted: Counted, signal?: AbortSignal): Promise<SegmentSize> {
    return countSegment(
      { db: this.#db, clickhouse: this.#clickhouse, factorsOf: this.#rates.ofSales },
      workspace,
      counted,
      signal,
    );
  }

  /** Everyone on the site (or all sites) now. */
  async live(workspace: string, site: string | undefined) {
    const chosen = await chooseSites(this.#db, workspace, site);
    const last = Math.max(0, ...chosen.map((one) => one.last_event_at?.getTime() ?? 0));
    const found = await visitorsNow({ workspace, sites: chosen.map((one) => one.id) }, (sql) => this.rows(sql));
    return { ...found, at: new Date().toISOString(), freshTo: last > 0 ? new Date(last).toISOString() : null };
  }

  async rows<T>(sql: string): Promise<T[]> {
    const answer = await this.#clickhouse.query({ query: sql, format: 'JSONEachRow', clickhouse_settings: LIMITS });
    return answer.json<T>();
  }
}

/** By time alone every event and every visit is in one row. */
const addsOverTime = (measures: readonly AnyMeasureId[], dimensions: readonly DimensionId[]): boolean =>
  dimensions.length === 1 &&
  isTime(dimensions[0]!) &&
  measures.every((id) => measureClause(id).unit === 'count' && addsUp(id) && !measureClause(id).cost);

const sumOf = (
  rows: readonly Record<string, string | number | null>[],
  measures: readonly AnyMeasureId[],
): Record<string, number> =>
  Object.fromEntries(measures.map((id) => [id, rows.reduce((sum, row) => sum + Number(row[id] ?? 0), 0)]));

/** Totals come from the tables the rows come from, so that the two agree, or from the roll-up of those. */
function totalsPlan(
  scope: Scope,
  query: ParsedQuery,
  plan: ReturnType<typeof planReport>,
  filtered: readonly DimensionId[],
): ReturnType<typeof planReport> {
  if (plan.byTable.has('rollup')) return plan;
  const ofVisits = plan.byTable.size === 1 && plan.byTable.has('visits');
  // views counted by visit are those of visits that began in the period; the roll-up counts the period's own
  const rolledAlike = !ofVisits || query.measures.every((id) => measureClause(id).half === 'visits');
  const free = planReport({
    measures: query.measures,
    dimensions: [],
    filtered,
    hasFilter: query.filters !== undefined || !rolledAlike,
    asOf: query.asOf !== undefined,
    ...spokenOf(scope),
    goals: scope.goals,
  });
  return ofVisits && !free.byTable.has('rollup') ? plan : free;
}

/** What the filter speaks of. Of days whose rows are gone only totals are known, so that there every table must be asked alike. */
const spokenOf = ({ filter, keptFrom, from }: Scope): { ofVisitors: boolean; ofPages: boolean } => ({
  ofVisitors: speaksOfVisitors(filter),
  ofPages: filter !== undefined && isOfPages(filter) && !(keptFrom !== undefined && from < keptFrom),
});

function orderBy(
  sort: string | undefined,
  measures: readonly AnyMeasureId[],
  dimensions: readonly DimensionId[],
): string {
  const ties = dimensions.map((_, i) => `d${i} ASC`);
  const columnOf = (id: string): string => {
    const i = dimensions.indexOf(id as DimensionId);
    if (i >= 0) return `d${i}`;
    if ((measures as readonly string[]).includes(id)) return `\`${id}\``;
    throw new ORPCError('BAD_REQUEST', {
      message: `Sort by one of the report's own measures or dimensions, not by ${id}.`,
    });
  };
  if (sort)
    return [
      `${columnOf(sort.replace(/^-/, ''))} ${sort.startsWith('-') ? 'DESC NULLS LAST' : 'ASC NULLS LAST'}`,
      ...ties,
    ].join(', ');
  if (dimensions.length === 0) return '';
  return isTime(dimensions[0]!) ? ties.join(', ') : [`\`${measures[0]}\` DESC NULLS LAST`, ...ties].join(', ');
}

function nameCells(
  row: Record<string, string | number | null>,
  measures: readonly AnyMeasureId[],
  dimensions: readonly DimensionId[],
) {
  const cells: Record<string, string | number | null> = {};
  for (const [i, id] of dimensions.entries()) cells[id] = row[`d${i}`] ?? '';
  for (const id of measures) {
    const value = row[id];
    cells[id] = value === null || value === undefined ? null : Number(value);
  }
  return cells;
}

const emptyAnswer = (measures: readonly AnyMeasureId[], dimensions: readonly DimensionId[]): ReportAnswer => ({
  rows: dimensions.length === 0 ? [nameCells({}, measures, [])] : [],
  totals: nameCells({}, measures, []),
  rowCount: 0,
  trust: { freshTo: null, knownFrom: null, robots: { events: 0, visits: 0 }, joined: null, partial: false, notes: [] },
});
