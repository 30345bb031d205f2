// A week of a real shop sent through the server API, against figures computed from the file itself; and a few visitors by hand.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { setGoodsCost, writeRates } from '../../costs/index.ts';
import { reportQuery } from '../contract.ts';
import type { ShopTable } from './contract.ts';
import { shopSummary, shopTable } from './shop.ts';

interface Line {
  InvoiceNo: string;
  StockCode: string;
  Description: string;
  Quantity: string;
  InvoiceDate: string;
  UnitPrice: string;
  CustomerID: string;
}
/** the file is of 2010, and a server may tell of ten years: 16 years of whole weeks later the weekdays are the same */
const LATER_MS = 16 * 52 * 7 * 86_400_000 + 7 * 86_400_000 * 2;
const PERIOD: [string, string] = ['2026-11-01', '2026-12-31'];
const cents = (price: string): number => Math.round(Number(price) * 100);

let program: TestProgram;
let shop: { workspace: string; site: string; key: string };
let invoices: { no: string; at: number; buyer: string; back: boolean; lines: Line[] }[];

const send = (workspace: string, events: object[]) =>
  program.collector.fromServer(workspace, Buffer.from(JSON.stringify({ site: 'shop.example', events })));
const amountOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, l) => sum + cents(l.UnitPrice) * Math.abs(Number(l.Quantity)), 0);

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program);
  const file = gunzipSync(readFileSync(join(import.meta.dirname, 'fixtures/online-retail.csv.gz')));
  const byNumber = new Map<string, Line[]>();
  for (const line of parse(file, { columns: true }) as Line[]) {
    // lines without a price are corrections of stock
    if (Number(line.UnitPrice) <= 0) continue;
    byNumber.set(line.InvoiceNo, [...(byNumber.get(line.InvoiceNo) ?? []), line]);
  }
  invoices = [...byNumber].map(([no, lines]) => ({
    no,
    at: Date.parse(`${lines[0]!.InvoiceDate.replace(' ', 'T')}Z`) + LATER_MS,
    buyer: lines[0]!.CustomerID || no,
    back: no.startsWith('C'),
    lines,
  }));
  const events = invoices.map(({ no, at, buyer, back, lines }) => ({
    id: `invoice-${no}`,
    name: back ? 'refund' : 'purchase',
    at: Math.min(at, Date.now() - 1000),
    visitor: `buyer-${buyer}`,
    ecommerce: {
      transaction_id: no,
      currency: 'EUR',
      value: (amountOf(lines) / 100).toFixed(2),
      items: lines.map((l) => ({
        item_id: l.StockCode,
        item_name: l.Description,
        price: l.UnitPrice,
        quantity: Math.abs(Number(l.Quantity)),
      })),
    },
  }));
  for (let i = 0; i < events.length; i += 60) await send(shop.workspace, events.slice(i, i + 60));
  // some of it arrives twice, under ids of its own: a page of thanks loaded again, an export sent anew
  await send(
    shop.workspace,
    events
      .filter((e) => e.name === 'purchase')
      .slice(0, 60)
      .map((e) => ({ ...e, id: `again-${e.id}`, at: e.at + 60_000 })),
  );
  await program.flusher.flush();
}, 180_000);
afterAll(() => program?.close());

test('orders, revenue, items and returns are those of the file, whatever was sent twice', async () => {
  const bought = invoices.filter(({ back }) => !back);
  const ordered = bought.reduce((sum, { lines }) => sum + amountOf(lines), 0);
  const returned = invoices.filter(({ back }) => back).reduce((sum, { lines }) => sum + amountOf(lines), 0);
  const items = bought.flatMap(({ lines }) => lines).reduce((sum, l) => sum + Math.abs(Number(l.Quantity)), 0);
  expect(bought.length).toBeGreaterThan(500);
  expect(returned).toBeGreaterThan(0);
  const measures = ['orders', 'revenue', 'refunds', 'itemsSold', 'averageOrder', 'visits'];
  const { totals } = await program.reports.run(shop.workspace, reportQuery.parse({ period: PERIOD, measures }));
  expect(totals).toEqual({
    orders: bought.length,
    revenue: ordered - returned,
    refunds: returned,
    itemsSold: items,
    averageOrder: ordered / bought.length,
    visits: 0,
  });
});

test('each product has its items, its orders and what came back', async () => {
  const { rows } = await shopTable(program.reports, shop.workspace, { period: PERIOD, table: 'product' });
  const expected = new Map<string, { items: number; revenue: number; refunded: number; orders: Set<string> }>();
  for (const { no, back, lines } of invoices) {
    for (const l of lines) {
      const one = expected.get(l.StockCode) ?? { items: 0, revenue: 0, refunded: 0, orders: new Set() };
      expected.set(l.StockCode, one);
      const worth = cents(l.UnitPrice) * Math.abs(Number(l.Quantity));
      if (back) one.refunded += worth;
      else {
        one.items += Math.abs(Number(l.Quantity));
        one.revenue += worth;
        one.orders.add(no);
      }
    }
  }
  expect(rows.length).toBe(expected.size);
  for (const { value, items, revenue, refunded, orders } of rows) {
    const one = expected.get(value)!;
    expect({ items, revenue, refunded, orders }, value).toEqual({ ...one, orders: one.orders.size });
  }
});

