// How long funnels, cohorts and paths take over 20 million events of 12 months, beside the statements someone who knows the tables
// would write: `node bench/funnels.ts [--events 20000000] [--data DIR]`. With --data the folder is kept and used again.
import type { Program } from '../src/compose.ts';
import { funnelSql } from '../src/modules/analytics/funnels/answer.ts';
import { stepOf } from '../src/modules/analytics/funnels/attempts.ts';
import { flowQuestion } from '../src/modules/analytics/paths/contract.ts';
import { waysSql } from '../src/modules/analytics/paths/flow.ts';
import type { Scope } from '../src/modules/analytics/report/scope.ts';
import { backSql } from '../src/modules/analytics/retention/cohorts-sql.ts';
import { unitOf } from '../src/modules/analytics/retention/units.ts';
import { type Large, withLarge, ZONE } from './reports-data.ts';
import { type Line, median, printLines, timed } from './support.ts';

const MOST_RATIO = 1.5;
const MS_PER_DAY = 86_400_000;
const TIMES = 5;
const SETTINGS = { do_not_merge_across_partitions_select_final: 1, prefer_column_name_to_alias: 1 } as const;
const PAGES = ['/shop/page-2', '/shop/page-6', '/help/page-3', '/shop/page-10'];
const WINDOW_DAYS = 7;
const date = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
const nobody = (): string => '1';

interface Case {
  name: string;
  ours: string;
  byHand: string;
  /** the figures of both that must be equal */
  sum: (rows: Record<string, string>[]) => number;
}

function cases({ workspace, site, first, last }: Large, base: Scope): Case[] {
  const own = `workspace = '${workspace}' AND site = '${site}' AND bot = 0`;
  const span = (days: number): Scope => ({ ...base, from: date(last + 1 - days), to: date(last + 1) });
  const within = (column: string, days: number): string =>
    `day >= toDate('${date(last + 1 - days)}') - 1 AND ${column} >= toDateTime64('${date(last + 1 - days)} 00:00:00', 3, '${ZONE}')`;
  const steps = PAGES.map((value) => stepOf({ what: 'view', where: { property: 'page', is: 'equals', value } }, ZONE));
  const funnel = (days: number): Case => ({
    name: `funnel of 4 pages, ${days} days`,
    ours: funnelSql({
      scope: span(days),
      shape: { steps, order: 'ordered', by: 'visitor', minutes: WINDOW_DAYS * 1440 },
      people: nobody,
    }),
    byHand: `SELECT countIf(level >= 1) AS s1, countIf(level >= 2) AS s2, countIf(level >= 3) AS s3, countIf(level >= 4) AS s4 FROM (
      SELECT windowFunnel(${WINDOW_DAYS * MS_PER_DAY}, 'strict_increase')(toUInt64(toUnixTimestamp64Milli(at)), ${PAGES.map((page) => `path = '${page}'`).join(', ')}) AS level
      FROM events WHERE ${own} AND ${within('at', days)} AND kind = 'view' AND path IN (${PAGES.map((page) => `'${page}'`).join(', ')}) GROUP BY visitor)`,
    sum: ([row]) => ['s1', 's2', 's3', 's4'].reduce((n, key) => n + Number(row?.[key]), 0),
  });
  const [from, to] = [unitOf(date(first), 'week'), unitOf(date(last), 'week')];
  const retention: Case = {
    name: 'cohorts by week, 12 months',
    ours: backSql({
      scope: span(365),
      unit: 'week',
      first: 'visit',
      back: 'visit',
      recognised: true,
      revenue: false,
      cohorts: [from, to],
      people: nobody,
    }),
    byHand: `SELECT cohort, arrayJoin(weeks) - cohort AS unit, count() AS people FROM (
      SELECT min(week) AS cohort, groupUniqArray(week) AS weeks FROM (
        SELECT visitor, intDiv(toInt64(toDate(start, '${ZONE}')) + 3, 7) AS week FROM visits FINAL WHERE ${own} AND visitor_kind = 'consented')
      GROUP BY visitor) GROUP BY cohort, unit`,
    sum: (rows) =>
      rows.reduce((n, { unit, people }) => n + (Number(unit) > 0 && Number(unit) <= 26 ? Number(people) : 0), 0),
  };
  const anchor = { what: 'view', value: PAGES[0] } as const;
  const flow = (days: number): Case => {
    const scope = span(days);
    const asked = flowQuestion.parse({ period: [scope.from, scope.to], anchor, depth: 3 });
    return {
      name: `paths after a page, ${days} days`,
      ours: `SELECT step, toString(way[step + 1]) AS node, count() AS visits FROM (${waysSql(scope, asked)}) ARRAY JOIN range(length(way)) AS step
        GROUP BY step, node ORDER BY step, visits DESC LIMIT 6 BY step`,
      byHand: `SELECT step, way[step + 1] AS node, count() AS visits FROM (
        SELECT arraySlice(arrayCompact(arrayMap(x -> x.2, visit)) AS pages, indexOf(pages, '${anchor.value}'), 4) AS way FROM (
          SELECT arrayJoin(arraySplit((x, gap) -> gap >= 1800000, acts, arrayDifference(arrayMap(x -> x.1, acts)))) AS visit FROM (
            SELECT arraySort(groupArray((toUnixTimestamp64Milli(at), path))) AS acts FROM events
            WHERE ${own} AND ${within('at', days)} AND kind = 'view' GROUP BY visitor))
        WHERE has(pages, '${anchor.value}')) ARRAY JOIN range(length(way)) AS step GROUP BY step, node ORDER BY step, visits DESC LIMIT 6 BY step`,
      sum: (rows) =>
        rows.reduce((n, { step, visits }) => n + (step === '0' || Number(step) === 0 ? Number(visits) : 0), 0),
    };
  };
  return [funnel(30), funnel(365), retention, flow(30), flow(365)];
}

async function measure(program: Program, large: Large): Promise<Line[]> {
  const { scope } = await program.reports.open(large.workspace, { period: [date(large.first), date(large.last + 1)] });
  const ask = async (query: string): Promise<Record<string, string>[]> => {
    const answer = await program.installation.clickhouse.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: SETTINGS,
    });
    return answer.json<Record<string, string>>();
  };
  const lines: Line[] = [];
  for (const { name, ours, byHand, sum } of cases(large, scope)) {
    const [found, expected] = [sum(await ask(ours)), sum(await ask(byHand))];
    const [mine, hand]: [number[], number[]] = [[], []];
    // by turns, so that a busy moment of the machine is shared
    for (let i = 0; i < TIMES; i++) {
      mine.push(await timed(() => ask(ours), 1));
      hand.push(await timed(() => ask(byHand), 1));
    }
    const ratio = median(mine) / median(hand);
    // a visit at the edge of the period is cut by hand and whole with us
    const equal = Math.abs(found - expected) <= expected / 1000;
    lines.push({
      what: `${name}: ${found}${equal ? '' : ` ≠ ${expected}`}, by hand ${median(hand).toFixed(0)} ms`,
      found: `${median(mine).toFixed(0)} ms, ${ratio.toFixed(2)}×`,
      target: `equal, ≤ ${MOST_RATIO}×`,
      ok: ratio <= MOST_RATIO && equal,
    });
  }
  return lines;
}

await withLarge(async (program, large) => {
  printLines(`Funnels, cohorts and paths, median of ${TIMES}`, await measure(program, large));
});
