// Rates by themselves: a bank on this machine with files of the published shape, asked once a day on the company's clock.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiClient } from '../../../src/modules/client.ts';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { dueConnections, ratesRound } from './fetch-rates.ts';
import type { Db } from './tables.ts';

const today = new Date().toISOString().slice(0, 10);
const ecb = (day: string, usd: string) =>
  `<gesmes:Envelope xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time="${day}"><Cube currency="USD" rate="${usd}"/><Cube currency="GBP" rate="0.84"/></Cube></Cube></gesmes:Envelope>`;
let state: 'open' | 'closed' = 'open';
let usd = '1.08';
let asked = 0;
let bank: Server;
let server: TestServer;
let workspace: string;
let api: ReturnType<typeof createApiClient>;
let db: Db;

beforeAll(async () => {
  bank = createServer((_request, answer) => {
    asked++;
    if (state === 'closed') answer.writeHead(404).end();
    else answer.writeHead(200, { 'content-type': 'text/xml' }).end(ecb(today, usd));
  }).listen(0, '127.0.0.1');
  server = await startServer({ allowHosts: '127.0.0.1' });
  db = server.program.db as unknown as Db;
  ({ workspace } = await company(server.program, 'Shop', 'shop.example', 'Asia/Kolkata'));
  const { cookie } = await signedIn(server, workspace, 'owner');
  api = createApiClient({ server: server.url, cookie });
});
afterAll(async () => {
  await server?.stop();
  bank?.close();
});

const address = () => `http://127.0.0.1:${(bank.address() as AddressInfo).port}`;
const round = () => server.program.jobs.enqueue(server.program.db, null, ratesRound, {});
const stored = async () =>
  (await api.rates.list({ workspace })).map((one) => `${one.toCurrency} ${one.rate} ${one.source}`);

test('nothing is asked before a bank is connected, and a bank that is switched off is left alone', async () => {
  const { id } = await api.connections.create({
    workspace,
    provider: 'ecb',
    name: 'Bank',
    settings: { address: address() },
  });
  await api.connections.update({ workspace, connection: id, state: 'off' });
  expect(await dueConnections(db, ['ecb', 'cbr'], new Date())).toEqual([]);
  await api.connections.update({ workspace, connection: id, state: 'new' });
  expect(await dueConnections(db, ['ecb', 'cbr'], new Date())).toEqual([{ id, workspace }]);
});

test('the round stores the rates, and asks no second time that day', async () => {
  await round();
  await expect.poll(stored, { timeout: 10_000 }).toEqual(['GBP 0.84 ecb', 'USD 1.08 ecb']);
  await expect.poll(async () => (await api.rates.banks({ workspace }))[0]?.stored).toBe(2);
  const before = asked;
  await round();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(asked).toBe(before);
});

test('tomorrow begins at five in the afternoon of the company’s own zone', async () => {
  await server.program.installation.pool.query("UPDATE rate_fetch SET day = '2026-06-09'");
  const due = async (at: string) => (await dueConnections(db, ['ecb'], new Date(at))).length;
  // Kolkata is five and a half hours ahead
  expect(await due('2026-06-10T11:29:00Z')).toBe(0);
  expect(await due('2026-06-10T11:30:00Z')).toBe(1);
  expect(await due('2026-06-09T17:00:00Z')).toBe(0);
});

test('a corrected rate is taken over; a bank that is away is asked again later, and says why', async () => {
  const [one] = await api.rates.banks({ workspace });
  usd = '1.09';
  await api.rates.fetch({ workspace, connection: one!.id });
  await expect.poll(stored, { timeout: 10_000 }).toContain('USD 1.09 ecb');
  state = 'closed';
  const { run } = await api.rates.fetch({ workspace, connection: one!.id });
  const row = () =>
    server.program.db
      .selectFrom('job_run')
      .select(['state', 'attempt', 'error'])
      .where('id', '=', run)
      .executeTakeFirst();
  await expect.poll(async () => (await row())?.error, { timeout: 10_000 }).toMatch(/404/);
  expect(await row()).toMatchObject({ state: 'waiting', attempt: 1 });
});

test('a file of a bank is known by itself, kept once, and another file is refused in words', async () => {
  const keep = async (text: string, name: string) =>
    (await server.program.files.save(workspace, Readable.from([Buffer.from(text)]), { name, who: 'test' })).id;
  const cbr = `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="20.11.2025"><Valute><CharCode>USD</CharCode><Nominal>1</Nominal><Value>80,73</Value></Valute></ValCurs>`;
  expect(await api.rates.importFile({ workspace, file: await keep(cbr, 'daily.xml') })).toEqual({
    source: 'cbr',
    read: 1,
    stored: 1,
    from: '2025-11-20',
    to: '2025-11-20',
  });
  expect(await api.rates.importFile({ workspace, file: await keep(cbr, 'daily.xml') })).toMatchObject({ stored: 0 });
  await expect(api.rates.importFile({ workspace, file: await keep('a,b\n1,2', 'x.csv') })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('not a file of rates'),
  });
  const trail = await api.audit.list({ workspace, action: 'rate.import' });
  expect(trail[0]?.details).toMatchObject({ source: 'cbr', read: 1 });
});
