// How long reports take over 20 million events of 12 months: `node bench/reports.ts [--events 20000000] [--data DIR]`. With
// --data the folder is kept and used again. Equality of roll-ups and raw tables is checked on the way.
import type { Program } from '../src/compose.ts';
import { type ReportQuery, reportQuery } from '../src/modules/analytics/contract.ts';
import { noteEvents } from '../src/platform/events/flusher.ts';
import { HOST, type Large, rows, withLarge, ZONE } from './reports-data.ts';
import { has, type Line, printLines, timed } from './support.ts';

const MOST_MS = 300;
const MOST_RATIO = 1.5;
const MS_PER_DAY = 86_400_000;
const OVERVIEW = ['visitors', 'visits', 'pageViews', 'viewsPerVisit', 'bounceRate', 'visitDuration'] as const;
const EUROPEAN = { property: 'country', is: 'equals', value: 'FR' } as const;
const SEARCH = { property: 'channel', is: 'equals', value: 'Paid Search' } as const;
const PAGE = { property: 'page', is: 'equals', value: '/shop/page-10' } as const;

const date = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** Overview figures over visits and events, as someone who knows the tables would write them. */
const byHand = (large: Large, days: number, visit: string, event: string, eventFilter: boolean): string => {
  const own = `workspace = '${large.workspace}' AND site = '${large.site}' AND bot = 0`;
  const at = (column: string): string => {
    const [from, to] = [date(large.last + 1 - days), date(large.last + 1)];
    return `day >= toDate('${from}') - 1 AND day <= '${to}' AND ${column} >= toDateTime64('${from} 00:00:00', 3, '${ZONE}') AND ${column} < toDateTime64('${to} 00:00:00', 3, '${ZONE}')`;
  };
  const views = eventFilter
    ? `(SELECT count() FROM events WHERE ${own} AND ${at('at')} AND kind = 'view' AND ${event})`
    : 'sum(views)';
  return `SELECT uniq(visitor), count(), ${views}, sum(views) / count(), sum(bounce) / count(), sum(duration_ms) / count()
    FROM visits FINAL WHERE ${own} AND ${at('start')} AND ${visit} SETTINGS do_not_merge_across_partitions_select_final = 1`;
};

async function measure(program: Program, large: Large): Promise<Line[]> {
  const lines: Line[] = [];
  const ask = (days: number, query: Partial<ReportQuery>) => {
    const period: [string, string] = [date(large.last + 1 - days), date(large.last + 1)];
    const parsed = reportQuery.parse({ site: HOST, period, measures: [...OVERVIEW], ...query });
    return () => program.reports.run(large.workspace, parsed);
  };
  const add = async (what: string, days: number, query: Partial<ReportQuery>): Promise<void> => {
    const ms = await timed(ask(days, query));
    lines.push({ what, found: `${ms.toFixed(0)} ms`, target: `< ${MOST_MS} ms`, ok: ms < MOST_MS });
  };
  for (const days of [1, 7, 30, 90, 365]) await add(`overview, ${days} days`, days, {});
  for (const days of [30, 90, 365]) await add(`overview by day, ${days} days`, days, { dimensions: ['day'] });
  await add('country = FR, 31 days', 31, { filters: EUROPEAN });
  await add('channel = Paid Search, 31 days', 31, { filters: SEARCH });
  await add('page = /shop/page-10, 31 days', 31, { filters: PAGE });
  await add('country = FR by day, 31 days', 31, { filters: EUROPEAN, dimensions: ['day'] });
  const own: [string, ReportQuery['filters'], string, string, boolean][] = [
    ['country = FR', EUROPEAN, "country = 'FR'", "country = 'FR'", true],
    ['channel = Paid Search', SEARCH, "channel = 'Paid Search'", '1', false],
    ['page = /shop/page-10', PAGE, "has(paths, '/shop/page-10')", "path = '/shop/page-10'", true],
  ];
  for (const [name, filters, visit, event, eventFilter] of own) {
    // ours may count page views in either table: what is compared is the whole answer
    const hand = await timed(() => rows(program, byHand(large, 365, visit, event, eventFilter)));
    const measures = name.startsWith('page') ? (['visitors', 'pageViews'] as const) : OVERVIEW;
    const pageByHand = `SELECT uniq(visitor), count() FROM events WHERE workspace = '${large.workspace}' AND site = '${large.site}' AND bot = 0 AND kind = 'view' AND path = '/shop/page-10' AND at >= toDateTime64('${date(large.last - 364)} 00:00:00', 3, '${ZONE}')`;
    const beside = name.startsWith('page') ? await timed(() => rows(program, pageByHand)) : hand;
    const ours = await timed(ask(365, { filters, measures: [...measures] }));
    const ratio = ours / beside;
    lines.push({
      what: `${name}, 12 months, by hand ${beside.toFixed(0)} ms`,
      found: `${ours.toFixed(0)} ms, ${ratio.toFixed(2)}×`,
      target: `≤ ${MOST_RATIO}×`,
      ok: ratio <= MOST_RATIO,
    });
  }
  const free = async (what: string, days: number, query: Partial<ReportQuery>): Promise<void> => {
    lines.push({ what, found: `${(await timed(ask(days, query), 5)).toFixed(0)} ms` });
  };
  const top: Partial<ReportQuery> = { dimensions: ['page'], sort: '-visitors', limit: 10 };
  for (const days of [30, 365])
    await add(`top 10 pages by visitors, ${days} days`, days, { ...top, measures: ['visitors', 'pageViews'] });
  for (const dimension of ['channel', 'country', 'landingPage'] as const)
    for (const days of [30, 365])
      await free(`by ${dimension}, ${days} days`, days, {
        dimensions: [dimension],
        measures: ['visitors', 'visits', 'bounceRate'],
        limit: 10,
      });
  return lines;
}

