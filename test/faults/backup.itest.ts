// A backup of a running server that goes on taking events and changes: everything acknowledged before it began is there after a
// restore, everything once, and a killed backup leaves neither half an archive nor a server that limps. A company that comes in
// and is killed on the way is there whole or not at all.
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { afterAll, expect, test } from 'vitest';
import { freePort, runCli, ServerProcess, sleep, until } from './server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'tradewind-backups-'));
const servers: ServerProcess[] = [];
let cookie = '';
afterAll(async () => {
  for (const server of servers) await server.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function serverOn(data: string): Promise<ServerProcess> {
  const server = new ServerProcess({ data, port: await freePort() });
  servers.push(server);
  await server.start();
  return server;
}

interface Written {
  /** ids of events, in the order of their acknowledgement */
  events: string[];
  /** days of notes, likewise */
  notes: string[];
}

/** Events by the collector and notes by the API, as fast as they are answered, until told to stop. */
function keepWriting(server: ServerProcess, of: { key: string; workspace: string; cookie: string }) {
  const written: Written = { events: [], notes: [] };
  let going = true;
  const events = async (lane: number): Promise<void> => {
    for (let n = 0; going; n++) {
      const id = `event-${lane}-${n}-${Date.now()}`;
      const event = { id, name: 'page_view', at: Date.now(), url: `https://shop.example/page-${n % 7}` };
      const answer = await fetch(`${server.url}/collect`, {
        method: 'POST',
        body: JSON.stringify({ site: of.key, events: [event] }),
      });
      if (answer.status === 202) written.events.push(id);
      await answer.text();
    }
  };
  const notes = async (): Promise<void> => {
    for (let n = 0; going; n++) {
      const text = `note ${n}`;
      const answer = await fetch(`${server.url}/api/v1/workspaces/${of.workspace}/annotations`, {
        method: 'POST',
        headers: { cookie: of.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ day: '2026-05-01', text }),
      });
      if (answer.ok) written.notes.push(text);
      await answer.text();
      await sleep(10);
    }
  };
  const lanes = Promise.all([events(1), events(2), events(3), notes()]);
  return {
    written,
    stop: async () => {
      going = false;
      await lanes;
    },
  };
}

async function eventsOf(data: string): Promise<{ rows: number; ids: Set<string>; views: number }> {
  const { clickhouseUrl } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { clickhouseUrl: string };
  const client = createClient({ url: clickhouseUrl, database: 'tradewind' });
  const ask = async <Row>(query: string): Promise<Row[]> =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  try {
    const rows = await ask<{ id: string }>('SELECT toString(id) AS id FROM events');
    const [visits] = await ask<{ n: number }>('SELECT toInt32(sum(views)) AS n FROM visits FINAL');
    return { rows: rows.length, ids: new Set(rows.map(({ id }) => id)), views: visits?.n ?? 0 };
  } finally {
    await client.close();
  }
}

test('a backup under load holds everything acknowledged before it began, once, and a killed one leaves nothing', {
  timeout: 480_000,
}, async () => {
  const data = join(folder, 'running');
  const server = await serverOn(data);
  const shop = await server.setUp('shop.example');
  ({ cookie } = shop);
  const load = keepWriting(server, shop);
  await until('some events', () => load.written.events.length > 300 && load.written.notes.length > 20);

  // killed at moments of its work: no archive, and the server goes on
  const path = join(folder, 'killed.tar');
  for (const after of [500, 800]) {
    const started: ChildProcess[] = [];
    const running = runCli(['backup', path, '--data', data], {
      onStart: (child) => started.push(child),
    });
    await sleep(after);
    started[0]?.kill('SIGKILL');
    await running;
    // where it was quicker than the signal, the archive is a whole one
    if (existsSync(path)) expect((await runCli(['restore', path, '--check'])).code).toBe(0);
    rmSync(path, { force: true });
  }
  const taken = load.written.events.length;
  await until('the server goes on', () => load.written.events.length > taken + 20);

  const before = { events: load.written.events.length, notes: load.written.notes.length };
  const archive = join(folder, 'whole.tar');
  const made = await runCli(['backup', archive, '--data', data, '--json', '--keys', join(folder, 'keys')]);
  expect(made.code, made.stderr).toBe(0);
  const after = load.written.events.length;
  expect(after, 'events came while the backup was made').toBeGreaterThan(before.events);
  await load.stop();
  expect(readdirSync(folder).sort()).toEqual(expect.arrayContaining(['keys', 'running', 'whole.tar']));

  const copy = join(folder, 'restored');
  const restored = await runCli(['restore', archive, '--data', copy, '--keys', join(folder, 'keys'), '--json']);
  expect(restored.code, restored.stderr.slice(0, 1500)).toBe(0);
  const second = await serverOn(copy);
  // segments that were stored while they were copied are in the archive twice, and in the restored company once
  await until('the spool is stored', () => readdirSync(join(copy, 'spool')).length === 0);
  const stored = await eventsOf(copy);
  expect(stored.ids.size).toBe(stored.rows);
  expect(stored.rows).toBeGreaterThanOrEqual(before.events);
  expect(stored.rows).toBeLessThanOrEqual(load.written.events.length);
  await until('visits hold every view', async () => (await eventsOf(copy)).views === stored.rows);

  const signedIn = await fetch(`${second.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: second.url },
    body: JSON.stringify({ email: 'owner@example.com', password: 'correct horse battery' }),
  });
  expect(signedIn.status).toBe(200);
  const again = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const listed = await fetch(`${second.url}/api/v1/workspaces/${shop.workspace}/annotations`, {
    headers: { cookie: again },
  });
  const texts = new Set(((await listed.json()) as { text: string }[]).map(({ text }) => text));
  for (const text of load.written.notes.slice(0, before.notes)) expect(texts, text).toContain(text);
});

test('an import of a company that is killed at any moment leaves nothing anyone sees, and what it laid down goes', {
  timeout: 480_000,
}, async () => {
  const server = servers[0]!;
  const path = join(folder, 'shop.tar');
  const made = await runCli(['export-company', 'Shop', path, '--data', server.data, '--json']);
  expect(made.code, made.stderr).toBe(0);
  const all = (JSON.parse(made.stdout) as { rows: Record<string, number> }).rows['clickhouse/events']!;

  const companies = async (): Promise<string[]> => {
    const me = await fetch(`${server.url}/api/v1/me`, { headers: { cookie } });
    return ((await me.json()) as { workspaces: { id: string }[] }).workspaces.map(({ id }) => id).sort();
  };
  const stored = async (): Promise<Map<string, number>> => {
    const query = 'SELECT toString(workspace) AS id, count() AS n FROM events GROUP BY id ORDER BY id';
    const answer = await server.clickhouse().query({ query, format: 'JSONEachRow' });
    return new Map((await answer.json<{ id: string; n: string }>()).map(({ id, n }) => [id, Number(n)]));
  };
  const args = ['import-company', path, '--owner', 'owner@example.com', '--data', server.data, '--json'];
  // how long a whole one takes says where a kill falls into its work
  const began = Date.now();
  const first = await runCli(args);
  expect(first.code, first.stderr).toBe(0);
  const whole = Date.now() - began;
  for (const share of [0.65, 0.85]) {
    const started: ChildProcess[] = [];
    const running = runCli(args, { onStart: (child) => started.push(child) });
    await sleep(whole * share);
    started[0]?.kill('SIGKILL');
    await running;
    const rows = await stored();
    for (const id of await companies()) expect(rows.get(id), 'who is there is whole').toBe(all);
  }
  const last = await runCli(args);
  expect(last.code, last.stderr).toBe(0);
  expect([...(await stored()).keys()], 'nothing lies under an id that is no company').toEqual(await companies());
});
