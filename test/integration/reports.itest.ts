// Reports: every measure by every dimension, roll-ups equal to raw, filters, past moments, and questions that make no sense.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Filter, reportQuery } from '../../src/modules/analytics/contract.ts';
import { MEASURE_IDS, PLAIN_DIMENSION_IDS } from '../../src/modules/analytics/report/vocabulary.ts';
import { HOST, Simulation } from '../../src/simulator/index.ts';
import { company, type TestProgram, testProgram } from '../support/program.ts';

const UNTIL = Date.UTC(2026, 9, 20);
const DAY = 86_400_000;
const PERIOD: [string, string] = ['2026-10-10', '2026-10-19'];
let program: TestProgram;
let shop: { workspace: string; site: string; key: string };

const told: { name: string; at: number; url?: string; properties?: Record<string, string | number> }[] = [];
const run = (query: object) => program.reports.run(shop.workspace, reportQuery.parse({ period: PERIOD, ...query }));

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program, 'Shop', HOST);
  const simulation = new Simulation({
    seed: 3,
    siteKey: shop.key,
    until: UNTIL,
    days: 14,
    perDay: 40,
    currency: 'EUR',
  });
  for (const { requests } of simulation.days()) {
    for (const { body } of requests) told.push(...body.events);
    await Promise.all(
      requests.map(({ at, address, userAgent, body }) =>
        program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), { address, userAgent }, at),
      ),
    );
  }
  await program.flusher.flush();
}, 120_000);
afterAll(() => program?.close());

/** One page view of a visitor, told late by a server. */
async function tellLate(at: string, visitor: string): Promise<void> {
  const view = { id: `late-${visitor}`, name: 'page_view', at: Date.parse(at), url: `https://${HOST}/late`, visitor };
  await program.collector.fromServer(shop.workspace, Buffer.from(JSON.stringify({ site: HOST, events: [view] })));
  await program.flusher.flush();
}

const OF_COSTS: readonly string[] = [
  ...['day', 'week', 'month', 'weekday', 'channel', 'source', 'medium', 'campaign', 'content', 'term', 'landingPage'],
];
const OF_VISITS = ['viewsPerVisit', 'bounceRate', 'engagementRate', 'visitDuration'];
const SPLITS_EVENTS = ['status', 'property:product'];

describe('every measure by every dimension', () => {
  test.each([...PLAIN_DIMENSION_IDS, 'property:product'])('by %s', async (dimension) => {
    for (const measure of MEASURE_IDS) {
      if (measure === 'cost' && !OF_COSTS.includes(dimension)) {
        await expect(run({ measures: [measure], dimensions: [dimension] })).rejects.toThrow(/A cost is known by/);
        continue;
      }
      const asked = run({ measures: [measure], dimensions: [dimension] });
      if (OF_VISITS.includes(measure) && SPLITS_EVENTS.includes(dimension)) {
        await expect(asked, measure).rejects.toThrow(/figure of whole visits/);
        continue;
      }
      const answer = await asked;
      expect(Object.keys(answer.totals), measure).toEqual([measure]);
      for (const row of answer.rows) expect(Object.keys(row)).toEqual([dimension, measure]);
    }
    const all = MEASURE_IDS.filter(
      (id) =>
        (!OF_VISITS.includes(id) || !SPLITS_EVENTS.includes(dimension)) &&
        (id !== 'cost' || OF_COSTS.includes(dimension)),
    );
    const together = await run({ measures: all, dimensions: [dimension] });
    expect(together.rowCount).toBe(together.rows.length);
  });
});

