// How long a segment count takes over 20 million events of 12 months, beside the statement someone who knows the tables would
// write: `node bench/segments.ts [--events 20000000] [--data DIR]`. With --data the folder is kept and used again.
import type { Program } from '../src/compose.ts';
import type { Filter } from '../src/modules/analytics/contract.ts';
import { countSql, scopeOfNow } from '../src/modules/analytics/segments/count.ts';
import { type Large, withLarge, ZONE } from './reports-data.ts';
import { type Line, median, printLines, timed } from './support.ts';

const MOST_RATIO = 1.5;
const MS_PER_DAY = 86_400_000;
const SETTINGS = { do_not_merge_across_partitions_select_final: 1, prefer_column_name_to_alias: 1 } as const;

interface Case {
  name: string;
  where: Filter;
  /** `from`: the condition on the time of the last 30 days, for a column */
  byHand: (own: string, from: (column: string) => string) => string;
}

const shop: Filter = { did: { what: 'view', where: { property: 'page', is: 'starts-with', value: '/shop/' } } };
const CASES: readonly Case[] = [
  {
    name: 'saw a page 2 times or more in 30 days',
    where: {
      did: {
        what: 'view',
        where: { property: 'page', is: 'starts-with', value: '/shop/' },
        times: { atLeast: 2 },
        within: { days: 30 },
      },
    },
    byHand: (own, from) =>
      `SELECT count() FROM (SELECT visitor FROM events WHERE ${own} AND ${from('at')} AND kind = 'view' AND startsWith(path, '/shop/')
       GROUP BY visitor HAVING count() >= 2)`,
  },
  {
    name: 'saw a page ever',
    where: shop,
    byHand: (own) =>
      `SELECT uniqExact(visitor) FROM events WHERE ${own} AND kind = 'view' AND startsWith(path, '/shop/')`,
  },
  {
    name: 'saw one page 2 times, never another',
    where: {
      and: [
        {
          did: {
            what: 'view',
            where: { property: 'page', is: 'starts-with', value: '/shop/' },
            times: { atLeast: 2 },
          },
        },
        { never: { what: 'view', where: { property: 'page', is: 'starts-with', value: '/help/' } } },
      ],
    },
    byHand: (own) =>
      `SELECT count() FROM (SELECT visitor FROM events WHERE ${own} AND kind = 'view' AND (startsWith(path, '/shop/') OR startsWith(path, '/help/'))
       GROUP BY visitor HAVING countIf(startsWith(path, '/shop/')) >= 2 AND countIf(startsWith(path, '/help/')) = 0)`,
  },
  {
    name: 'never saw a page',
    where: { not: shop },
    byHand: (own) =>
      `SELECT uniqExact(visitor) FROM visits FINAL WHERE ${own} AND visitor NOT IN
       (SELECT visitor FROM events WHERE ${own} AND kind = 'view' AND startsWith(path, '/shop/'))`,
  },
  {
    name: '3 visits or more in 30 days, from one channel ever',
    where: {
      and: [
        { visited: { times: { atLeast: 3 }, within: { days: 30 } } },
        { property: 'channel', is: 'equals', value: 'Paid Search' },
      ],
    },
    byHand: (own, from) =>
      `SELECT count() FROM (SELECT visitor FROM visits FINAL WHERE ${own} AND (${from('start')} OR channel = 'Paid Search')
       GROUP BY visitor HAVING countIf(${from('start')}) >= 3 AND countIf(channel = 'Paid Search') >= 1)`,
  },
  {
    name: 'saw a page, then another within 7 days',
    where: {
      sequence: {
        first: { what: 'view', where: { property: 'page', is: 'equals', value: '/shop/page-10' } },
        next: { what: 'view', where: { property: 'page', is: 'equals', value: '/help/page-11' } },
        days: 7,
      },
    },
    byHand: (own) =>
      `SELECT count() FROM (SELECT visitor FROM events WHERE ${own} AND kind = 'view' AND path IN ('/shop/page-10', '/help/page-11')
       GROUP BY visitor HAVING windowFunnel(${7 * MS_PER_DAY}, 'strict_increase')(toUInt64(toUnixTimestamp64Milli(at)), path = '/shop/page-10', path = '/help/page-11') = 2)`,
  },
];

const TIMES = 9;
/** Medians of two statements run by turns, so that a busy moment of the machine is shared. */
async function inTurn(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<[number, number]> {
  const found: [number[], number[]] = [[], []];
  for (let i = 0; i < TIMES; i++) {
    found[0].push(await timed(one, 1));
    found[1].push(await timed(other, 1));
  }
  return [median(found[0]), median(found[1])];
}

async function measure(program: Program, large: Large): Promise<Line[]> {
  const { scope } = await scopeOfNow(program.db, large.workspace, null);
  const own = `workspace = '${large.workspace}' AND site = '${large.site}' AND bot = 0`;
  const first = new Date(Date.parse(scope.to) - 30 * MS_PER_DAY).toISOString().slice(0, 10);
  const from = (column: string): string =>
    `day >= toDate('${first}') - 1 AND ${column} >= toDateTime64('${first} 00:00:00', 3, '${ZONE}')`;
  const ask = async (query: string): Promise<number> => {
    const answer = await program.installation.clickhouse.query({
      query,
      format: 'JSONCompactEachRow',
      clickhouse_settings: SETTINGS,
    });
    return Number((await answer.json<[string]>())[0]?.[0]);
  };
  const lines: Line[] = [];
  for (const { name, where, byHand } of CASES) {
    const ours = countSql(scope, { site: null, definition: { version: 1, selects: 'visitors', where } }, new Map());
    const hand = byHand(own, from);
    const [found, expected] = [await ask(ours), await ask(hand)];
    const [oursMs, handMs] = await inTurn(
      () => ask(ours),
      () => ask(hand),
    );
    const ratio = oursMs / handMs;
    lines.push({
      what: `${name}: ${found}${found === expected ? '' : ` ≠ ${expected}`}, by hand ${handMs.toFixed(0)} ms`,
      found: `${oursMs.toFixed(0)} ms, ${ratio.toFixed(2)}×`,
      target: `equal, ≤ ${MOST_RATIO}×`,
      ok: ratio <= MOST_RATIO && found === expected,
    });
  }
  return lines;
}

await withLarge(async (program, large) => {
  printLines('Segment counts, median of 9', await measure(program, large));
});
