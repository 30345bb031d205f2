// The demo company through the real paths, against what is known to be true of it: a report says exactly what happened.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportQuery } from '../../src/modules/analytics/contract.ts';
import type { ReadySegmentId } from '../../src/modules/analytics/report/vocabulary.ts';
import { READY_SEGMENTS } from '../../src/modules/analytics/segments/ready-contract.ts';
import { keptSegments } from '../../src/modules/analytics/segments/segments.ts';
import { shopTable } from '../../src/modules/analytics/shop/shop.ts';
import { Simulation, type Truth } from '../../src/simulator/index.ts';
import { type TestProgram, testProgram } from '../support/program.ts';

let program: TestProgram;
let workspace: string;
let truth: Truth;

beforeAll(async () => {
  program = await testProgram();
  const progress: number[] = [];
  workspace = await program.demo.makeAlone((done) => progress.push(done), { seed: 11, months: 2 });
  await program.outbox.drain();
  truth = JSON.parse(readFileSync(join(program.config.data, 'demo-truth.json'), 'utf8')) as Truth;
  expect(progress.at(-1)).toBe(1);
  expect([...progress].sort((a, b) => a - b)).toEqual(progress);
}, 240_000);
afterAll(() => program?.close());

const run = async (query: object) =>
  program.reports.run(workspace, reportQuery.parse({ period: truth.period, limit: 1000, ...query }));
const purchases = { property: 'event', is: 'equals', value: 'purchase' };

test('visits, pages and revenue by channel are the true ones', async () => {
  const { rows } = await run({
    measures: ['visits', 'pageViews', 'revenue'],
    dimensions: ['channel'],
  });
  const channels = Object.fromEntries(
    Object.entries(truth.byChannel).map(([name, { visits, pageViews, revenue }]) => [
      name,
      [visits, pageViews, revenue],
    ]),
  );
  expect(Object.keys(channels).length).toBeGreaterThan(7);
  expect(Object.fromEntries(rows.map((row) => [row.channel, [row.visits, row.pageViews, row.revenue]]))).toEqual(
    channels,
  );
});

test('every day has its true visits', async () => {
  const { rows } = await run({
    measures: ['visits'],
    dimensions: ['day'],
  });
  expect(Object.fromEntries(rows.map((row) => [row.day, row.visits]))).toEqual(
    Object.fromEntries(Object.entries(truth.byDay).map(([day, { visits }]) => [day, visits])),
  );
});

test('orders, items and refunds are the true ones, by roll-ups and by sales', async () => {
  const measures = ['revenue', 'orders', 'itemsSold', 'refunds', 'averageOrder'];
  const expected = {
    revenue: truth.revenue,
    orders: truth.orders,
    itemsSold: truth.itemsSold,
    refunds: truth.refunds.amount,
    averageOrder: truth.ordered / truth.orders,
  };
  expect(truth.refunds.count).toBeGreaterThan(3);
  expect((await run({ measures })).totals).toEqual(expected);
  const everything = { not: { property: 'country', is: 'equals', value: 'no such' } };
  expect((await run({ measures, filters: everything })).totals).toEqual(expected);
  const { rows } = await run({ measures: ['revenue'], dimensions: ['day'] });
  const days = Object.entries(truth.byDay).filter(([, { revenue }]) => revenue !== 0);
  expect(Object.fromEntries(rows.map((row) => [row.day, row.revenue]))).toEqual(
    Object.fromEntries(days.map(([day, { revenue }]) => [day, revenue])),
  );
});

test('products have the true items and revenue, coupons the true orders', async () => {
  const table = async (name: 'product' | 'coupon') =>
    (await shopTable(program.reports, workspace, { period: [...truth.period], table: name })).rows;
  const products = (await table('product')).map(({ value, items, revenue }) => [value, { items, revenue }]);
  expect(Object.fromEntries(products)).toEqual(truth.byProduct);
  const coupons = (await table('coupon')).filter(({ value }) => value !== '');
  expect(Object.fromEntries(coupons.map(({ value, orders }) => [value, orders]))).toEqual(truth.byCoupon);
});

test('orders are counted once, robots are left out and told', async () => {
  const { totals } = await run({ measures: ['events'], filters: purchases });
  expect(totals).toEqual({ events: truth.orders });
  const robots = await run({ measures: ['pageViews'], robots: 'only' });
  expect(robots.totals).toEqual({ pageViews: truth.robotViews });
});

test('costs are those of the last word of the networks', async () => {
  const { rows } = await run({ measures: ['cost'], dimensions: ['campaign'] });
  const told = Object.fromEntries(rows.map((row) => [row.campaign, row.cost]));
  expect(told['tents-search']).toBe(truth.byCampaign['tents-search']?.cost);
  expect(told['autumn-sale']).toBe(truth.byCampaign['autumn-sale']?.cost);
  expect(truth.byCampaign['tents-search']!.cost).toBeLessThan(truth.byCampaign['tents-search']!.costFirst);
  const files = await program.installation.pool.query<{ file_name: string; state: string; changed: number }>(
    `SELECT file_name, state, (result ->> 'changed')::int AS changed FROM import WHERE workspace = $1 ORDER BY id`,
    [workspace],
  );
  expect(files.rows.map(({ file_name, state }) => [file_name, state])).toEqual([
    ['ad-costs.csv', 'done'],
    ['ad-costs-corrected.csv', 'done'],
    ['price-list.csv', 'done'],
    ['google-analytics-by-day.csv', 'done'],
  ]);
  expect(files.rows[1]!.changed, 'the second file restates the first').toBeGreaterThan(0);
});

test('its segments can be counted, and who put something in the basket is not among the buyers', async () => {
  const segments = await keptSegments(program.db).list(workspace, 'active');
  expect(segments.map(({ name }) => name).sort()).toEqual(['Back three times in a month', 'Cart without an order']);
  const count = async (name: string) => {
    const { site, definition } = segments.find((one) => one.name === name)!;
    return program.reports.count(workspace, { site, definition });
  };
  const ready = (id: ReadySegmentId) =>
    program.reports.count(workspace, { site: null, definition: READY_SEGMENTS[id] });
  expect((await ready('buyers')).visitors).toBeGreaterThan(100);
  expect((await ready('repeat-buyers')).visitors).toBeLessThan((await ready('buyers')).visitors);
  expect((await count('Cart without an order')).visitors).toBeGreaterThan(10);
  const { byChannel } = truth;
  const visits = ['Paid Search', 'Paid Social', 'Display', 'Paid Other'].reduce(
    (sum, name) => sum + byChannel[name]!.visits,
    0,
  );
  expect((await ready('from-ads')).visits).toBe(visits);
  // what the shop's server took back is taken back from those who had bought it
  const money = { measures: ['revenue' as const, 'refunds' as const] };
  const all = (await run(money)).totals;
  expect((await run({ ...money, filters: { segment: 'buyers' } })).totals).toEqual(all);
});

test('the same seed is the same company, another is another', () => {
  const of = (seed: number) => {
    const company = new Simulation({
      seed,
      siteKey: 'k',
      until: Date.UTC(2026, 9, 1),
      days: 40,
      perDay: 50,
      currency: 'EUR',
    });
    const days = [...company.days()];
    return JSON.stringify([days, company.truth]);
  };
  expect(of(3)).toBe(of(3));
  expect(of(3)).not.toBe(of(4));
});