test('the speed of a page is the 75th percentile of what browsers told', async () => {
  const asked = { measures: ['largestPaint', 'measuredLoads'], dimensions: ['page'] };
  const { rows, totals } = await run({ ...asked, sort: '-measuredLoads' });
  const home = told.filter(
    ({ name, at, url, properties }) =>
      name === 'web_vital' &&
      properties?.metric === 'LCP' &&
      new URL(url!).pathname === '/' &&
      at >= Date.UTC(2026, 9, 9, 22) &&
      at < Date.UTC(2026, 9, 18, 22),
  );
  const values = home.map(({ properties }) => Number(properties!.value)).sort((a, b) => a - b);
  expect(values.length).toBeGreaterThan(20);
  expect(rows[0]).toMatchObject({ page: '/', measuredLoads: values.length });
  const between = [values[Math.floor(values.length * 0.7)]!, values[Math.ceil(values.length * 0.8)]!];
  expect(rows[0]!.largestPaint).toBeGreaterThanOrEqual(between[0]!);
  expect(rows[0]!.largestPaint).toBeLessThanOrEqual(between[1]!);
  expect(totals.measuredLoads).toBe(rows.reduce((sum, row) => sum + Number(row.measuredLoads), 0));
  // of a page nobody measured nothing is known
  const none = await run({ ...asked, filters: { property: 'page', is: 'equals', value: '/nowhere' } });
  expect(none.totals).toEqual({ largestPaint: null, measuredLoads: 0 });
});

test('splitting by what a visit has only one of adds up to the total', async () => {
  for (const dimension of ['channel', 'source', 'country', 'device', 'landingPage', 'day', 'hostname']) {
    const answer = await run({ measures: ['visits'], dimensions: [dimension] });
    const sum = answer.rows.reduce((n, row) => n + Number(row.visits), 0);
    expect(sum, dimension).toBe(answer.totals.visits);
    expect(sum).toBeGreaterThan(100);
  }
});

test('roll-ups say what visits and events say, before and after they are rebuilt', async () => {
  // a cost has no country, by which the filter below chooses
  const measures = MEASURE_IDS.filter((id) => id !== 'cost');
  const ask = async () => ({
    totals: await run({ measures, robots: 'include' }),
    byDay: await run({ measures, dimensions: ['day'] }),
    robots: await run({ measures: ['visits', 'events'], robots: 'only' }),
    top: await run({ measures: ['visitors', 'pageViews'], dimensions: ['page'], limit: 5 }),
  });
  const raw = await ask();
  expect(await program.rollUps.rebuild()).toBeGreaterThan(10);
  const [left] = (await program.installation.pool.query('SELECT count(*)::int AS n FROM dirty_day')).rows;
  expect(left).toEqual({ n: 0 });
  const rolled = await ask();
  expect(rolled).toEqual(raw);
  // and the same again computed through a filter that lets everything pass, which no roll-up can answer
  const everything: Filter = { not: { property: 'country', is: 'equals', value: 'no such' } };
  const filtered = await run({ measures, robots: 'include', filters: everything });
  expect({ ...filtered.totals, viewsPerVisit: 0 }).toEqual({ ...rolled.totals.totals, viewsPerVisit: 0 });
});

test('a late event makes its day right again at once', async () => {
  const before = await run({ measures: ['pageViews'], dimensions: ['day'] });
  const at = Date.UTC(2026, 9, 12, 12);
  const body = {
    site: shop.key,
    events: [{ id: 'late-event-1', name: 'page_view', at, url: `https://${HOST}/late` }],
  };
  await program.collector.fromBrowser(
    Buffer.from(JSON.stringify(body)),
    { address: '88.198.1.1', userAgent: 'Mozilla/5.0 Firefox/140.0' },
    UNTIL,
  );
  await program.flusher.flush();
  const after = await run({ measures: ['pageViews'], dimensions: ['day'] });
  const of = (answer: typeof after, day: string) => Number(answer.rows.find((row) => row.day === day)?.pageViews);
  expect(of(after, '2026-10-12')).toBe(of(before, '2026-10-12') + 1);
  expect(of(after, '2026-10-13')).toBe(of(before, '2026-10-13'));
  // as of the day before it arrived, the past is as it was known then
  const asOf = new Date(UNTIL - DAY).toISOString();
  const then = await run({ measures: ['pageViews', 'visits'], asOf, period: ['2026-10-11', '2026-10-14'] });
  const now = await run({ measures: ['pageViews', 'visits'], period: ['2026-10-11', '2026-10-14'] });
  expect(Number(now.totals.pageViews) - Number(then.totals.pageViews)).toBe(1);
  expect(Number(now.totals.visits) - Number(then.totals.visits)).toBe(1);
});

