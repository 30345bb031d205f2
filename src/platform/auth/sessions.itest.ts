// Where someone is signed in, and being signed out: by oneself, and by whoever answers for the company.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0';
let server: TestServer;
let workspace: string;
beforeAll(async () => {
  server = await startServer({ trustedProxies: '1' });
  ({ workspace } = await company(server.program));
});
afterAll(() => server?.stop());

interface Session {
  id: string;
  current: boolean;
  browser: string;
  system: string;
  device: string;
  country: string;
}
const call = (path: string, cookie: string, method = 'GET') =>
  fetch(`${server.url}/api/v1${path}`, { method, headers: { cookie } });
const sessions = async (cookie: string) => (await (await call('/me/sessions', cookie)).json()) as Session[];

async function again(email: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': FIREFOX, 'x-forwarded-for': '81.2.69.142' },
    body: JSON.stringify({ email, password: 'correct horse battery' }),
  });
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

test('a session says browser, device and country, never the address, and which one is this', async () => {
  const person = await signedIn(server, workspace, 'viewer');
  const other = await again(person.email);
  const list = await sessions(other);
  expect(list).toHaveLength(2);
  const here = list.find((one) => one.current);
  expect(here).toMatchObject({ browser: 'Firefox', system: 'Linux', device: 'desktop', country: 'GB' });
  expect(JSON.stringify(list)).not.toMatch(/81\.2|token/);
});

test('one is ended by its id, all others at once, and none of someone else', async () => {
  const [person, stranger] = [await signedIn(server, workspace, 'viewer'), await signedIn(server, workspace, 'owner')];
  const [second, third] = [await again(person.email), await again(person.email)];
  const strange = (await sessions(stranger.cookie))[0]!;
  expect((await call(`/me/sessions/${strange.id}`, second, 'DELETE')).status).toBe(404);
  const first = (await sessions(person.cookie)).find((one) => one.current)!;
  expect((await call(`/me/sessions/${first.id}`, second, 'DELETE')).status).toBe(200);
  expect((await call('/me', person.cookie)).status).toBe(401);
  expect(await (await call('/me/sessions/end-others', second, 'POST')).json()).toEqual({ ended: 1 });
  expect((await call('/me', third)).status).toBe(401);
  expect((await call('/me', second)).status).toBe(200);
  const happened = (await (await call('/me/happenings', second)).json()) as { action: string }[];
  expect(happened.map((one) => one.action)).toEqual(expect.arrayContaining(['sign-in', 'session.end']));
});

test('an owner signs a member out everywhere; a head does not sign out an owner, nor anyone of another company', async () => {
  const [owner, head] = [await signedIn(server, workspace, 'owner'), await signedIn(server, workspace, 'head')];
  const member = await signedIn(server, workspace, 'specialist');
  const elsewhere = await company(server.program, 'Other', 'other.example');
  const stranger = await signedIn(server, elsewhere.workspace, 'viewer');
  const out = (id: string) => `/workspaces/${workspace}/members/${id}/end-sessions`;
  expect((await call(out(owner.id), head.cookie, 'POST')).status).toBe(403);
  expect((await call(out(stranger.id), owner.cookie, 'POST')).status).toBe(404);
  expect(await (await call(out(member.id), owner.cookie, 'POST')).json()).toEqual({ ended: 1 });
  expect((await call('/me', member.cookie)).status).toBe(401);
  const trail = await server.program.people
    .selectFrom('audit')
    .select(['who', 'target'])
    .where('workspace', '=', workspace)
    .where('action', '=', 'member.sign-out')
    .execute();
  expect(trail).toEqual([{ who: owner.email, target: member.email }]);
});
