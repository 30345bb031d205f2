// Someone whose phone with the codes is gone: whoever has the machine lets them in again, beside the running server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codeOf, keyOf } from '../support/totp.ts';
import { freePort, runCli, ServerProcess } from './server-process.ts';

const data = mkdtempSync(join(tmpdir(), 'tradewind-faults-'));
let server: ServerProcess | undefined;
afterAll(async () => {
  await server?.clear();
  rmSync(data, { recursive: true, force: true });
});

const OWNER = { name: 'Anna', email: 'anna@shop.example', password: 'correct horse battery' };
const WORKSPACE = { name: 'Shop', currency: 'EUR', timeZone: 'Europe/Berlin', language: 'en', legalProfile: 'eu' };

test('reset-password --without-totp ends the second factor, the lock and all sessions', async () => {
  const port = await freePort();
  server = new ServerProcess({ data, port });
  await server.start();
  const post = (path: string, body: object, cookie = '') =>
    fetch(`http://localhost:${port}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    });
  const cookieOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
  const { email, password } = OWNER;
  await post('/v1/setup', { owner: OWNER, workspace: WORKSPACE, site: 'shop.example' });
  const cookie = cookieOf(await post('/auth/sign-in/email', { email, password }));
  const begun = (await (await post('/auth/two-factor/enable', { password }, cookie)).json()) as { totpURI: string };
  const done = await post('/auth/two-factor/verify-totp', { code: codeOf(keyOf(begun.totpURI)) }, cookie);
  expect(done.status).toBe(200);
  expect(await (await post('/auth/sign-in/email', { email, password })).json()).toMatchObject({
    twoFactorRedirect: true,
  });
  const reset = await runCli([
    'reset-password',
    email,
    '--password',
    'a calm new sea',
    '--without-totp',
    '--data',
    data,
    '--json',
  ]);
  expect(JSON.parse(reset.stdout)).toEqual({ email, password: 'a calm new sea', secondFactorSwitchedOff: true });
  const me = await fetch(`http://localhost:${port}/api/v1/me`, { headers: { cookie: cookieOf(done) } });
  expect(me.status).toBe(401);
  const again = await post('/auth/sign-in/email', { email, password: 'a calm new sea' });
  expect(again.headers.getSetCookie().join()).toContain('session_token');
});
