// What a company leaves out of its figures: kept as rules, asked before anything is stored, counted by rule and day.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { runLogImport } from '../import-log/run.ts';
import type { RuleKind } from './contract.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let cookie: string;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Own', 'own.example');
  ({ cookie } = await signedIn(server, own.workspace, 'marketer'));
});
afterAll(() => server?.stop());

const call = async (method: string, path: string, body?: unknown, workspace = own.workspace) => {
  const answer = await fetch(`${server.url}/api/v1/workspaces/${workspace}${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
};
const rule = async (kind: RuleKind, pattern: string, more: object = {}) =>
  (await call('POST', '/counting-rules', { name: `${kind} ${pattern}`, kind, pattern, ...more })).body as {
    id: string;
    version: number;
  };

let sent = 0;
async function send(path: string, more: { address?: string; agent?: string; referrer?: string; at?: number } = {}) {
  const at = more.at ?? Date.now() - 60_000;
  const events = ['page_view', 'engagement'].map((name) => ({
    id: `care-event-${sent++}`,
    name,
    at,
    url: `https://own.example${path}`,
    ...(more.referrer ? { referrer: more.referrer } : {}),
    ...(name === 'engagement' ? { duration: 5000 } : {}),
  }));
  const body = Buffer.from(JSON.stringify({ site: own.key, sent: Date.now(), events }));
  const who = { address: more.address ?? '192.0.2.1', userAgent: more.agent ?? CHROME };
  return server.program.collector.fromBrowser(body, who, Date.now());
}
const rows = async <Row>(sql: string): Promise<Row[]> => {
  const answer = await server.program.installation.clickhouse.query({ query: sql, format: 'JSONEachRow' });
  return answer.json<Row>();
};
const stored = async () => {
  await server.program.flusher.flush();
  return rows<{ url: string; referrer: string; bot: number; bot_name: string }>(
    `SELECT url, referrer, bot, bot_name FROM events WHERE workspace = '${own.workspace}' AND kind = 'view' ORDER BY at, id`,
  );
};

test('what can mean nothing, or everything, is refused with what to write', async () => {
  for (const [kind, pattern] of [
    ['address', 'office'],
    ['address', '0.0.0.0/0'],
    ['path', 'admin'],
    ['path', '/*'],
    ['parameter', 'a=b'],
    ['spam', 'localhost'],
    ['robot', 'Moz'],
  ] as const) {
    const answer = await call('POST', '/counting-rules', { name: 'x', kind, pattern });
    expect(answer.status, `${kind} ${pattern}`).toBe(400);
  }
});

test('an address, a page and a parameter are left out before anything is stored, and counted', async () => {
  const office = await rule('address', '203.0.113.0/24');
  const admin = await rule('path', '/admin/*');
  await rule('parameter', 'token');
  await rule('spam', 'spam.example');
  await rule('robot', 'PriceWatch');
  await send('/', { address: '203.0.113.9' });
  await send('/admin/orders');
  await send('/page?token=secret&q=1', { referrer: 'https://own.example/?token=secret' });
  await send('/spammed', { referrer: 'https://www.spam.example/win' });
  await send('/watched', { agent: `${CHROME} PriceWatch/1` });
  expect(await stored()).toEqual([
    { url: 'https://own.example/page?q=1', referrer: 'https://own.example/', bot: 0, bot_name: '' },
    { url: 'https://own.example/spammed', referrer: 'https://www.spam.example/win', bot: 1, bot_name: 'Referrer spam' },
    { url: 'https://own.example/watched', referrer: '', bot: 1, bot_name: 'robot PriceWatch' },
  ]);
  await server.program.collector.close();
  const list = (await call('GET', '/counting-rules')).body as { id: string; week: number; month: number }[];
  expect(list.find(({ id }) => id === office.id)).toMatchObject({ week: 1, month: 1 });
  expect(list.find(({ id }) => id === admin.id)).toMatchObject({ week: 1, month: 1 });
  // nothing of the visitor's address is anywhere
  const text = JSON.stringify(await rows(`SELECT * FROM events WHERE workspace = '${own.workspace}'`));
  expect(text).not.toContain('203.0.113.9');
  expect(text).not.toContain('secret');
});