/** Roll-ups against visits and events as they are. */
async function equality(program: Program, large: Large): Promise<Line[]> {
  const lines: Line[] = [];
  for (const days of [7, 365]) {
    const [from, to] = [date(large.last + 1 - days), date(large.last + 1)];
    const query = reportQuery.parse({ site: HOST, period: [from, to], measures: [...OVERVIEW] });
    const { totals } = await program.reports.run(large.workspace, query);
    const [raw] = await rows<Record<(typeof OVERVIEW)[number], string | number>>(
      program,
      `SELECT uniq(visitor) AS visitors, count() AS visits, (SELECT count() FROM events WHERE bot = 0 AND kind = 'view' AND toDate(at, '${ZONE}') >= '${from}' AND toDate(at, '${ZONE}') < '${to}') AS pageViews,
         sum(views) / count() AS viewsPerVisit, sum(bounce) / count() AS bounceRate, sum(duration_ms) / count() AS visitDuration
       FROM visits FINAL WHERE bot = 0 AND toDate(start, '${ZONE}') >= '${from}' AND toDate(start, '${ZONE}') < '${to}'`,
    );
    const differ = OVERVIEW.filter((id) => Math.abs(Number(totals[id]) - Number(raw?.[id])) > 1e-6 * Number(raw?.[id]));
    lines.push({
      what: `roll-ups equal raw tables, ${days} days`,
      found: differ.length === 0 ? 'equal' : differ.map((id) => `${id} ${totals[id]}≠${raw?.[id]}`).join(' '),
      target: 'equal',
      ok: differ.length === 0,
    });
  }
  return lines;
}

await withLarge(async (program, large) => {
  await noteEvents(program.installation.pool, large.workspace, large.site, [large.first]);
  const [size] = await rows<{ events: string; visits: string; parts: string; bytes: string }>(
    program,
    `SELECT (SELECT count() FROM events) AS events, (SELECT count() FROM visits FINAL) AS visits,
       (SELECT count() FROM system.parts WHERE active AND table = 'visits' AND database = currentDatabase()) AS parts,
       (SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase()) AS bytes`,
  );
  console.log(
    `  ${size?.events} events, ${size?.visits} visits in ${size?.parts} parts, ${(Number(size?.bytes) / 1e9).toFixed(2)} GB`,
  );
  if (!has('no-times')) printLines('Reports, median of 7', await measure(program, large));
  printLines('Equality', await equality(program, large));
});
