// Visitors now: who did something in the last five minutes, counted once, on the page seen last.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../support/program.ts';

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

test('counts people of the last five minutes and says where they are', async () => {
  const shop = await company(program, 'Shop', 'shop.example');
  const other = await company(program, 'Other', 'other.example');
  const now = Date.now();
  const minutes = (n: number) => now - n * 60_000;
  await program.spool.append([
    eventRow(shop, { visitor: 1n, at: minutes(4), path: '/' }),
    eventRow(shop, { visitor: 1n, at: minutes(1), path: '/a' }),
    eventRow(shop, { visitor: 2n, at: minutes(2), path: '/a' }),
    // still reading what was opened long ago
    eventRow(shop, { visitor: 3n, at: minutes(20), path: '/long' }),
    eventRow(shop, { visitor: 3n, at: minutes(3), path: '/long', kind: 'signal' }),
    eventRow(shop, { visitor: 4n, at: minutes(7), path: '/gone' }),
    eventRow(shop, { visitor: 5n, at: minutes(1), path: '/robot', bot: true }),
    eventRow(shop, { visitor: 6n, at: minutes(1), path: '/log', visitorKind: 'imported' }),
    eventRow(other, { visitor: 7n, at: minutes(1), path: '/other' }),
  ]);
  expect((await program.reports.live(shop.workspace, undefined)).visitors).toBe(0);
  await program.flusher.flush();
  const live = await program.reports.live(shop.workspace, 'shop.example');
  expect(live).toMatchObject({
    visitors: 3,
    pages: [
      { page: '/a', visitors: 2 },
      { page: '/long', visitors: 1 },
    ],
  });
  expect(Date.parse(live.freshTo!)).toBeGreaterThan(now - 10 * 60_000);
  await expect(program.reports.live(shop.workspace, 'other.example')).rejects.toThrow(/no site/);
});
