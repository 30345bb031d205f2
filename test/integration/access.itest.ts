// Every route of the contract is tried from another workspace, without signing in, by a role that lacks the right, and with a
// workspace in the body that the path does not name: all refused.
import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../src/modules/contracts.ts';
import { KEY_PERMISSIONS, ROLE_PERMISSIONS, ROLES, type RouteMeta } from '../../src/platform/api/contract-base.ts';
import { uuidv7 } from '../../src/platform/ids/uuid.ts';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';

interface Route {
  name: string;
  method: string;
  path: string;
  summary: string | undefined;
  permission: RouteMeta['permission'] | undefined;
}

function routesOf(node: unknown, name: string[] = []): Route[] {
  if (isContractProcedure(node)) {
    const { route, meta } = node['~orpc'];
    return [
      {
        name: name.join('.'),
        method: route.method ?? 'POST',
        path: route.path ?? '',
        summary: route.summary,
        permission: (meta as RouteMeta).permission,
      },
    ];
  }
  return Object.entries(node as object).flatMap(([key, child]) => routesOf(child, [...name, key]));
}
const ROUTES = routesOf(contract);
const OF_WORKSPACE = ROUTES.filter((r) => r.permission !== 'public' && r.permission !== 'signed-in');

let server: TestServer;
let own: { workspace: string; site: string };
let other: { workspace: string; site: string };
let head: { cookie: string };

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Own', 'own.example');
  other = await company(server.program, 'Other', 'other.example');
  head = await signedIn(server, own.workspace, 'owner');
  await signedIn(server, other.workspace, 'owner');
});
afterAll(() => server?.stop());

const SEGMENT = { version: 1, selects: 'visitors', where: { and: [] } };
// bodies good enough to pass the contract, so that a refusal is the gate's and not the schema's
const BODIES: Record<string, object> = {
  'workspaces.update': { name: 'Renamed' },
  'workspaces.setSecurity': { requireTwoFactor: false },
  'members.setRole': { role: 'viewer' },
  'invitations.create': { email: 'new@example.com', role: 'viewer' },
  'apiKeys.create': { name: 'key', permissions: ['analytics:read', 'members:read'] },
  'rates.importFile': { file: '01990000-0000-7000-8000-000000000000' },
  'limits.set': {
    role: 'marketer',
    moneyPerAction: null,
    moneyPerMonth: null,
    discountPercent: null,
    mayPublish: true,
    maySend: true,
    mayErase: false,
  },
  'connections.create': { provider: 'ecb', name: 'Rates', settings: {} },
  'connections.update': { name: 'Rates' },
  'sites.create': { host: 'new.example' },
  'sites.update': { host: 'changed.example' },
  'consent.set': { texts: {} },
  'segments.create': { name: 'Everyone', definition: SEGMENT },
  'segments.update': { name: 'Everyone', version: 1 },
  'segments.count': { definition: SEGMENT },
  'uploads.begin': { name: 'access.log', size: 10 },
  'imports.open': { file: '01990000-0000-7000-8000-000000000000', kind: 'costs' },
  'imports.look': { reading: {} },
  'imports.check': {
    source: 'Direct',
    settings: {
      reading: {
        format: 'text',
        encoding: 'utf-8',
        delimiter: ',',
        sheet: '',
        headerLine: 1,
        decimal: '.',
        dateOrder: 'ymd',
      },
      mapping: {},
    },
  },
  'logImports.start': { files: ['01990000-0000-7000-8000-000000000000'] },
  'reports.run': { period: ['2026-01-01', '2026-02-01'], measures: ['visits'] },
};

async function call(
  route: Route,
  of: { workspace: string; site: string },
  options: { cookie?: string; key?: string; body?: object },
) {
  const path = route.path
    .replace('{workspace}', of.workspace)
    .replace('{site}', of.site)
    .replace('{role}', 'marketer')
    .replace(/\{\w+\}/g, uuidv7());
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  return fetch(`${server.url}/api/v1${path}`, {
    method: route.method,
    headers: {
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...(options.key ? { 'x-api-key': options.key } : {}),
    },
    ...(hasBody ? { body: JSON.stringify({ ...BODIES[route.name], ...options.body }) } : {}),
  });
}

test('every route says who may call it and what it does', () => {
  expect(ROUTES.length).toBeGreaterThan(25);
  for (const route of ROUTES) {
    expect(route.summary, route.name).toBeTruthy();
    expect(route.permission, route.name).toBeTruthy();
    if (route.permission !== 'public' && route.permission !== 'signed-in') {
      expect(route.path, route.name).toMatch(/^\/workspaces\/\{workspace\}/);
    }
  }
});

