// Costs from the API to the report: restated, undone, in other currencies, as of a past moment.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { openKysely } from '../../platform/database/postgres.ts';
import { type CostRow, undoCosts, writeCosts } from './costs.ts';
import { removeCost, restatedCosts, setCost } from './entries.ts';
import { setRate, setVat } from './rates.ts';
import type { Db } from './tables.ts';

let program: TestProgram;
let workspace: string;
let site: string;
let db: Db;

beforeAll(async () => {
  program = await testProgram();
  ({ workspace, site } = await company(program));
  db = openKysely(program.installation.pool);
});
afterAll(() => program?.close());

const row = (more: Partial<CostRow>): CostRow => ({
  site,
  day: '2026-03-02',
  source: 'google',
  medium: 'cpc',
  campaign: 'spring',
  content: '',
  term: '',
  page: '',
  channel: 'Paid Search',
  currency: 'EUR',
  amount: 10_000,
  vat: 0,
  impressions: null,
  clicks: null,
  ...more,
});
const write = (rows: CostRow[], from: string | null = null, feed = 'ads') =>
  db.transaction().execute((tx) => writeCosts(tx, { workspace, feed, import: from }, rows));

async function costBy(dimensions: string[], more: Record<string, unknown> = {}) {
  await program.outbox.drain();
  return program.reports.run(workspace, {
    period: ['2026-03-01', '2026-04-01'],
    measures: ['cost'],
    dimensions,
    robots: 'exclude',
    limit: 100,
    offset: 0,
    ...more,
  } as Parameters<typeof program.reports.run>[1]);
}

test('a restated cost changes the past report, and says from what, by how much and when it was known', async () => {
  expect((await costBy([])).totals.cost).toBeNull();
  await write([row({}), row({ campaign: 'brand', amount: 500 }), row({ day: '2026-03-09', amount: 7_000 })]);
  expect((await costBy([])).totals.cost).toBe(17_500);
  const before = new Date().toISOString();
  const again = await write([row({ amount: 9_100 }), row({ campaign: 'brand', amount: 500 })]);
  expect(again).toMatchObject({ added: 0, changed: 1, same: 1, days: ['2026-03-02'] });
  expect((await costBy(['campaign'])).rows).toEqual([
    { campaign: 'spring', cost: 16_100 },
    { campaign: 'brand', cost: 500 },
  ]);
  expect((await costBy(['day'])).rows).toEqual([
    { day: '2026-03-02', cost: 9_600 },
    { day: '2026-03-09', cost: 7_000 },
  ]);
  expect((await costBy([], { asOf: before })).totals.cost).toBe(17_500);
  const restated = await restatedCosts(program.installation.clickhouse, workspace, {
    from: '2026-03-01',
    to: '2026-04-01',
  });
  expect(restated).toEqual([expect.objectContaining({ day: '2026-03-02', campaign: 'spring', amount: -900 })]);
});

test('a cost is filtered by what it has, and refused by what it has not', async () => {
  const filters = { property: 'campaign', is: 'equals', value: 'brand' };
  expect((await costBy([], { filters })).totals.cost).toBe(500);
  await expect(costBy(['browser'])).rejects.toThrow(/can't be split or filtered by browser/);
});

test('an import is undone whole, and what was changed after it stays', async () => {
  const a = '018f0000-0000-7000-8000-0000000000a1';
  const made = await write(
    [row({ amount: 1 }), row({ campaign: 'new', amount: 300 }), row({ campaign: 'brand', amount: 2 })],
    a,
  );
  await write([row({ campaign: 'brand', amount: 44 })], '018f0000-0000-7000-8000-0000000000a2');
  const undone = await db.transaction().execute((tx) => undoCosts(tx, { workspace, import: a }, made.before));
  expect(undone).toEqual({ undone: 2, kept: 1 });
  expect((await costBy(['campaign'])).rows).toEqual([
    { campaign: 'spring', cost: 16_100 },
    { campaign: 'brand', cost: 44 },
  ]);
});

test('other currencies count by the rate of their day; without one they are left out and it is said', async () => {
  await write([
    row({ campaign: 'usa', currency: 'USD', amount: 1_000 }),
    row({ campaign: 'usa', currency: 'USD', day: '2026-03-20', amount: 2_000 }),
  ]);
  const without = await costBy([]);
  expect(without.totals.cost).toBe(16_144);
  expect(without.trust.notes).toContainEqual({ code: 'cost-unconverted', value: 2 });
  await setRate(db, workspace, { day: '2026-03-10', currency: 'USD', toCurrency: 'EUR', rate: '0.5' }, 'test');
  const one = await costBy([]);
  expect(one.totals.cost).toBe(17_144);
  expect(one.trust.notes).toContainEqual({ code: 'cost-unconverted', value: 1 });
  await setRate(db, workspace, { day: '2026-02-27', currency: 'EUR', toCurrency: 'USD', rate: '2' }, 'test');
  const all = await costBy([]);
  expect(all.totals.cost).toBe(17_644);
  expect(all.trust.notes.map((note) => note.code)).not.toContain('cost-unconverted');
});

test('a cost entered by hand has its VAT taken out, is audited, and can be taken back', async () => {
  await setVat(db, workspace, { fromDay: '2026-01-01', percent: 19 }, 'test');
  const entered = {
    site,
    day: '2026-03-15',
    source: 'blog',
    medium: 'sponsorship',
    campaign: '',
    content: '',
    term: '',
    page: '/tents',
    amount: '119.00',
    currency: 'EUR',
    vatIncluded: true,
  };
  const made = await setCost(db, workspace, entered, 'ann@shop.example');
  expect(made.change).toBe('added');
  expect((await costBy(['landingPage'])).rows).toContainEqual({ landingPage: '/tents', cost: 10_000 });
  expect((await setCost(db, workspace, entered, 'ann@shop.example')).change).toBe('same');
  await removeCost(db, workspace, made.id!, 'ann@shop.example');
  expect((await costBy(['landingPage'])).rows.map((r) => r.landingPage)).not.toContain('/tents');
  const audit = await db
    .selectFrom('audit')
    .select(['action'])
    .where('workspace', '=', workspace)
    .where('action', 'like', 'cost.%')
    .execute();
  expect(audit.map((a) => a.action).sort()).toEqual(['cost.remove', 'cost.set']);
});