test('buyers of before and new ones, and who buys again', async () => {
  const bought = invoices.filter(({ back }) => !back).sort((a, b) => a.at - b.at || Number(a.no) - Number(b.no));
  const times = new Map<string, number[]>();
  for (const { buyer, at } of bought) times.set(buyer, [...(times.get(buyer) ?? []), at]);
  const { buyers, itemsPerOrder } = await shopSummary(program.reports, shop.workspace, { period: PERIOD });
  expect(buyers.all).toBe(times.size);
  expect(buyers.new.orders).toBe(times.size);
  expect(buyers.repeat.orders).toBe(bought.length - times.size);
  expect(buyers.repeatRate).toBeCloseTo([...times.values()].filter((t) => t.length > 1).length / times.size, 10);
  expect(itemsPerOrder).toBeGreaterThan(10);
  expect(buyers.daysToSecond).toBeGreaterThanOrEqual(0);
  expect(buyers.new.amount + buyers.repeat.amount).toBe(bought.reduce((sum, { lines }) => sum + amountOf(lines), 0));
});

test('how far visitors come, what was left in the cart, and tables by what the data layer said', async () => {
  const other = await company(program, 'Other', 'shop.example');
  const url = 'https://shop.example/tent';
  const tent = {
    item_id: 'T',
    item_name: 'Tent',
    item_brand: 'Alta',
    item_category: 'Camping',
    item_category2: 'Tents',
    price: 100,
  };
  const at = Date.UTC(2026, 10, 20, 12);
  let n = 0;
  const did = (visitor: string, name: string, ecommerce: object = { items: [tent] }) => ({
    ...{ id: `by-hand-${String(++n)}`, name, at: at + n * 1000, visitor, url },
    ecommerce: { currency: 'EUR', ...ecommerce },
  });
  await send(other.workspace, [
    did('visitor-1', 'view_item', { item_list_name: 'Summer', items: [tent] }),
    did('visitor-1', 'add_to_cart'),
    did('visitor-1', 'begin_checkout'),
    did('visitor-1', 'purchase', { transaction_id: '1', value: 90, coupon: 'TEN', items: [{ ...tent, price: 90 }] }),
    did('visitor-1', 'purchase', { transaction_id: '2', value: 90, items: [{ ...tent, price: 90 }] }),
    did('visitor-2', 'view_item'),
    did('visitor-2', 'add_to_cart'),
    did('visitor-3', 'view_item'),
    did('visitor-4', 'view_item'),
    { ...did('visitor-1', 'refund', { transaction_id: '2', items: undefined }), url: undefined },
  ]);
  await program.flusher.flush();
  const question = { period: PERIOD };
  const summary = await shopSummary(program.reports, other.workspace, question);
  expect(summary.funnel).toEqual({ viewed: 4, cart: 2, checkout: 1, bought: 1 });
  expect(summary.abandoned).toEqual({ cart: 0.5, checkout: 0 });
  expect(summary.buyers).toMatchObject({
    all: 1,
    new: { orders: 1, amount: 9000 },
    repeat: { orders: 1, amount: 9000 },
    repeatRate: 1,
  });
  const table = async (name: ShopTable, filters?: object) =>
    (await shopTable(program.reports, other.workspace, { ...question, table: name, filters: filters as never })).rows;
  const sold = { orders: 2, items: 2, revenue: 18_000, refunded: 9_000 };
  expect(await table('product')).toEqual([
    {
      ...{ value: 'T', label: 'Tent', views: 4, carts: 2, checkouts: 1, ...sold, cartRate: 0.5, buyRate: 0.25 },
      ...{ margin: null, marginRate: null },
    },
  ]);
  expect((await table('category')).map((row) => row.value)).toEqual(['Camping > Tents']);
  expect((await table('brand'))[0]).toMatchObject({ value: 'Alta', ...sold });
  expect((await table('coupon')).find((row) => row.value === 'TEN')).toMatchObject({ orders: 1, revenue: 9_000 });
  // a filter by the visit and one by the visitor choose among views and orders alike
  const direct = { property: 'channel', is: 'equals', value: 'Direct' };
  expect((await table('product', direct))[0]).toMatchObject({ views: 4, orders: 2 });
  const bought = { did: { what: 'event', where: { property: 'event', is: 'equals', value: 'purchase' } } };
  expect((await table('product', bought))[0]).toMatchObject({ views: 1, carts: 1, orders: 2 });
});

