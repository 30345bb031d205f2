// What is known of one visitor is found, handed out whole and erased; what is older than the limit goes, and totals of its days stay.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../../test/support/program.ts';
import { createApiClient } from '../../../client.ts';
import { keepLimit } from '../retention.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const COOKIE = '01a2193a-ad1d-7abc-8def-001122334455';
const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2;
const day = (offset: number): string => new Date(NOON + offset * DAY_MS).toISOString().slice(0, 10);

let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let other: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Own', 'own.example', 'UTC');
  other = await company(server.program, 'Other', 'other.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  const { collector, flusher } = server.program;
  let n = 0;
  const send = async (key: string, address: string, events: object[], more: object = {}) => {
    const told = events.map((event) => ({ id: `person-event-${n++}`, url: 'https://own.example/', ...event }));
    const body = { site: key, sent: Date.now(), events: told, ...more };
    await collector.fromBrowser(Buffer.from(JSON.stringify(body)), { address, userAgent: FIREFOX }, Date.now());
  };
  // without consent, then with it in the same visit, then an order
  await send(own.key, '192.0.2.1', [{ name: 'page_view', at: NOON }]);
  const agreed = { visitor: COOKIE, fresh: 1, ga: 'GA1.1.7.7' };
  await send(
    own.key,
    '192.0.2.1',
    [{ name: 'page_view', at: NOON + 60_000, url: 'https://own.example/tents' }],
    agreed,
  );
  const ecommerce = { transaction_id: 'N-77', value: 100, currency: 'EUR' };
  await send(own.key, '192.0.2.1', [{ name: 'purchase', at: NOON + 90_000, ecommerce }], { visitor: COOKIE });
  await fetch(`${server.url}/collect/consent`, {
    method: 'POST',
    body: JSON.stringify({ site: own.key, version: '1', choice: 'granted', visitor: COOKIE, at: NOON, language: 'en' }),
  });
  await send(own.key, '192.0.2.2', [{ name: 'page_view', at: NOON }], { visitor: 'somebody-else-00' });
  await send(other.key, '192.0.2.1', [{ name: 'page_view', at: NOON }], { visitor: COOKIE });
  const old = {
    id: 'old-0001',
    name: 'page_view',
    at: NOON - 500 * DAY_MS,
    url: 'https://own.example/',
    visitor: 'of-old',
    userAgent: FIREFOX,
  };
  await collector.fromServer(own.workspace, Buffer.from(JSON.stringify({ site: own.host, events: [old] })));
  await flusher.flush();
});
afterAll(() => server?.stop());

const find = (id: string) => api.persons.find({ workspace: own.workspace, id });
const totals = async () =>
  (
    await api.reports.run({
      ...{ workspace: own.workspace, period: [day(-600), day(2)] as [string, string] },
      measures: ['visits', 'pageViews', 'orders'],
    })
  ).totals;

test('a visitor is found by whatever they can name, with what they did before they agreed, and only in the own company', async () => {
  for (const id of [COOKIE, 'N-77', 'GA1.1.7.7']) {
    const found = await find(id);
    expect(found, id).toHaveLength(1);
    expect(found[0], id).toMatchObject({ host: 'own.example', views: 2, events: 1, orders: 1, proofs: 1 });
    expect(found[0]!.visitors).toHaveLength(2);
  }
  expect(await find('nobody-like-this')).toEqual([]);
});

test('all of it comes as a file, and is gone when erased: events, visits, orders, proofs; others stay, and so does nothing that names them', async () => {
  const { workspace, site } = own;
  const [person] = await find(COOKIE);
  const { visitor } = person!;
  const file = JSON.parse(await (await api.persons.export({ workspace, site, visitor })).text());
  expect(file.events.map(({ name }: { name: string }) => name)).toEqual(['page_view', 'page_view', 'purchase']);
  expect([file.visits.length, file.sales.length, file.consent.length]).toEqual([1, 1, 1]);
  expect(await totals()).toEqual({ visits: 3, pageViews: 4, orders: 1 });
  const run = await api.persons.erase({ workspace, site, visitor });
  await expect
    .poll(async () => (await api.jobs.get({ workspace, run: run.id })).state, { timeout: 60_000 })
    .toBe('done');
  expect(await find(COOKIE)).toEqual([]);
  expect(await totals()).toEqual({ visits: 2, pageViews: 2, orders: 0 });
  const { pool, clickhouse } = server.program.installation;
  const proofs = await pool.query('SELECT 1 FROM consent_proof WHERE workspace = $1', [workspace]);
  expect(proofs.rowCount).toBe(0);
  const named = await pool.query(
    `SELECT 1 FROM job_run WHERE workspace = $1 AND (payload::text LIKE $2 OR checkpoint::text LIKE $2)
     UNION ALL SELECT 1 FROM audit WHERE workspace = $1 AND (target LIKE $2 OR details::text LIKE $2)`,
    [workspace, `%${visitor}%`],
  );
  expect(named.rowCount).toBe(0);
  const theirs = await clickhouse.query({
    query: `SELECT count() AS n FROM events WHERE workspace = '${other.workspace}'`,
    format: 'JSONEachRow',
  });
  expect(await theirs.json()).toEqual([{ n: '1' }]);
});

test('what is older than the limit goes at night, its days keep their totals, and reports say so', async () => {
  const { workspace } = own;
  const tooShort = api.keeping.set({ workspace, months: 1 });
  await expect(tooShort).rejects.toThrow();
  const preview = await api.keeping.preview({ workspace, months: 13 });
  expect(preview).toMatchObject({ events: 1, first: day(-500) });
  expect(await api.keeping.set({ workspace, months: 13 })).toEqual({ months: 13, keptFrom: null });
  const before = await totals();
  await server.program.jobs.enqueue(server.program.db as never, workspace, keepLimit, {});
  await expect
    .poll(async () => (await api.keeping.get({ workspace })).keptFrom, { timeout: 60_000 })
    .toBe(preview.before);
  expect((await api.keeping.preview({ workspace, months: 13 })).events).toBe(0);
  expect(await totals()).toEqual(before);
  const byPage = await api.reports.run({
    ...{ workspace, period: [day(-600), day(2)] as [string, string] },
    ...{ measures: ['visits'], dimensions: ['landingPage'] },
  });
  expect(byPage.rows.reduce((sum, { visits }) => sum + Number(visits), 0)).toBe(1);
  expect(byPage.trust.notes).toContainEqual({ code: 'kept-from', value: preview.before });
  expect(await api.keeping.set({ workspace, months: null })).toEqual({ months: null, keptFrom: preview.before });
});

test('a page for visitors says what is counted and switches it off, in their language', async () => {
  const page = await (await fetch(`${server.url}/privacy/${own.key}`, { headers: { 'accept-language': 'ru' } })).text();
  expect(page).toContain('href="https://own.example/?tw_off"');
  expect(page).toContain('Как считаются посещения own.example');
  expect((await fetch(`${server.url}/privacy/none`)).status).toBe(404);
});
