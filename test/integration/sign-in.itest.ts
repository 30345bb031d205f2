// Setting up, signing in, lock-out, invitations, and bad input to all of them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/program.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const OWNER = { name: 'Anna', email: 'Anna@Shop.example', password: 'correct horse battery' };
const WORKSPACE = { name: 'Shop', currency: 'EUR', timeZone: 'Europe/Berlin', language: 'en', legalProfile: 'eu' };

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');

describe('an empty installation', () => {
  test('takes one owner, and no second one', async () => {
    expect(await (await fetch(`${server.url}/api/v1/setup`)).json()).toEqual({ empty: true, waitingWorkspace: null });
    const weak = await post('/api/v1/setup', {
      owner: { ...OWNER, password: 'short' },
      workspace: WORKSPACE,
      site: 'shop.example',
    });
    expect(weak.status).toBe(400);
    const zone = await post('/api/v1/setup', {
      owner: OWNER,
      workspace: { ...WORKSPACE, timeZone: 'Mars/Base' },
      site: 'shop.example',
    });
    expect(zone.status).toBe(400);
    const both = await Promise.all(
      [1, 2].map(() =>
        post('/api/v1/setup', { owner: OWNER, workspace: WORKSPACE, site: 'https://www.Shop.example/' }),
      ),
    );
    expect(both.map((a) => a.status).sort()).toEqual([200, 409]);
    const { db } = server.program;
    expect(await db.selectFrom('site').select('host').execute()).toEqual([{ host: 'shop.example' }]);
    expect((await db.selectFrom('audit').select('action').execute()).map((a) => a.action)).toContain(
      'workspace.create',
    );
  });
});

describe('signing in', () => {
  test('gives a session that no script can read', async () => {
    const answer = await post('/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
    const me = await fetch(`${server.url}/api/v1/me`, { headers: { cookie: cookieOf(answer) } });
    expect(((await me.json()) as { user: { email: string } }).user.email).toBe('anna@shop.example');
  });

  test('passwords are kept as argon2id', async () => {
    const row = await server.program.people.selectFrom('account').select('password').executeTakeFirstOrThrow();
    expect(row.password).toMatch(/^\$argon2id\$/);
  });

  test('bad input gets a 4xx with a reason', async () => {
    const bodies = ['', '{', '[]', '{"email":1,"password":2}', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`];
    for (const body of bodies) {
      const answer = await post('/api/auth/sign-in/email', body);
      expect(answer.status, body.slice(0, 20)).toBe(400);
      expect(((await answer.json()) as { message: string }).message).toBeTruthy();
    }
    expect((await post('/api/auth/sign-in/email', 'x'.repeat(10_000_000))).status).toBe(413);
    const utf8 = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0xff, 0xfe, 0x7b]),
    });
    expect(utf8.status).toBe(400);
  });

  test('ten wrong passwords lock the account for whoever tries', async () => {
    for (let i = 0; i < 10; i++) {
      const answer = await post('/api/auth/sign-in/email', { email: OWNER.email, password: `wrong password ${i}` });
      expect(answer.status).toBe(401);
    }
    const locked = await post('/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
    expect(locked.status).toBe(429);
    expect(((await locked.json()) as { message: string }).message).toMatch(/Try again in \d+ min/);
    await server.program.people.deleteFrom('sign_in_failure').execute();
    expect((await post('/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password })).status).toBe(200);
  });
});

describe('an invitation', () => {
  test('lets one person in once, with the role it names', async () => {
    const cookie = cookieOf(await post('/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password }));
    const me = (await (await fetch(`${server.url}/api/v1/me`, { headers: { cookie } })).json()) as {
      workspaces: { id: string }[];
    };
    const workspace = me.workspaces[0]!.id;
    const made = await post(
      `/api/v1/workspaces/${workspace}/invitations`,
      { email: 'Ivan@shop.example', role: 'specialist' },
      { cookie },
    );
    const { id, link } = (await made.json()) as { id: string; link: string };
    expect(link).toBe(`${server.program.config.publicUrl}/invite/${id}`);
    const offer = await (await fetch(`${server.url}/api/v1/invitations/${id}`)).json();
    expect(offer).toEqual({ workspaceName: 'Shop', email: 'ivan@shop.example', role: 'specialist', hasAccount: false });
    const accept = { name: 'Ivan', password: 'another long one' };
    expect((await post(`/api/v1/invitations/${id}/accept`, accept)).status).toBe(200);
    expect((await post(`/api/v1/invitations/${id}/accept`, accept)).status).toBe(404);
    const ivan = cookieOf(
      await post('/api/auth/sign-in/email', { email: 'ivan@shop.example', password: accept.password }),
    );
    expect(
      (await fetch(`${server.url}/api/v1/workspaces/${workspace}/sites`, { headers: { cookie: ivan } })).status,
    ).toBe(200);
    expect(
      (await post(`/api/v1/workspaces/${workspace}/sites`, { host: 'more.example' }, { cookie: ivan })).status,
    ).toBe(403);
  });

  test('the only owner can neither leave nor step down', async () => {
    const cookie = cookieOf(await post('/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password }));
    const me = (await (await fetch(`${server.url}/api/v1/me`, { headers: { cookie } })).json()) as {
      user: { id: string };
      workspaces: { id: string }[];
    };
    const url = `${server.url}/api/v1/workspaces/${me.workspaces[0]!.id}/members/${me.user.id}`;
    expect((await fetch(url, { method: 'DELETE', headers: { cookie } })).status).toBe(409);
    const down = await fetch(url, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"role":"viewer"}',
    });
    expect(down.status).toBe(409);
  });
});