test('margin is what was paid less what the goods cost on the day of the sale, for goods whose cost is known', async () => {
  const third = await company(program, 'Margin', 'shop.example');
  const item = (id: string, price: number, quantity = 1) => ({
    item_id: id,
    item_name: id,
    item_brand: 'Alta',
    price,
    quantity,
  });
  const sale = (id: string, name: string, day: number, ecommerce: object) => ({
    ...{
      id: `margin-${id}`,
      name,
      at: Date.UTC(2026, 10, day, 12),
      visitor: 'visitor-1',
      url: 'https://shop.example/',
    },
    ecommerce: { transaction_id: id, currency: 'EUR', ...ecommerce },
  });
  await send(third.workspace, [
    sale('1', 'purchase', 5, { value: 250, items: [item('A', 100, 2), item('B', 50)] }),
    // a coupon of the whole order lowers all its prices alike
    sale('2', 'purchase', 15, { value: 150, items: [item('A', 100), item('C', 100)] }),
    sale('3', 'purchase', 16, { value: 100, items: [item('A', 100)] }),
    { ...sale('3', 'refund', 17, { value: 100, items: [item('A', 100)] }), id: 'margin-back' },
  ]);
  await program.flusher.flush();
  const measures = ['margin', 'marginRate', 'goodsCost', 'revenue'];
  const ask = async (more: object = {}) =>
    program.reports.run(third.workspace, reportQuery.parse({ period: PERIOD, measures, ...more }));
  expect((await ask()).totals).toEqual({ margin: null, marginRate: null, goodsCost: null, revenue: 40_000 });

  const db = program.db as never;
  const set = (product: string, fromDay: string, cost: string, currency = 'EUR') =>
    setGoodsCost(db, third.workspace, { product, fromDay, cost, currency }, 'test');
  await set('A', '2026-11-01', '60');
  await set('A', '2026-11-10', '70');
  await set('C', '2026-11-16', '10');
  // without a rate it is not known
  await set('B', '2026-11-01', '20', 'USD');
  await program.outbox.drain();
  // A twice at 100 with 60, once at 75 with 70; the third came back; B has no rate and C no cost yet
  const expected = { goodsCost: 19_000, margin: 27_500 - 19_000, marginRate: 8_500 / 27_500, revenue: 40_000 };
  expect((await ask()).totals).toEqual(expected);
  const byDay = (await ask({ dimensions: ['day'] })).rows;
  expect(byDay.map((row) => [row.day, row.margin])).toEqual([
    ['2026-11-05', 8_000],
    ['2026-11-15', 500],
    ['2026-11-16', 3_000],
    ['2026-11-17', -3_000],
  ]);
  const channels = (await ask({ dimensions: ['channel'] })).rows;
  expect(channels).toEqual([{ channel: 'Direct', ...expected }]);

  const rate = { day: '2026-11-01', currency: 'USD', toCurrency: 'EUR', rate: '0.5', source: 'manual' } as const;
  await writeRates(db, third.workspace, [rate], { import: null });
  expect((await ask()).totals).toMatchObject({ goodsCost: 20_000, margin: 32_500 - 20_000 });
  const { rows } = await shopTable(program.reports, third.workspace, { period: PERIOD, table: 'product' });
  expect(rows.map(({ value, margin }) => [value, margin])).toEqual([
    ['A', 30_000 - 19_000],
    ['C', null],
    ['B', 4_000],
  ]);
});

test('a cost of goods holds from its day on the company’s clock', async () => {
  const { workspace } = await company(program, 'Far east', 'shop.example', 'Asia/Tokyo');
  const sale = (id: string, at: string) => ({
    id: `tokyo-sale-${id}`,
    name: 'purchase',
    at: Date.parse(at),
    visitor: 'visitor-1',
    url: 'https://shop.example/',
    ecommerce: {
      transaction_id: id,
      currency: 'EUR',
      value: 100,
      items: [{ item_id: 'A', item_name: 'A', price: 100 }],
    },
  });
  // half an hour on either side of a midnight in Tokyo, within one UTC day
  await send(workspace, [sale('1', '2026-11-09T14:30:00Z'), sale('2', '2026-11-09T15:30:00Z')]);
  await program.flusher.flush();
  for (const [fromDay, cost] of [
    ['2026-11-01', '60'],
    ['2026-11-10', '70'],
  ] as const)
    await setGoodsCost(program.db as never, workspace, { product: 'A', fromDay, cost, currency: 'EUR' }, 'test');
  await program.outbox.drain();
  const { rows } = await program.reports.run(
    workspace,
    reportQuery.parse({ period: PERIOD, measures: ['goodsCost'], dimensions: ['day'] }),
  );
  expect(rows).toEqual([
    { day: '2026-11-09', goodsCost: 6_000 },
    { day: '2026-11-10', goodsCost: 7_000 },
  ]);
});
