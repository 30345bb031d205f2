// The collector: what a browser or a server sends is on disk before the answer, stored once, and bad input touches nothing.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Spool, SpoolRefused } from '../../src/platform/events/spool.ts';
import { uuidv7 } from '../../src/platform/ids/uuid.ts';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
let server: TestServer;
let shop: Awaited<ReturnType<typeof company>>;
beforeAll(async () => {
  server = await startServer({ flushMs: '50' });
});
afterAll(() => server?.stop());
let hosts = 0;
beforeEach(async () => {
  shop = await company(server.program, 'Shop', `shop${++hosts}.example`);
});

type Sent = BodyInit | Uint8Array | Record<string, unknown>;
const send = (body: Sent, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/collect`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': CHROME, ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
  });
const view = (extra: object = {}) => ({
  id: uuidv7(),
  name: 'page_view',
  at: Date.now(),
  url: `https://${shop.host}/`,
  ...extra,
});

async function stored(): Promise<Record<string, string | number>[]> {
  await server.program.flusher.flush();
  const answer = await server.program.installation.clickhouse.query({
    query: `SELECT * FROM events WHERE workspace = '${shop.workspace}' ORDER BY at, id`,
    format: 'JSONEachRow',
  });
  return answer.json();
}

test('a page view is derived, stored once and becomes a visit', async () => {
  const event = view({
    url: `https://${shop.host}/sale?utm_source=Google&utm_medium=cpc&utm_campaign=autumn`,
    referrer: 'https://www.google.com/',
    language: 'de-DE',
    width: 1440,
  });
  const body = { site: shop.key, events: [event] };
  expect((await send(body)).status).toBe(202);
  expect((await send(body)).status).toBe(202);
  expect((await send({ ...body, events: [view(), event, event] })).status).toBe(202);
  const rows = await stored();
  expect(rows).toHaveLength(2);
  const row = rows.find((r) => r.path === '/sale')!;
  expect(row).toMatchObject({
    kind: 'view',
    source: 'google',
    medium: 'cpc',
    campaign: 'autumn',
    channel: 'Paid Search',
    browser: 'Chrome',
    device: 'desktop',
    language: 'de',
    visitor_kind: 'cookieless',
    bot: 0,
  });
  expect(JSON.stringify(rows)).not.toContain('127.0.0.1');
});

test('robots are flagged, not dropped, and reports leave them out and say how many', async () => {
  await send({ site: shop.key, events: [view()] });
  await send(
    { site: shop.key, events: [view()] },
    { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
  );
  expect(await stored()).toHaveLength(2);
  const today = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const later = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const answer = await server.program.reports.run(shop.workspace, {
    period: [today, later],
    measures: ['visits', 'pageViews'],
    dimensions: [],
    robots: 'exclude',
    limit: 10,
    offset: 0,
  });
  expect(answer.totals).toEqual({ visits: 1, pageViews: 1 });
  expect(answer.trust.robots).toEqual({ events: 1, visits: 1 });
});

test('consent gives a lasting id and joins the visit begun before it', async () => {
  await send({ site: shop.key, events: [view({ at: Date.now() - 60_000 })] });
  await send({ site: shop.key, visitor: 'b7d1c8e2-1111-4222-8333-944455556666', fresh: 1, events: [view()] });
  await server.program.flusher.flush();
  const answer = await server.program.installation.clickhouse.query({
    query: `SELECT views FROM visits FINAL WHERE workspace = '${shop.workspace}'`,
    format: 'JSONEachRow',
  });
  expect(await answer.json()).toEqual([{ views: 2 }]);
});

describe('bad input', () => {
  const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const cases: [string, () => unknown, RegExp][] = [
    ['not JSON', () => 'hello', /not JSON/],
    ['nothing', () => '', /not JSON/],
    ['deep JSON', () => nested, /nested deeper/],
    ['invalid UTF-8', () => new Uint8Array([0x7b, 0xff, 0xfe]), /UTF-8/],
    ['an unknown site', () => ({ site: 'nope', events: [view()] }), /no site has this key/],
    ['no events', () => ({ site: shop.key, events: [] }), /at least one event/],
    ['too many events', () => ({ site: shop.key, events: Array.from({ length: 501 }, () => view()) }), /At most 500/],
    ['a date in the future', () => ({ site: shop.key, events: [view({ at: Date.now() + 86_400_000 })] }), /future/],
    ['a date long past', () => ({ site: shop.key, events: [view({ at: 0 })] }), /past/],
    ['a date that is none', () => ({ site: shop.key, events: [view({ at: '2026-13-45' })] }), /events.0.at/],
    ['a number too large', () => `{"site":"x","events":[{"id":"aaaaaaaa","name":"a","at":1e999}]}`, /events.0.at/],
    [
      'a bad amount',
      () => ({ site: shop.key, events: [view({ revenue: { amount: '1,5', currency: 'EUR' } })] }),
      /1990.50/,
    ],
  ];
  test.each(cases)('%s is refused with a reason and nothing of it is kept', async (_name, body, reason) => {
    const given = body();
    const answer = await send(typeof given === 'string' || given instanceof Uint8Array ? given : JSON.stringify(given));
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toMatch(reason);
    expect(await stored()).toEqual([]);
  });

  test('a body of 10 MB is refused', async () => {
    const answer = await send(`{"site":"${shop.key}","events":[${'0'.repeat(10_000_000)}]}`).catch(() => null);
    expect(answer === null || answer.status === 413).toBe(true);
    expect((await send({ site: shop.key, events: [view()] })).status).toBe(202);
  });

  test('a good event beside a bad one is not kept either', async () => {
    expect((await send({ site: shop.key, events: [view(), view({ scroll: 400 })] })).status).toBe(400);
    expect(await stored()).toEqual([]);
  });
});

test('a full disk is said, and nothing of the refused request is kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-full-'));
  const spool = new Spool(folder);
  await spool.open();
  // the kernel's own full device in place of the segment
  const original = spool.segmentName;
  spool.segmentName = () => {
    const name = original();
    symlinkSync('/dev/full', join(folder, name));
    return name;
  };
  await expect(spool.append([Buffer.from('row')])).rejects.toThrow(SpoolRefused);
  await expect(spool.append([Buffer.from('row')])).rejects.toThrow(/disk .* full/);
  await spool.close();
  rmSync(folder, { recursive: true });
});

