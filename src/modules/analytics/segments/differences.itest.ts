// What a segment differs in is counted rightly, ranked by how sure it is, and held back where there is too little to go by.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import type { Filter } from '../contract.ts';
import { differencesOf, saidBy } from './differences.ts';

let program: TestProgram;
let shop: { workspace: string; site: string };
const HOUR = 3_600_000;
const NOON = Date.parse('2026-10-10T12:00:00Z');
const PERIOD: [string, string] = ['2026-10-01', '2026-10-31'];
const asked = (of: Filter, filters?: Filter) =>
  differencesOf(program.reports, shop.workspace, { period: PERIOD, of, ...(filters ? { filters } : {}) });

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program, 'Shop', 'shop.example', 'UTC');
  // 400 visitors with one visit each: every fourth from mail, every second with a phone; 60 of the 100 mail visitors see /sale, and 40 others
  const rows = Array.from({ length: 400 }, (_, i) => {
    const mail = i % 4 === 0;
    const sale = mail ? i < 240 : i % 10 === 1;
    const at = NOON + (i % 50) * HOUR;
    const visitor = BigInt(i + 1);
    const device = i % 8 < 4 ? 'mobile' : 'desktop';
    const base = { visitor, visitorKind: 'consented', device, channel: mail ? 'Email' : 'Direct' } as const;
    return [
      eventRow(shop, { ...base, at, path: '/' }),
      ...(sale ? [eventRow(shop, { ...base, at: at + 1000, path: '/sale' })] : []),
    ];
  });
  await program.spool.append(rows.flat());
  await program.flusher.flush();
});
afterAll(() => program?.close());

test('shares of the segment stand beside those of everyone else, and what is alike is not told', async () => {
  const mail: Filter = { property: 'channel', is: 'equals', value: 'Email' };
  const { here, elsewhere, tooFew, rows } = await asked(mail);
  expect([here, elsewhere, tooFew]).toEqual([100, 300, false]);
  // the device is alike on both sides, and that mail comes by mail is no news
  expect(rows).toEqual([{ dimension: 'page', value: '/sale', here: 0.6, elsewhere: 40 / 300, visits: 60 }]);
});

test('a segment of visitors, and the filter of the question, hold', async () => {
  const sawSale: Filter = {
    visitors: { did: { what: 'view', where: { property: 'page', is: 'equals', value: '/sale' } } },
  };
  const all = await asked(sawSale);
  expect([all.here, all.elsewhere]).toEqual([100, 300]);
  const channels = all.rows.filter((one) => one.dimension === 'channel');
  expect(channels).toContainEqual({
    dimension: 'channel',
    value: 'Email',
    here: 0.6,
    elsewhere: 40 / 300,
    visits: 60,
  });
  expect(all.rows.some((one) => one.value === '/sale')).toBe(false);
  const phones = await asked(sawSale, { property: 'device', is: 'equals', value: 'mobile' });
  expect(phones.here + phones.elsewhere).toBe(200);
});

test('of too few visits nothing is said, and another segment that is missing is refused', async () => {
  expect(await asked({ property: 'device', is: 'equals', value: 'tv' })).toMatchObject({
    here: 0,
    tooFew: true,
    rows: [],
  });
  await expect(asked({ segment: '01890000-0000-7000-8000-000000000000' })).rejects.toThrow(/not in this company/);
});

test('a definition names properties of visits as a whole, pages and events one by one', () => {
  const said = saidBy({
    and: [
      { property: 'device', is: 'in', value: ['mobile', 'tablet'] },
      { visitors: { did: { where: { property: 'event', is: 'in', value: ['purchase', 'lead'] } } } },
    ],
  });
  expect([...said].sort()).toEqual(['device', 'event lead', 'event purchase']);
});
