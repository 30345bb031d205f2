// The explorer's answers: rows by name and all others make the whole, lines of parts are those that lead, and what can't be told is
// unknown.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { HOST, Simulation } from '../../../simulator/index.ts';
import { reportQuery } from '../contract.ts';
import { answerQuestion } from './answer.ts';
import { propertiesSeen } from './properties.ts';
import { type ExplorerInput, explorerQuestion } from './question-contract.ts';

const UNTIL = Date.UTC(2026, 9, 20);
const PERIOD = '2026-10-08..2026-10-19';
let program: TestProgram;
let shop: { workspace: string; site: string; key: string };

const ask = (question: Partial<ExplorerInput> & Pick<ExplorerInput, 'measures'>, find?: { contains: string }) =>
  answerQuestion(program, shop.workspace, explorerQuestion.parse({ version: 1, period: PERIOD, ...question }), find);
const sum = (rows: readonly Record<string, unknown>[], id: string): number =>
  rows.reduce((total, row) => total + Number(row[id] ?? 0), 0);

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program, 'Shop', HOST);
  const simulation = new Simulation({
    seed: 5,
    siteKey: shop.key,
    until: UNTIL,
    days: 20,
    perDay: 40,
    currency: 'EUR',
  });
  for (const { requests } of simulation.days()) {
    await Promise.all(
      requests.map(({ at, address, userAgent, body }) =>
        program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), { address, userAgent }, at),
      ),
    );
  }
  await program.flusher.flush();
}, 60_000);
afterAll(() => program?.close());

describe('rows by name and all others', () => {
  test.each(['channel', 'source', 'country', 'landingPage', 'device'] as const)('make the whole by %s', async (id) => {
    const measures = ['visits', 'pageViews', 'visitors', 'bounceRate', 'events', 'orders'] as const;
    const { rows, others, totals, rowCount } = await ask({ measures: [...measures], dimensions: [id], top: 2 });
    expect(rows.length).toBe(Math.min(2, rowCount!));
    if (rowCount! > 2) expect(others).toHaveLength(1);
    for (const measure of ['visits', 'events', 'orders']) {
      expect(sum([...rows, ...others], measure), measure).toBe(totals[measure]);
    }
    // people who came by several ways are among both: counted, not subtracted
    expect(sum([...rows, ...others], 'visitors')).toBeGreaterThanOrEqual(Number(totals.visitors));
    const shares = others.map((row) => Number(row.bounceRate));
    for (const share of shares) expect(share).toBeGreaterThan(0);
  });

  test('visitors of all others are those who came otherwise', async () => {
    const { rows, others } = await ask({ measures: ['visitors'], dimensions: ['channel'], top: 3 });
    const without = await program.reports.run(
      shop.workspace,
      reportQuery.parse({
        period: PERIOD.split('..'),
        measures: ['visitors'],
        filters: { not: { property: 'channel', is: 'in', value: rows.map((row) => String(row.channel)) } },
      }),
    );
    expect(others[0]).toEqual(without.totals);
    expect(Number(others[0]!.visitors)).toBeGreaterThan(0);
  });

  test('of pages, views of the others are counted, visits that saw others are unknown', async () => {
    const { rows, others, totals } = await ask({ measures: ['pageViews', 'visits'], dimensions: ['page'], top: 3 });
    expect(sum([...rows, ...others], 'pageViews')).toBe(totals.pageViews);
    expect(others[0]!.visits).toBeNull();
  });

  test('of a property, only events that carry it', async () => {
    const { rows, others } = await ask({ measures: ['events'], dimensions: ['property:product'], top: 2 });
    const { rows: all } = await ask({ measures: ['events'], dimensions: ['property:product'], top: 100 });
    expect(sum([...rows, ...others], 'events')).toBe(sum(all, 'events'));
  });

  test('of two dimensions together', async () => {
    const { rows, others, totals } = await ask({ measures: ['visits'], dimensions: ['channel', 'device'], top: 4 });
    expect(rows).toHaveLength(4);
    expect(sum([...rows, ...others], 'visits')).toBe(totals.visits);
  });
});

test('the same rows before, whatever led then', async () => {
  const { rows, before, totalsBefore, compared } = await ask({ measures: ['visits'], dimensions: ['channel'], top: 2 });
  expect(compared).toEqual(['2026-09-27', '2026-10-08']);
  expect(before!.map((row) => row.channel).sort()).toEqual(rows.map((row) => row.channel).sort());
  expect(Number(totalsBefore!.visits)).toBeGreaterThan(sum(before!, 'visits'));
});

test('lines of parts: the leading ones step by step, and the others make the day', async () => {
  const { rows, others, rowCount } = await ask({
    measures: ['visits'],
    dimensions: ['day', 'channel'],
    top: 2,
    form: 'area',
  });
  expect(rowCount).toBeGreaterThan(2);
  expect(new Set(rows.map((row) => row.channel)).size).toBe(2);
  const byDay = await ask({ measures: ['visits'], dimensions: ['day'] });
  for (const { day, visits } of byDay.rows) {
    const of = (all: typeof rows) =>
      sum(
        all.filter((row) => row.day === day),
        'visits',
      );
    expect(of(rows) + of(others), String(day)).toBe(visits);
  }
});

test('weekday by hour: every cell is there once, and they make the whole', async () => {
  const { rows, totals } = await ask({
    measures: ['visits'],
    dimensions: ['weekday', 'hourOfDay'],
    form: 'heat',
    top: 5,
  });
  expect(rows.length).toBeLessThanOrEqual(168);
  expect(new Set(rows.map((row) => `${row.weekday} ${row.hourOfDay}`)).size).toBe(rows.length);
  expect(
    rows.every(({ weekday, hourOfDay }) => /^[1-7]$/.test(String(weekday)) && /^\d\d$/.test(String(hourOfDay))),
  ).toBe(true);
  expect(sum(rows, 'visits')).toBe(totals.visits);
  const { rows: byDay } = await ask({ measures: ['visits', 'cost'], dimensions: ['weekday'], compare: 'previous' });
  expect(byDay.map((row) => row.weekday)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(sum(byDay, 'visits')).toBe(totals.visits);
});

test('properties that events carried are found by name', async () => {
  const at = Date.now();
  const body = {
    site: shop.key,
    events: [{ id: 'own-event-1', name: 'quiz', at, url: `https://${HOST}/`, properties: { answer: 'b' } }],
  };
  const who = { address: '88.198.1.1', userAgent: 'Mozilla/5.0 Firefox/140.0' };
  await program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), who, at);
  await program.flusher.flush();
  expect(await propertiesSeen(program.reports, shop.workspace)).toContainEqual({ name: 'answer', events: 1 });
});

test('a search finds rows beyond the first', async () => {
  const { rows } = await ask({ measures: ['pageViews'], dimensions: ['page'], top: 5 }, { contains: 'blog' });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => String(row.page).includes('blog'))).toBe(true);
});

test('what makes no sense is refused with the reason', async () => {
  await expect(ask({ measures: ['bounceRate'], dimensions: ['status'] })).rejects.toThrow(/figure of whole visits/);
  await expect(ask({ measures: ['cost'], dimensions: ['country'] })).rejects.toThrow(/A cost is known by/);
});