test('what a filter by page finds in the roll-up of pages is what the events say', async () => {
  const page = (is: 'equals' | 'in' | 'contains', value: string | string[]): Filter => ({
    property: 'page',
    is,
    value,
  });
  const filters: Filter[] = [
    page('equals', '/'),
    page('in', ['/', '/checkout/']),
    page('contains', 'check'),
    { not: page('equals', '/') },
    { or: [page('equals', '/checkout/'), { and: [page('contains', '/'), { not: page('contains', 'o') }] }] },
  ];
  // a past moment is counted from events alone
  const asOf = new Date(Date.now() + DAY).toISOString();
  for (const when of ['some days read raw', 'all rolled']) {
    if (when === 'all rolled') await program.rollUps.rebuild();
    for (const of of filters)
      for (const dimensions of [[], ['day'], ['week'], ['page']])
        for (const robots of ['exclude', 'include', 'only']) {
          const query = { measures: ['pageViews', 'visitors'], dimensions, filters: of, robots };
          const { rows, totals } = await run(query);
          const raw = await run({ ...query, asOf });
          expect({ rows, totals }, `${when}, ${JSON.stringify({ of, dimensions, robots })}`).toEqual({
            rows: raw.rows,
            totals: raw.totals,
          });
          if (robots === 'include') expect(Number(totals.pageViews)).toBeGreaterThan(10);
        }
  }
  // beside figures of whole visits, whose table is another
  const beside = await run({ measures: ['visits', 'pageViews'], dimensions: ['day'], filters: filters[1] });
  const alone = await run({ measures: ['pageViews'], filters: filters[1] });
  expect(beside.totals.pageViews).toBe(alone.totals.pageViews);
  expect(beside.totals.visits).toBe(beside.rows.reduce((n, row) => n + Number(row.visits), 0));
});

test('as of a moment before anything was known there is nothing', async () => {
  const answer = await run({ measures: ['visits', 'pageViews'], asOf: '2026-01-01T00:00:00Z' });
  expect(answer.totals).toEqual({ visits: 0, pageViews: 0 });
  await expect(
    run({ measures: ['visits'], asOf: '2026-01-01T00:00:00Z', period: ['2026-01-01', '2026-06-01'] }),
  ).rejects.toThrow(/31 days/);
});

describe('filters', () => {
  const visits = async (filters: Filter): Promise<number> =>
    Number((await run({ measures: ['visits'], filters })).totals.visits);
  test('and, or, not and lists agree with the split', async () => {
    const rows = (await run({ measures: ['visits'], dimensions: ['country'] })).rows;
    const of = (country: string): number => Number(rows.find((row) => row.country === country)?.visits ?? 0);
    const total = rows.reduce((n, row) => n + Number(row.visits), 0);
    const is = (value: string): Filter => ({ property: 'country', is: 'equals', value });
    expect(await visits(is('DE'))).toBe(of('DE'));
    expect(await visits({ or: [is('DE'), is('NO')] })).toBe(of('DE') + of('NO'));
    expect(await visits({ property: 'country', is: 'in', value: ['DE', 'NO'] })).toBe(of('DE') + of('NO'));
    expect(await visits({ not: is('DE') })).toBe(total - of('DE'));
    expect(await visits({ and: [is('DE'), is('NO')] })).toBe(0);
  });

  test('a page keeps visits that saw it, an event those in which it happened', async () => {
    const page = await visits({ property: 'page', is: 'equals', value: '/checkout/' });
    const bought = await visits({ property: 'event', is: 'equals', value: 'purchase' });
    expect(page).toBeGreaterThan(0);
    expect(bought).toBeGreaterThan(0);
    expect(bought).toBeLessThanOrEqual(page);
    const views = await run({
      measures: ['pageViews'],
      filters: { property: 'page', is: 'equals', value: '/checkout/' },
      dimensions: ['page'],
    });
    expect(views.rows.map((row) => row.page)).toEqual(['/checkout/']);
  });

  test('an event’s own figures can be filtered by the visit they belong to', async () => {
    const all = await run({ measures: ['events'], dimensions: ['channel'] });
    const email = all.rows.find((row) => row.channel === 'Email')!;
    const one = await run({ measures: ['events'], filters: { property: 'channel', is: 'equals', value: 'Email' } });
    expect(one.totals.events).toBe(email.events);
  });

  test('quotes and backslashes in values are only values', async () => {
    for (const value of ["'; DROP TABLE events; --", "\\'", '\\', "%' OR 1=1"]) {
      for (const is of ['equals', 'contains', 'starts-with'] as const)
        expect(await visits({ property: 'page', is, value })).toBe(0);
      expect(await visits({ property: `property:${value}`, is: 'equals', value: 'x' })).toBe(0);
    }
  });
});

