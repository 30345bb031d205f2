// Orders, refunds and revenue in several currencies as reports tell them: sent through the collector, asked in every way.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportQuery } from '../../src/modules/analytics/contract.ts';
import { setRate } from '../../src/modules/costs/rates.ts';
import { company, type TestProgram, testProgram } from '../support/program.ts';

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 5, 12);
const PERIOD: [string, string] = ['2026-10-01', '2026-11-01'];
const MEASURES = ['revenue', 'orders', 'averageOrder', 'itemsSold', 'refunds'];
const EVERYTHING = { not: { property: 'country', is: 'equals', value: 'no such' } };

let program: TestProgram;
let shop: { workspace: string; site: string; key: string };
let n = 0;

interface Told {
  name: string;
  at: number;
  url?: string;
  visitor?: string;
  ecommerce?: object;
  properties?: object;
}
const told = (event: Told) => ({ id: `event-${String(++n).padStart(6, '0')}`, ...event });
const visit = (visitor: string, at: number, events: Omit<Told, 'at'>[], query = '') =>
  program.collector.fromBrowser(
    Buffer.from(
      JSON.stringify({
        site: shop.key,
        visitor,
        events: [
          told({ name: 'page_view', at, url: `https://shop.example/land${query}` }),
          ...events.map((event, i) =>
            told({ url: 'https://shop.example/thanks', ...event, at: at + (i + 1) * MINUTE }),
          ),
        ],
      }),
    ),
    { address: '88.198.1.1', userAgent: BROWSER },
    at + 10 * MINUTE,
  );
const server = (...events: Told[]) =>
  program.collector.fromServer(
    shop.workspace,
    Buffer.from(JSON.stringify({ site: 'shop.example', events: events.map(told) })),
  );
const run = (query: object) =>
  program.reports.run(shop.workspace, reportQuery.parse({ period: PERIOD, measures: MEASURES, ...query }));
const item = (id: string, price: number | string, quantity: number) => ({ item_id: id, price, quantity });
const paid = (id: string, value: unknown, currency: string, items: object[] = []): Omit<Told, 'at'> => ({
  name: 'purchase',
  ecommerce: { transaction_id: id, value, currency, items },
});

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program);
  // a visit by mail buys, and its page of thanks is loaded again the next day
  await visit(
    'visitor-a',
    START,
    [paid('A1', 100, 'EUR', [item('x', '25', 4)])],
    '?utm_source=letter&utm_medium=email',
  );
  await visit('visitor-a', START + DAY, [paid('A1', 100, 'EUR', [item('x', '25', 4)])]);
  // another in dollars, from an ad
  await visit(
    'visitor-b',
    START,
    [paid('B1', '50,00', 'USD', [item('y', 10, 5)])],
    '?utm_source=google&utm_medium=cpc',
  );
  await server(
    // part of the first comes back ten days later, told by the shop's server of the order alone; the second whole
    { name: 'refund', at: START + 10 * DAY, ecommerce: { transaction_id: 'A1', value: 30, currency: 'EUR' } },
    { name: 'refund', at: START + 11 * DAY, ecommerce: { transaction_id: 'B1' } },
    // a sale told by the server for a visitor who came by an ad two days before; and one of somebody never seen
    { name: 'purchase', at: START + 2 * DAY, visitor: 'visitor-b', ecommerce: { transaction_id: 'B2', value: 20 } },
    { name: 'purchase', at: START + 2 * DAY, visitor: 'nobody-seen', ecommerce: { transaction_id: 'C1', value: 5 } },
    { name: 'deal_lost', at: START + 3 * DAY, visitor: 'nobody-seen' },
  );
  await program.flusher.flush();
}, 120_000);
afterAll(() => program?.close());

const bothWays = async (query: object = {}) => {
  const rolled = await run(query);
  expect((await run({ ...query, filters: EVERYTHING })).totals).toEqual(rolled.totals);
  return rolled;
};

test('an order counts once, a refund takes back, and what has no rate is told', async () => {
  for (const round of ['raw', 'rolled up']) {
    const { totals, trust } = await bothWays();
    expect(totals, round).toEqual({ revenue: 9_500, orders: 4, averageOrder: 3_125, itemsSold: 9, refunds: 3_000 });
    expect(trust.notes).toContainEqual({ code: 'revenue-unconverted', value: 2, of: 'USD' });
    await program.rollUps.rebuild({ workspace: shop.workspace });
  }
});

test('revenue belongs to the channel that led to it, on the day it came and went', async () => {
  const { rows } = await run({ measures: ['revenue', 'orders'], dimensions: ['channel'] });
  expect(Object.fromEntries(rows.map((r) => [r.channel, [r.revenue, r.orders]]))).toEqual({
    Email: [7_000, 1],
    'Paid Search': [2_000, 2],
    Unassigned: [500, 1],
  });
  const days = await run({ measures: ['revenue'], dimensions: ['day'] });
  expect(days.rows).toEqual([
    { day: '2026-10-05', revenue: 10_000 },
    { day: '2026-10-07', revenue: 2_500 },
    { day: '2026-10-15', revenue: -3_000 },
  ]);
});

test('what only the server tells makes no visit, and is an event all the same', async () => {
  const { totals } = await run({ measures: ['visits', 'events', 'visitors'] });
  expect(totals).toEqual({ visits: 3, visitors: 2, events: 11 });
});

test('a rate entered later changes the past, in rolled-up days too, and as of a past moment', async () => {
  await setRate(
    program.db as never,
    shop.workspace,
    { day: '2026-10-04', currency: 'EUR', toCurrency: 'USD', rate: '1.25' },
    'me',
  );
  await program.outbox.drain();
  const { totals, trust } = await bothWays();
  // 50 USD are 40 EUR, and go back whole
  expect(totals).toEqual({ revenue: 9_500, orders: 4, averageOrder: 4_125, itemsSold: 9, refunds: 7_000 });
  expect(trust.notes.map((note) => note.code)).not.toContain('revenue-unconverted');
  const now = new Date().toISOString();
  expect((await run({ asOf: now })).totals).toEqual(totals);
  expect((await run({ asOf: new Date(START + 8 * DAY).toISOString() })).totals).toMatchObject({
    orders: 2,
    refunds: 0,
    revenue: 14_000,
  });
  await setRate(
    program.db as never,
    shop.workspace,
    { day: '2026-10-15', currency: 'USD', toCurrency: 'EUR', rate: '0.5' },
    'me',
  );
  // by then a dollar is worth less: 40 came and 25 went
  expect((await bothWays()).totals).toMatchObject({ revenue: 11_000, refunds: 5_500 });
});