test('a server sends events with its API key, in batches, each once', async () => {
  const owner = await signedIn(server, shop.workspace, 'owner');
  const make = async (permission: string): Promise<string> => {
    const made = await fetch(`${server.url}/api/v1/workspaces/${shop.workspace}/api-keys`, {
      method: 'POST',
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'crm', permissions: [permission] }),
    });
    return ((await made.json()) as { key: string }).key;
  };
  const key = await make('events:write');
  const body = JSON.stringify({
    site: shop.host,
    events: [
      {
        id: 'order-1001',
        name: 'purchase',
        at: Date.now(),
        person: 'customer-7',
        revenue: { amount: 19.9, currency: 'EUR' },
        properties: { plan: 'pro' },
      },
    ],
  });
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: 'Bearer tw_wrong' })).status).toBe(401);
  expect((await post({ authorization: `Bearer ${await make('analytics:read')}` })).status).toBe(403);
  for (let i = 0; i < 2; i++) expect((await post({ authorization: `Bearer ${key}` })).status).toBe(202);
  const rows = await stored();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    name: 'purchase',
    revenue: '1990',
    currency: 'EUR',
    person: 'customer-7',
    visitor_kind: 'server',
    properties: { plan: 'pro' },
  });
});

test('salts are gone after 48 hours', async () => {
  const { salts, installation } = server.program;
  const day = 20_000;
  await salts.ofDay(day);
  await salts.forget((day + 2) * 86_400_000);
  expect((await installation.pool.query("SELECT 1 FROM visitor_salt WHERE day = '2024-10-04'")).rowCount).toBe(0);
});

test('the proof of a choice is kept with the text that was shown', async () => {
  const text = await (await fetch(`${server.url}/collect/consent/${shop.key}?language=ru-RU`)).json();
  expect(text).toMatchObject({ version: '0', language: 'ru', mode: 'opt-in' });
  const answer = await fetch(`${server.url}/collect/consent`, {
    method: 'POST',
    body: JSON.stringify({ site: shop.key, version: '0', choice: 'granted', at: Date.now(), language: 'ru' }),
  });
  expect(answer.status).toBe(202);
  const rows = await server.program.db.selectFrom('consent_proof').selectAll().where('site', '=', shop.site).execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]!.text_hash).toMatch(/^[0-9a-f]{64}$/);
});
