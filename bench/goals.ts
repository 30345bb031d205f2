// How long goals take over 20 million events of 12 months, beside the statements someone who knows the tables would write:
// `node bench/goals.ts [--events 20000000] [--data DIR]`. With --data the folder is kept and used again.
import type { Program } from '../src/compose.ts';
import { reportQuery } from '../src/modules/analytics/contract.ts';
import { keptGoals } from '../src/modules/analytics/goals/goals.ts';
import { noteEvents } from '../src/platform/events/flusher.ts';
import { HOST, type Large, rows, withLarge, ZONE } from './reports-data.ts';
import { type Line, median, printLines, timed } from './support.ts';

const MOST_RATIO = 1.5;
const MS_PER_DAY = 86_400_000;
const TIMES = 5;
const PAGE = '/shop/page-2';
const NAME = 'Saw the page';
const date = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

async function goalOf({ db }: Program, workspace: string): Promise<string> {
  const kept = keptGoals(db);
  const found = (await kept.list(workspace, 'active')).find(({ name }) => name === NAME);
  if (found) return found.id;
  const definition = {
    version: 1,
    act: { what: 'view', where: { property: 'page', is: 'equals', value: PAGE } },
  } as const;
  return (await kept.create(workspace, { name: NAME, site: null, worth: null, definition }, 'bench')).id;
}

async function measure(program: Program, large: Large): Promise<Line[]> {
  const goal = await goalOf(program, large.workspace);
  const own = `workspace = '${large.workspace}' AND site = '${large.site}' AND bot = 0`;
  const within = (column: string, days: number): string => {
    const [from, to] = [date(large.last + 1 - days), date(large.last + 1)];
    return `day >= toDate('${from}') - 1 AND ${column} >= toDateTime64('${from} 00:00:00', 3, '${ZONE}') AND ${column} < toDateTime64('${to} 00:00:00', 3, '${ZONE}')`;
  };
  const cases = [30, 365].flatMap((days) => [
    {
      name: `conversions by day, ${days} days`,
      ask: { measures: [`conversions:${goal}`], dimensions: ['day'], limit: 1000 },
      byHand: `SELECT toDate(at, '${ZONE}') AS k, count() AS n FROM events WHERE ${own} AND ${within('at', days)} AND kind = 'view' AND path = '${PAGE}' GROUP BY k`,
      measure: `conversions:${goal}`,
    },
    {
      name: `converting visits and their share by channel, ${days} days`,
      ask: { measures: [`convertedVisits:${goal}`, `conversionRate:${goal}`], dimensions: ['channel'], limit: 1000 },
      byHand: `SELECT channel AS k, countIf(has(paths, '${PAGE}')) AS n, n / count() AS rate FROM visits FINAL WHERE ${own} AND ${within('start', days)}
        GROUP BY k SETTINGS do_not_merge_across_partitions_select_final = 1`,
      measure: `convertedVisits:${goal}`,
    },
  ]);
  const lines: Line[] = [];
  for (const { name, ask, byHand, measure: id } of cases) {
    const days = name.includes('365') ? 365 : 30;
    const period: [string, string] = [date(large.last + 1 - days), date(large.last + 1)];
    const query = reportQuery.parse({ site: HOST, period, ...ask });
    const ours = () => program.reports.run(large.workspace, query);
    const [answer, hand] = [await ours(), await rows<{ n: string }>(program, byHand)];
    const [found, expected] = [Number(answer.totals[id as never]), hand.reduce((sum, { n }) => sum + Number(n), 0)];
    const times: [number[], number[]] = [[], []];
    // by turns, so that a busy moment of the machine is shared
    for (let i = 0; i < TIMES; i++) {
      times[0].push(await timed(ours, 1));
      times[1].push(await timed(() => rows(program, byHand), 1));
    }
    const ratio = median(times[0]) / median(times[1]);
    const equal = found === expected;
    lines.push({
      what: `${name}: ${found}${equal ? '' : ` ≠ ${expected}`}, by hand ${median(times[1]).toFixed(0)} ms`,
      found: `${median(times[0]).toFixed(0)} ms, ${ratio.toFixed(2)}×`,
      target: `equal, ≤ ${MOST_RATIO}×`,
      ok: ratio <= MOST_RATIO && equal,
    });
  }
  return lines;
}

await withLarge(async (program, large) => {
  await noteEvents(program.installation.pool, large.workspace, large.site, [large.first]);
  printLines(`Goals, median of ${TIMES}`, await measure(program, large));
});
