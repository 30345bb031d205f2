// The second factor over HTTP: setting up, signing in, guessing, using a code twice, turning off, a company that asks for it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { codeOf, keyOf, STEP_MS } from '../../../test/support/totp.ts';
import { switchOffSecondFactor } from './second-factor.ts';

const PASSWORD = 'correct horse battery';
let server: TestServer;
let workspace: string;
beforeAll(async () => {
  server = await startServer();
  ({ workspace } = await company(server.program));
});
afterAll(() => server?.stop());

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .filter((one) => !/Max-Age=0/i.test(one))
    .map((one) => one.split(';')[0])
    .join('; ');
const post = (path: string, body: object, cookie = '') =>
  fetch(`${server.url}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
const enter = (email: string) => post('/sign-in/email', { email, password: PASSWORD });
const api = (path: string, cookie: string, method = 'GET', body?: object) =>
  fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const actions = async (email: string) =>
  (await server.program.people.selectFrom('audit').select('action').where('target', '=', email).execute()).map(
    (row) => row.action,
  );

/** Someone with codes. The code of the half minute before opens the set-up, so that the one of now is still unused. */
async function withCodes(role: 'owner' | 'marketer' = 'marketer') {
  const person = await signedIn(server, workspace, role);
  const begun = await post('/two-factor/enable', { password: PASSWORD }, person.cookie);
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] };
  const key = keyOf(totpURI);
  // not in the last moment of a half minute
  if (Date.now() % STEP_MS > STEP_MS - 1500) await new Promise((resolve) => setTimeout(resolve, 2000));
  const done = await post('/two-factor/verify-totp', { code: codeOf(key, Date.now() - STEP_MS) }, person.cookie);
  expect(done.status).toBe(200);
  return { ...person, cookie: cookieOf(done), key, backupCodes };
}

describe('setting up', () => {
  test('asks for the password, and holds only once a code has confirmed it', async () => {
    const person = await signedIn(server, workspace, 'viewer');
    expect((await post('/two-factor/enable', { password: 'wrong password' }, person.cookie)).status).toBe(400);
    const begun = await post('/two-factor/enable', { password: PASSWORD }, person.cookie);
    const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] };
    expect(totpURI).toMatch(/^otpauth:\/\/totp\/Tradewind/);
    expect(new Set(backupCodes).size).toBe(10);
    expect((await enter(person.email)).headers.getSetCookie().join()).toContain('session_token');
    expect((await post('/two-factor/verify-totp', { code: '000000' }, person.cookie)).status).toBe(401);
    expect(await actions(person.email)).not.toContain('two-factor.on');
    const done = await post('/two-factor/verify-totp', { code: codeOf(keyOf(totpURI)) }, person.cookie);
    expect(done.status).toBe(200);
    expect(await actions(person.email)).toContain('two-factor.on');
    const me = (await (await api('/me', cookieOf(done))).json()) as { user: { twoFactor: boolean } };
    expect(me.user.twoFactor).toBe(true);
  });

  test('keeps neither key nor backup codes in clear', async () => {
    const { key, backupCodes, id } = await withCodes();
    const { rows } = await server.program.installation.pool.query('SELECT * FROM "twoFactor" WHERE "userId" = $1', [
      id,
    ]);
    const kept = JSON.stringify(rows);
    for (const clear of [key, ...backupCodes]) expect(kept).not.toContain(clear);
  });
});

describe('signing in', () => {
  test('gives no session before the code, and one after it', async () => {
    const person = await withCodes();
    const half = await enter(person.email);
    expect(await half.json()).toMatchObject({ twoFactorRedirect: true });
    expect((await api('/me', cookieOf(half))).status).toBe(401);
    const whole = await post(
      '/two-factor/verify-totp',
      { code: codeOf(person.key), trustDevice: true },
      cookieOf(half),
    );
    expect(whole.status).toBe(200);
    expect((await api('/me', cookieOf(whole))).status).toBe(200);
    // asking for the device to be trusted changes nothing
    expect(cookieOf(whole)).not.toContain('trust_device');
    expect((await actions(person.email)).filter((one) => one === 'sign-in').length).toBe(2);
  });

  test('a code opens the door once', async () => {
    const person = await withCodes();
    const code = codeOf(person.key);
    const doors = await Promise.all([1, 2, 3].map(async () => cookieOf(await enter(person.email))));
    const answers = await Promise.all(doors.map((cookie) => post('/two-factor/verify-totp', { code }, cookie)));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 401, 401]);
  });

  test('a backup code opens it once, and new ones void the old', async () => {
    const person = await withCodes();
    const first = { code: person.backupCodes[0]! };
    expect((await post('/two-factor/verify-backup-code', first, cookieOf(await enter(person.email)))).status).toBe(200);
    expect((await post('/two-factor/verify-backup-code', first, cookieOf(await enter(person.email)))).status).toBe(401);
    const fresh = await post('/two-factor/generate-backup-codes', { password: PASSWORD }, person.cookie);
    expect(fresh.status).toBe(200);
    const second = { code: person.backupCodes[1]! };
    expect((await post('/two-factor/verify-backup-code', second, cookieOf(await enter(person.email)))).status).toBe(
      401,
    );
    expect(await actions(person.email)).toContain('two-factor.new-codes');
  });

  test('guessing ends with the account locked, whatever door is tried, and the trail says so', async () => {
    const person = await withCodes();
    const right = codeOf(person.key, Date.now() + STEP_MS);
    let refused = 0;
    for (let door = 0; door < 3; door++) {
      const cookie = cookieOf(await enter(person.email));
      for (let i = 0; i < 5; i++) {
        const code = String(door * 5 + i).padStart(6, '0');
        if (!(await post('/two-factor/verify-totp', { code }, cookie)).ok) refused++;
      }
    }
    expect(refused).toBe(15);
    const cookie = cookieOf(await enter(person.email));
    expect((await post('/two-factor/verify-totp', { code: right }, cookie)).status).toBe(429);
    expect((await post('/two-factor/verify-backup-code', { code: person.backupCodes[0]! }, cookie)).status).toBe(429);
    const trail = await actions(person.email);
    expect(trail).toContain('sign-in.locked');
    expect(trail.filter((one) => one === 'sign-in.code-refused').length).toBeGreaterThan(8);
  });

  test('one challenge takes five guesses, then the password is asked for again', async () => {
    const person = await withCodes();
    const cookie = cookieOf(await enter(person.email));
    for (let i = 0; i < 5; i++) await post('/two-factor/verify-totp', { code: `00000${i}` }, cookie);
    expect((await post('/two-factor/verify-totp', { code: codeOf(person.key) }, cookie)).status).toBe(400);
    expect((await post('/two-factor/verify-totp', { code: codeOf(person.key) }, cookie)).ok).toBe(false);
  });

  test('bad input gets a 4xx with a reason', async () => {
    for (const body of [{}, { code: 7 }, { code: 'x'.repeat(100) }, [], null])
      expect((await post('/two-factor/verify-totp', body as object)).status).toBe(400);
    expect((await post('/two-factor/verify-totp', { code: '123456' })).status).toBe(401);
    expect((await post('/two-factor/get-totp-uri', { password: PASSWORD })).status).toBe(404);
    expect((await post('/two-factor/send-otp', {})).status).toBe(404);
  });
});

describe('turning off', () => {
  test('asks for the password and counts wrong ones like those of signing in', async () => {
    const person = await withCodes();
    for (let i = 0; i < 10; i++)
      expect((await post('/two-factor/disable', { password: `wrong one ${i}` }, person.cookie)).status).toBe(400);
    expect((await post('/two-factor/disable', { password: PASSWORD }, person.cookie)).status).toBe(429);
    expect((await enter(person.email)).status).toBe(429);
    await server.program.people.deleteFrom('sign_in_failure').execute();
    expect((await post('/two-factor/disable', { password: PASSWORD }, person.cookie)).status).toBe(200);
    expect((await enter(person.email)).headers.getSetCookie().join()).toContain('session_token');
    expect(await actions(person.email)).toContain('two-factor.off');
  });

  test('works from the machine for someone locked out', async () => {
    const person = await withCodes();
    expect(await switchOffSecondFactor(server.program.people, person.email)).toBe(true);
    expect(await switchOffSecondFactor(server.program.people, person.email)).toBe(false);
    expect((await enter(person.email)).headers.getSetCookie().join()).toContain('session_token');
  });
});

describe('a company that asks for it', () => {
  const ask = (cookie: string, requireTwoFactor: boolean) =>
    api(`/workspaces/${workspace}/security`, cookie, 'PUT', { requireTwoFactor });

  test('keeps people without it out, except from their own account', async () => {
    const [plain, head] = [await signedIn(server, workspace, 'owner'), await signedIn(server, workspace, 'head')];
    expect((await ask(plain.cookie, true)).status).toBe(409);
    expect((await ask(head.cookie, true)).status).toBe(403);
    const owner = await withCodes('owner');
    expect((await ask(owner.cookie, true)).status).toBe(200);
    const sites = `/workspaces/${workspace}/sites`;
    expect((await api(sites, owner.cookie)).status).toBe(200);
    const kept = await api(sites, head.cookie);
    expect(kept.status).toBe(403);
    expect(((await kept.json()) as { message: string }).message).toContain('second factor');
    const me = (await (await api('/me', head.cookie)).json()) as { workspaces: { requireTwoFactor: boolean }[] };
    expect(me.workspaces[0]!.requireTwoFactor).toBe(true);
    expect((await api('/me/sessions', head.cookie)).status).toBe(200);
    const begun = await post('/two-factor/enable', { password: PASSWORD }, head.cookie);
    const { totpURI } = (await begun.json()) as { totpURI: string };
    const done = await post('/two-factor/verify-totp', { code: codeOf(keyOf(totpURI)) }, head.cookie);
    expect((await api(sites, cookieOf(done))).status).toBe(200);
    expect((await ask(owner.cookie, false)).status).toBe(200);
    expect((await api(sites, plain.cookie)).status).toBe(200);
  });
});