test('a server that tells of visitors is held to the same rules', async () => {
  const event = { id: 'server-1-0000', name: 'page_view', at: Date.now(), url: 'https://own.example/admin/x' };
  const body = {
    site: 'own.example',
    events: [event, { ...event, id: 'server-2-0000', address: '203.0.113.1', url: 'https://own.example/' }],
  };
  expect(await server.program.collector.fromServer(own.workspace, Buffer.from(JSON.stringify(body)))).toBe(0);
});

test('an imported log is held to the same rules, and its counts come once', async () => {
  const line = (address: string, path: string, agent = CHROME, referrer = '-') =>
    `${address} - - [03/Mar/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 100 "${referrer}" "${agent}"\n`;
  const file = join(server.program.config.data, 'access.log');
  writeFileSync(
    file,
    line('203.0.113.5', '/a') +
      line('192.0.2.4', '/admin/b') +
      line('192.0.2.4', '/c?token=x&q=2') +
      line('192.0.2.5', '/d', CHROME, 'http://spam.example/') +
      line('192.0.2.5', '/e') +
      line('192.0.2.6', '/f', `${CHROME} PriceWatch/3`),
  );
  const { db, store, rollUps, installation } = server.program;
  const of = { workspace: own.workspace, site: own.site, files: [file], who: 'test' };
  const summary = await runLogImport({ db, store, rollUps, installation }, of);
  expect(summary).toMatchObject({ lines: 6, accepted: 4, leftOut: 2, rejected: 0, botHits: 2 });
  const found = await rows<{ path: string; query: string; bot_name: string }>(
    `SELECT path, query, bot_name FROM events WHERE workspace = '${own.workspace}' AND day = '2026-03-03' ORDER BY path`,
  );
  expect(found).toEqual([
    { path: '/c', query: 'q=2', bot_name: '' },
    { path: '/d', query: '', bot_name: 'Referrer spam' },
    { path: '/e', query: '', bot_name: '' },
    { path: '/f', query: '', bot_name: 'robot PriceWatch' },
  ]);
  const counted = await installation.pool.query(
    `SELECT sum(events)::int AS n FROM excluded_day WHERE workspace = $1 AND day = '2026-03-03'`,
    [own.workspace],
  );
  expect(counted.rows).toEqual([{ n: 2 }]);
});

test('a rule of one site leaves the others alone; put away it leaves nothing out; taken back it does again', async () => {
  const other = await company(server.program, 'Other', 'other.example');
  const foreign = await call('POST', '/counting-rules', { name: 'x', kind: 'path', pattern: '/x', site: other.site });
  expect(foreign.status).toBe(400);
  const { id } = await rule('path', '/only-here', { site: own.site });
  expect((await call('POST', `/counting-rules/${id}/archive`)).body.archived).toBe(true);
  expect((await call('POST', `/counting-rules/${id}/undo`)).body.archived).toBe(false);
  expect((await call('GET', '/counting-rules', undefined, other.workspace)).status).toBe(404);
  const audit = await server.program.people
    .selectFrom('audit')
    .select('action')
    .where('workspace', '=', own.workspace)
    .where('action', 'like', 'counting_rule.%')
    .orderBy('id', 'desc')
    .limit(3)
    .execute();
  expect(audit.map(({ action }) => action)).toEqual([
    'counting_rule.undo',
    'counting_rule.archive',
    'counting_rule.create',
  ]);
});

test('the address one comes from now is told, to be left out by one press', async () => {
  expect((await call('GET', '/counting-rules/my-address')).body.address).toMatch(/127\.0\.0\.1|::1/);
});
