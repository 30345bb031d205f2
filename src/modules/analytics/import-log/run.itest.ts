// The real access log of 2015 (fixtures/SOURCE.txt) through the database: its known numbers come out, and again is nothing new.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { reportQuery } from '../contract.ts';
import { runLogImport } from './run.ts';

const LOG = join(import.meta.dirname, 'fixtures/access.log.gz');
let program: TestProgram;
let place: { workspace: string; site: string };
beforeAll(async () => {
  program = await testProgram();
  place = await company(program, 'Semicomplete', 'semicomplete.com', 'UTC');
});
afterAll(() => program?.close());

const KNOWN = {
  lines: 10_000,
  accepted: 10_000,
  rejected: 0,
  addresses: 1753,
  bytes: 2_747_282_740,
  statuses: { 200: 9126, 206: 45, 301: 164, 304: 445, 403: 2, 404: 213, 416: 2, 500: 3 },
};

test('the file’s numbers are exact, its rows are in reports, and a second import adds nothing', async () => {
  const { import: _id, ...first } = await runLogImport(program, { ...place, files: [LOG], who: 'test' });
  expect(first).toMatchObject({ ...KNOWN, duplicates: 0 });
  const ask = (query: object) =>
    program.reports.run(
      place.workspace,
      reportQuery.parse({ period: ['2015-05-01', '2015-06-01'], robots: 'include', ...query }),
    );
  const byStatus = await ask({ measures: ['events'], dimensions: ['status'] });
  expect(Object.fromEntries(byStatus.rows.map((row) => [row.status, row.events]))).toEqual(KNOWN.statuses);
  expect((await ask({ measures: ['bytes', 'events'] })).totals).toEqual({ bytes: KNOWN.bytes, events: 10_000 });
  const people = await ask({ measures: ['visits', 'visitors', 'pageViews'], robots: 'exclude' });
  expect(people.totals).toEqual({ visits: first.visits, visitors: first.visitors, pageViews: first.pageViews });
  expect(people.trust.robots.events).toBe(first.botHits);
  const { import: _again, ...second } = await runLogImport(program, { ...place, files: [LOG], who: 'test' });
  expect(second).toEqual({ ...first, duplicates: 10_000 });
  expect((await ask({ measures: ['bytes', 'events'] })).totals).toEqual({ bytes: KNOWN.bytes, events: 10_000 });
});
