// Short links over HTTP: who is sent where, who is counted as what, and that no count is lost.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { createApiClient } from '../../client.ts';
import { Clicks } from './clicks.ts';

const BROWSER =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1';
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  server = await startServer({ trustedProxies: '1' });
  own = await company(server.program, 'Nord', 'nord.example');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
});
afterAll(() => server?.stop());

let made = 0;
const make = (more: object = {}) =>
  api.links.create({
    workspace: own.workspace,
    name: `Link ${++made}`,
    target: 'https://nord.example/sale?size=m',
    source: 'vk',
    medium: 'social',
    campaign: `c${made}`,
    ...more,
  });
const pathOf = (address: string): string => new URL(address).pathname;
const get = (path: string, more: { method?: string; headers?: Record<string, string> } = {}) =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    ...more,
    headers: { 'user-agent': BROWSER, 'x-forwarded-for': '203.0.113.9', ...more.headers },
  });
const counts = async (link: string) => {
  const { days } = await api.links.clicks({ workspace: own.workspace, link, from: '2020-01-01', to: '2100-01-01' });
  return days.map(({ clicks, scans, robots }) => ({ clicks, scans, robots }));
};

test('a person is sent on with the tags, without a cookie, and is counted with country and device', async () => {
  const link = await make();
  const answer = await get(pathOf(link.short));
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe(
    'https://nord.example/sale?size=m&utm_source=vk&utm_medium=social&utm_campaign=c1',
  );
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  await get(pathOf(link.scan));
  expect(await counts(link.id)).toEqual([{ clicks: 1, scans: 1, robots: 0 }]);
  const { devices } = await api.links.clicks({
    workspace: own.workspace,
    link: link.id,
    from: '2020-01-01',
    to: '2100-01-01',
  });
  expect(devices).toEqual([{ value: 'mobile', count: 2 }]);
});

test('robots are counted apart, whoever only looks is not counted, and a flood from one address is no people', async () => {
  const link = await make();
  await get(pathOf(link.short), { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } });
  await get(pathOf(link.short), { headers: { 'sec-purpose': 'prefetch' } });
  const looked = await get(pathOf(link.short), { method: 'HEAD' });
  expect(looked.status).toBe(302);
  expect(await counts(link.id)).toEqual([{ clicks: 0, scans: 0, robots: 2 }]);
  const flood = await make();
  await Promise.all(
    Array.from({ length: 100 }, () => get(pathOf(flood.short), { headers: { 'x-forwarded-for': '203.0.113.77' } })),
  );
  expect(await counts(flood.id)).toEqual([{ clicks: 60, scans: 0, robots: 40 }]);
});

test('an unknown code is told kindly, in the language of the browser, and guessing is slowed down', async () => {
  const german = await get('/l/nothere', { headers: { 'accept-language': 'de' } });
  expect(german.status).toBe(404);
  expect(await german.text()).toContain('There is no such link');
  const russian = await get('/l/nothere', { headers: { 'accept-language': 'ru-RU,ru;q=0.9' } });
  expect(await russian.text()).toContain('Такой ссылки нет');
  const from = { headers: { 'x-forwarded-for': '203.0.113.200' } };
  for (let n = 0; n < 60; n++) await get(`/l/guess${n}`, from);
  expect((await get('/l/guess60', from)).status).toBe(429);
});

test('a link that is switched off or over has ended; one that is put away goes on', async () => {
  const over = await make({ lastDay: '2020-01-01' });
  expect((await get(pathOf(over.short))).status).toBe(410);
  const off = await make({ active: false });
  const answer = await get(pathOf(off.short));
  expect(answer.status).toBe(410);
  expect(await answer.text()).toContain('https://nord.example/');
  const away = await make();
  await api.links.archive({ workspace: own.workspace, link: away.id });
  expect((await get(pathOf(away.short))).status).toBe(302);
});

test('only pages of the web are taken as targets', async () => {
  for (const target of ['javascript:alert(1)', 'data:text/html,hi', 'file:///etc/passwd', 'https://a:b@nord.example/'])
    await expect(make({ target })).rejects.toThrow();
});

test("a company's own domain leads to its links and to nobody else's", async () => {
  const other = await company(server.program, 'Other', 'other.example');
  const { cookie } = await signedIn(server, other.workspace, 'marketer');
  const theirs = createApiClient({ server: server.url, cookie });
  const link = await make({ code: 'autumn' });
  const { address } = await api.links.setDomain({ workspace: own.workspace, domain: 'go.nord.example' });
  expect(address).toBe('http://go.nord.example');
  await expect(theirs.links.setDomain({ workspace: other.workspace, domain: 'go.nord.example' })).rejects.toThrow(
    /Another company/,
  );
  await expect(theirs.links.setDomain({ workspace: other.workspace, domain: 'nord.example' })).rejects.toThrow(
    /A site stands/,
  );
  await theirs.links.setDomain({ workspace: other.workspace, domain: 'go.other.example' });
  // fetch sets Host by itself; behind a proxy the name asked for comes in this header
  const at = (host: string) => get('/l/autumn', { headers: { 'x-forwarded-host': host } });
  expect((await at('go.nord.example')).status).toBe(302);
  expect((await at('go.other.example')).status).toBe(404);
  expect((await get('/l/autumn')).status).toBe(302);
  await expect(
    theirs.links.create({ workspace: other.workspace, name: 'Mine', target: 'https://other.example/', code: 'autumn' }),
  ).rejects.toThrow(/taken/);
  expect((await api.links.list({ workspace: own.workspace, find: 'autumn' }))[0]).toMatchObject({
    id: link.id,
    short: 'http://go.nord.example/l/autumn',
  });
});

test('a count is on disk before its visitor is sent on, and what a database away could not take follows', async () => {
  const link = await make();
  const { pool } = server.program.installation;
  const click = { link: link.id, day: '2026-11-01', country: 'DE', device: 'mobile', way: 'click' } as const;
  let away = true;
  let statements = 0;
  const moody = {
    query: (...asked: Parameters<typeof pool.query>) => {
      statements++;
      return away ? Promise.reject(new Error('away')) : pool.query(...asked);
    },
  } as unknown as typeof pool;
  const clicks = new Clicks({ pool: moody, log: server.program.installation.log });
  await Promise.all([clicks.count(click), clicks.count(click)]);
  away = false;
  statements = 0;
  await Promise.all(Array.from({ length: 500 }, () => clicks.count(click)));
  expect(statements).toBeLessThan(10);
  await clicks.close();
  expect(await counts(link.id)).toEqual([{ clicks: 502, scans: 0, robots: 0 }]);
});