test('bounce, engagement and duration are those of the visits', async () => {
  const [row] = await program.reports.rows<Record<string, string>>(
    `SELECT count() AS n, sum(views) AS v, sum(bounce) AS b, sum(duration_ms) AS d FROM visits FINAL WHERE workspace = '${shop.workspace}' AND bot = 0
     AND toDate(start, 'Europe/Berlin') >= '${PERIOD[0]}' AND toDate(start, 'Europe/Berlin') < '${PERIOD[1]}'`,
  );
  const { totals } = await run({ measures: ['visits', 'viewsPerVisit', 'bounceRate', 'visitDuration'] });
  expect(totals.visits).toBe(Number(row!.n));
  expect(totals.viewsPerVisit).toBeCloseTo(Number(row!.v) / Number(row!.n), 10);
  expect(totals.bounceRate).toBeCloseTo(Number(row!.b) / Number(row!.n), 10);
  expect(totals.visitDuration).toBeCloseTo(Number(row!.d) / Number(row!.n), 6);
});

test('a report of an unknown site or an impossible sort says what there is', async () => {
  await expect(run({ measures: ['visits'], site: 'nope.example' })).rejects.toThrow(
    /Sites here: nord-outfitters.example/,
  );
  await expect(run({ measures: ['visits'], sort: 'bytes' })).rejects.toThrow(/own measures/);
  expect(reportQuery.safeParse({ period: ['2026-02-30', '2026-03-01'], measures: ['visits'] }).success).toBe(false);
  expect(reportQuery.safeParse({ period: ['2026-03-02', '2026-03-01'], measures: ['visits'] }).success).toBe(false);
  expect(reportQuery.safeParse({ period: PERIOD, measures: ['visits'], filter: {} }).success).toBe(false);
});

test('unknown is not zero: a share without visits is null, and so is a count before the first event', async () => {
  const measures = ['visits', 'bounceRate', 'visitDuration'];
  const before = await run({ measures, period: ['2020-01-01', '2020-01-02'] });
  expect(before.totals).toEqual({ visits: null, bounceRate: null, visitDuration: null });
  expect(before.trust.knownFrom).toBe('2026-10-06');
  const quiet = await run({ measures, period: ['2026-11-01', '2026-11-02'] });
  expect(quiet.totals).toEqual({ visits: 0, bounceRate: null, visitDuration: null });
});

test('visitors of whole weeks and months, of parts of them and of both together are counted once each', async () => {
  const everything: Filter = { not: { property: 'country', is: 'equals', value: 'no such' } };
  await tellLate('2026-09-14T10:00:00Z', 'september-1');
  for (const when of ['some days read raw', 'all rolled']) {
    if (when === 'all rolled') await program.rollUps.rebuild();
    for (const period of [
      ['2026-10-01', '2026-11-01'],
      ['2026-09-01', '2026-11-01'],
      ['2026-09-14', '2026-10-12'],
      ['2026-08-20', '2026-12-02'],
    ]) {
      const of = (query: object) => run({ measures: ['visitors', 'visits'], period, ...query });
      for (const robots of ['include', 'exclude'])
        for (const dimensions of [[], ['month'], ['week'], ['day'], ['weekday']]) {
          const rolled = await of({ robots, dimensions });
          const raw = await of({ robots, dimensions, filters: everything });
          expect([rolled.rows, rolled.totals], `${when}, ${period}, ${dimensions}`).toEqual([raw.rows, raw.totals]);
          expect(Number(rolled.totals.visitors)).toBeGreaterThan(50);
        }
    }
  }
  // a day that changes takes its month's row out of use at once
  const before = await run({ measures: ['visitors'], period: ['2026-09-01', '2026-10-01'] });
  expect(before.totals).toEqual({ visitors: 1 });
  await tellLate('2026-09-14T11:00:00Z', 'september-2');
  const after = await run({ measures: ['visitors'], period: ['2026-09-01', '2026-10-01'] });
  expect(after.totals).toEqual({ visitors: 2 });
});
