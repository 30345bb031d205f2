// Tables as files over the real server: streamed, of the own company alone, and what a spreadsheet would run is text.
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportDriver } from '../support/import-driver.ts';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';

let server: TestServer;
let own: { workspace: string };
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  own = await company(server.program);
  ({ cookie } = await signedIn(server, own.workspace, 'marketer'));
  const imports = new ImportDriver({ send: fetch, url: server.url, workspace: own.workspace, cookie });
  const rows = Array.from({ length: 12_000 }, (_, i) => `2026-11-0${1 + (i % 9)},c${i},1.50`).join('\n');
  await imports.whole('costs', 'costs.csv', `day,campaign,cost\n${rows}\n2026-11-09,=1+1,-2.00\n`);
  await imports.ask('POST', '/annotations', { day: '2026-11-01', text: '@everyone, a launch' });
});
afterAll(() => server?.stop());

const get = (path: string, as = cookie) =>
  fetch(`${server.url}/api/v1/workspaces/${own.workspace}/tables/${path}`, { headers: { cookie: as } });
const COSTS = 'costs?from=2026-11-01&to=2026-12-01';

test('all rows come, as CSV and as a workbook, with formulas as text', async () => {
  const answer = await get(COSTS);
  expect(answer.headers.get('content-disposition')).toContain('costs-2026-11-01-2026-12-01.csv');
  const lines = (await answer.text()).trim().split('\r\n');
  expect(lines).toHaveLength(12_002);
  expect(lines.filter((line) => line.includes("'=1+1"))).toHaveLength(1);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await (await get(`${COSTS}&format=xlsx`)).arrayBuffer());
  const sheet = book.worksheets[0]!;
  expect(sheet.rowCount).toBe(12_002);
  expect(sheet.getRow(1).getCell(12).value).toBe('amount');
  let formulas = 0;
  sheet.eachRow((row) => row.eachCell((cell) => cell.formula && formulas++));
  expect(formulas).toBe(0);
  expect(await (await get('notes')).text()).toContain(`2026-11-01,"'@everyone, a launch"`);
});

test('a report comes as a file of its query, and a query that can’t be read is told so', async () => {
  const query = { period: ['2026-11-01', '2026-12-01'], measures: ['cost'], dimensions: ['campaign'] };
  await server.program.outbox.drain();
  const answer = await get(`report?${new URLSearchParams({ query: JSON.stringify(query), format: 'csv' })}`);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).trim().split('\r\n');
  expect(lines[0]).toBe('campaign,cost');
  expect(lines.length).toBe(12_002);
  expect(new Set(lines).size).toBe(12_002);
  for (const wrong of ['report?query=%7B', 'report?query={}', 'costs', 'costs?from=x&to=y'])
    expect((await get(wrong)).status, wrong).toBe(400);
});

test('no table of another company, none without signing in, none without the right', async () => {
  const other = await company(server.program, 'Other', 'other.example');
  const stranger = await signedIn(server, other.workspace, 'owner');
  const contractor = await signedIn(server, own.workspace, 'contractor');
  for (const table of [COSTS, 'notes', 'report?query={}', 'nothing']) {
    expect((await get(table, stranger.cookie)).status, table).toBe(404);
    expect((await get(table, '')).status, table).toBe(401);
  }
  for (const table of [COSTS, 'notes', 'report?query={}'])
    expect((await get(table, contractor.cookie)).status).toBe(403);
  expect((await get('nothing')).status).toBe(404);
});