describe.each(OF_WORKSPACE.map((r) => [r.name, r] as const))('%s', (_name, route) => {
  test('is refused without signing in, from another workspace and by roles without the right', async () => {
    expect((await call(route, own, {})).status).toBe(401);
    expect((await call(route, other, { cookie: head.cookie })).status).toBe(404);
    expect((await call(route, { workspace: uuidv7(), site: own.site }, { cookie: head.cookie })).status).toBe(404);
    for (const role of ROLES.filter((r) => !ROLE_PERMISSIONS[r].includes(route.permission as never))) {
      const person = await signedIn(server, own.workspace, role);
      expect((await call(route, own, { cookie: person.cookie })).status, role).toBe(403);
    }
  });

  test('is refused to a key that was given everything else, and open to one that was given this alone', async () => {
    const permission = route.permission as (typeof KEY_PERMISSIONS)[number];
    const without = await keyWith(KEY_PERMISSIONS.filter((one) => one !== permission));
    expect((await call(route, own, { key: without })).status).toBe(403);
    if (!KEY_PERMISSIONS.includes(permission) || route.method === 'DELETE') return;
    const answer = await call(route, own, { key: await keyWith([permission]) });
    const said = (await answer.json().catch(() => ({}))) as { message?: string };
    // some rules want a person behind them, and say so
    if (answer.status === 403) expect(said.message).not.toContain('was not given');
    else expect(answer.status).not.toBe(401);
  });

  test('takes the workspace from the path alone', async () => {
    if (route.method === 'GET' || route.method === 'DELETE') return;
    const before = await traces(other.workspace);
    // whatever it answers, the workspace named by the body is left alone
    await call(route, own, { cookie: head.cookie, body: { workspace: other.workspace } });
    expect(await traces(other.workspace)).toEqual(before);
  });
});

const keys = new Map<string, Promise<string>>();
/** A key of the own company with exactly these permissions. */
function keyWith(permissions: readonly string[]): Promise<string> {
  const name = permissions.join();
  const known = keys.get(name) ?? makeKey(permissions);
  keys.set(name, known);
  return known;
}
async function makeKey(permissions: readonly string[]): Promise<string> {
  const make = ROUTES.find((r) => r.name === 'apiKeys.create')!;
  const answer = await call(make, own, { cookie: head.cookie, body: { name: 'of a test', permissions } });
  expect(answer.status, permissions.join()).toBe(200);
  return ((await answer.json()) as { key: string }).key;
}

/** What any change of a workspace leaves behind. */
async function traces(workspace: string) {
  const { db } = server.program;
  return {
    audit: await db.selectFrom('audit').select('id').where('workspace', '=', workspace).execute(),
    row: await db.selectFrom('workspace').selectAll().where('id', '=', workspace).execute(),
    sites: await db.selectFrom('site').selectAll().where('workspace', '=', workspace).execute(),
  };
}

test('a site of another workspace is not found under one’s own', async () => {
  for (const name of ['sites.update', 'consent.get', 'consent.set']) {
    const route = ROUTES.find((r) => r.name === name)!;
    expect(
      (await call(route, { workspace: own.workspace, site: other.site }, { cookie: head.cookie })).status,
      name,
    ).toBe(404);
  }
  const report = ROUTES.find((r) => r.name === 'reports.run')!;
  const answer = await call(report, own, { cookie: head.cookie, body: { site: other.site } });
  expect(answer.status).toBe(400);
});

test('routes for people signed in refuse others, and sign-in’s own routes for organisations are closed', async () => {
  for (const route of ROUTES.filter((r) => r.permission === 'signed-in'))
    expect((await call(route, own, {})).status, route.name).toBe(401);
  for (const path of [
    '/organization/create',
    '/organization/list',
    '/api-key/create',
    '/sign-up/email',
    '/update-user',
    '/list-sessions',
    '/two-factor/get-totp-uri',
    '/delete-user',
  ]) {
    const answer = await fetch(`${server.url}/api/auth${path}`, {
      method: 'POST',
      headers: { cookie: head.cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status, path).toBe(404);
  }
});

test('an API key reads its own workspace, no other, and makes no keys or people', async () => {
  const make = ROUTES.find((r) => r.name === 'apiKeys.create')!;
  const { key } = (await (await call(make, own, { cookie: head.cookie })).json()) as { key: string };
  const report = ROUTES.find((r) => r.name === 'reports.run')!;
  expect((await call(report, own, { key })).status).toBe(200);
  expect((await call(report, other, { key })).status).toBe(404);
  expect((await call(make, own, { key })).status).toBe(403);
  expect((await call(ROUTES.find((r) => r.name === 'members.list')!, own, { key })).status).toBe(200);
  expect((await call(ROUTES.find((r) => r.name === 'invitations.create')!, own, { key })).status).toBe(403);
  expect((await call(report, own, { key: `${key}x` })).status).toBe(401);
});

test('a page of another site can’t act with someone’s session', async () => {
  const answer = await fetch(`${server.url}/api/v1/workspaces/${own.workspace}/sites`, {
    method: 'POST',
    headers: { cookie: head.cookie, 'content-type': 'application/json', origin: 'https://evil.example' },
    body: JSON.stringify({ host: 'evil.example' }),
  });
  expect(answer.status).toBe(403);
});

test('a body that does not fit is told what to change', async () => {
  const report = ROUTES.find((r) => r.name === 'reports.run')!;
  const filters = { and: [{ property: 'colour', is: 'equals', value: 'red' }] };
  const answer = await call(report, own, { cookie: head.cookie, body: { filters } });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { message: string }).message).toMatch(/^filters: There is no property "colour"/);
});
