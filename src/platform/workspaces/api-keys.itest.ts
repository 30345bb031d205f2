// Keys: no more than their maker, until their day, shown once, gone when revoked, and those of before the choice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';

let server: TestServer;
let workspace: string;
let owner: { cookie: string; email: string };
let marketer: { cookie: string; email: string };
beforeAll(async () => {
  server = await startServer();
  ({ workspace } = await company(server.program));
  owner = await signedIn(server, workspace, 'owner');
  marketer = await signedIn(server, workspace, 'marketer');
});
afterAll(() => server?.stop());

interface Key {
  id: string;
  key: string;
  permissions: string[];
  madeBy: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}
const at = (path: string) => `${server.url}/api/v1/workspaces/${workspace}${path}`;
const make = (cookie: string, body: object) =>
  fetch(at('/api-keys'), {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Sheet', ...body }),
  });
const list = async () => (await (await fetch(at('/api-keys'), { headers: { cookie: owner.cookie } })).json()) as Key[];
const sites = (key: string) => fetch(at('/sites'), { headers: { authorization: `Bearer ${key}` } });

test('a key may do what was chosen, out of what its maker may do, and never make keys or change people', async () => {
  for (const permissions of [[], ['everything'], ['keys:manage'], ['members:manage'], undefined])
    expect((await make(owner.cookie, { permissions })).status, String(permissions)).toBe(400);
  const beyond = await make(marketer.cookie, { permissions: ['analytics:read', 'audit:read', 'events:write'] });
  expect(beyond.status).toBe(200);
  const made = (await beyond.json()) as Key;
  expect(made.permissions).toEqual(['audit:read', 'analytics:read', 'events:write']);
  expect(made.madeBy).toBe(marketer.email);
  expect((await sites(made.key)).status).toBe(200);
  expect((await fetch(at('/costs?from=2026-01-01&to=2026-02-01'), { headers: { 'x-api-key': made.key } })).status).toBe(
    403,
  );
});

test('it is shown once, says when it was used, and stops when it is revoked', async () => {
  const made = (await (await make(owner.cookie, { permissions: ['analytics:read'] })).json()) as Key;
  expect(JSON.stringify(await list())).not.toContain(made.key);
  const stored = await server.program.installation.pool.query('SELECT * FROM apikey WHERE id = $1', [made.id]);
  expect(JSON.stringify(stored.rows)).not.toContain(made.key);
  expect((await sites(made.key)).status).toBe(200);
  expect((await list()).find((one) => one.id === made.id)!.lastUsedAt).not.toBeNull();
  await fetch(at(`/api-keys/${made.id}`), { method: 'DELETE', headers: { cookie: owner.cookie } });
  expect((await sites(made.key)).status).toBe(401);
});

test('it stops on its day', async () => {
  expect((await make(owner.cookie, { permissions: ['analytics:read'], days: 0 })).status).toBe(400);
  const made = (await (await make(owner.cookie, { permissions: ['analytics:read'], days: 30 })).json()) as Key;
  expect(Date.parse(made.expiresAt!) - Date.now()).toBeGreaterThan(29.9 * 86_400_000);
  const { pool } = server.program.installation;
  await pool.query(`UPDATE apikey SET "expiresAt" = now() - interval '1 second' WHERE id = $1`, [made.id]);
  expect((await sites(made.key)).status).toBe(401);
});

test('a key of before there was a choice goes on as a marketer', async () => {
  const made = (await (await make(owner.cookie, { permissions: ['analytics:read'] })).json()) as Key;
  await server.program.installation.pool.query('UPDATE apikey SET permissions = NULL WHERE id = $1', [made.id]);
  const old = (await list()).find((one) => one.id === made.id)!;
  expect(old.permissions).toContain('events:write');
  expect(old.permissions).not.toContain('keys:manage');
  expect((await sites(made.key)).status).toBe(200);
});
