// Mail against a real SMTP server in this process: TLS, sign-in, refusals, lost connections, and the reset of a password.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { type SmtpHost, startSmtp } from '../../../test/support/smtp.ts';
import { uuidv7 } from '../ids/uuid.ts';

let smtp: SmtpHost;
let server: TestServer;
let own: { workspace: string };
let owner: { cookie: string; email: string };

beforeAll(async () => {
  smtp = await startSmtp({ user: 'tradewind', password: 'sea-green-sail-77' });
  server = await startServer({ allowHosts: '127.0.0.1' });
  own = await company(server.program, 'Nord', 'nord.example');
  owner = await signedIn(server, own.workspace, 'owner');
});
afterAll(async () => {
  await server?.stop();
  await smtp?.stop();
});
afterEach(() => smtp.reset());

const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${server.url}/api/v1/workspaces/${own.workspace}${path}`, {
    method,
    headers: { cookie: owner.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as T & { message?: string };
  if (!answer.ok) throw new Error(`${answer.status} ${said.message}`);
  return said;
};

const until = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  for (const end = Date.now() + 15_000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Never happened: ${what}`);
};

interface Connection {
  id: string;
  state: string;
  said: string | null;
  settings: Record<string, unknown>;
  secrets: Record<string, { endsWith: string }>;
}
const settings = () => ({
  host: '127.0.0.1',
  port: smtp.port,
  security: 'starttls',
  certificate: 'unchecked',
  user: 'tradewind',
  password: 'sea-green-sail-77',
  fromName: 'Nord',
  fromAddress: 'hello@nord.example',
});
let connection: Connection;

describe('a mail server', () => {
  test('is set up, tested with a real message, and its password is never shown again', async () => {
    connection = await call('POST', '/connections', { provider: 'smtp', name: 'Our mail', settings: settings() });
    const outcome = await call<{ ok: boolean; said: string }>('POST', `/connections/${connection.id}/test`, {});
    expect(outcome).toEqual({ ok: true, said: expect.stringMatching(/^250 /) });
    expect(smtp.taken).toHaveLength(1);
    expect(smtp.taken[0]!.secure).toBe(true);
    expect(smtp.taken[0]!.mail.from?.text).toBe('"Nord" <hello@nord.example>');
    const all = JSON.stringify([await call('GET', '/connections'), await call('GET', '/audit')]);
    expect(all).not.toContain('sea-green');
    expect(all).toContain('"endsWith":"l-77"');
    const { rows } = await server.program.installation.pool.query('SELECT settings::text AS t FROM connection');
    expect(JSON.stringify(rows)).not.toContain('sea-green');
    const calls = await call<{ method: string; status: number }[]>('GET', `/connections/${connection.id}/calls`);
    expect(calls[0]).toMatchObject({ method: 'SMTP', status: 250, host: `127.0.0.1:${smtp.port}` });
  });

  test('that refuses says so in its own words', async () => {
    await call('PATCH', `/connections/${connection.id}`, { settings: { password: 'a wrong password' } });
    const outcome = await call<{ ok: boolean; said: string }>('POST', `/connections/${connection.id}/test`, {});
    expect(outcome.ok).toBe(false);
    expect(outcome.said).toMatch(/535/);
    await call('PATCH', `/connections/${connection.id}`, { settings: { password: 'sea-green-sail-77' } });
    await call('PATCH', `/connections/${connection.id}`, { settings: { ...settings(), certificate: 'checked' } });
    const strict = await call<{ ok: boolean; said: string }>('POST', `/connections/${connection.id}/test`, {});
    expect(strict.said).toMatch(/certificate/i);
    expect(strict.ok).toBe(false);
    await call('PATCH', `/connections/${connection.id}`, { settings: settings() });
  });

  test('elsewhere does not get the stored password', async () => {
    await expect(
      call('PATCH', `/connections/${connection.id}`, { settings: { host: 'evil.example' } }),
    ).rejects.toThrow(/enter the password again/);
  });

  test('on a private address that nobody allowed is not reached', async () => {
    const one = await call<Connection>('POST', '/connections', {
      provider: 'smtp',
      name: 'Inside',
      settings: { host: '10.0.0.1', fromAddress: 'a@b.example' },
    });
    const outcome = await call<{ ok: boolean; said: string }>('POST', `/connections/${one.id}/test`, {});
    expect(outcome.said).toMatch(/TRADEWIND_ALLOW_HOSTS/);
    await call('DELETE', `/connections/${one.id}`);
  });
});

const stateOf = async (about: string) =>
  (
    await server.program.installation.pool.query<{ state: string; answer: string; attempts: number; id: string }>(
      'SELECT * FROM mail_message WHERE about = $1',
      [about],
    )
  ).rows[0]!;
const queue = (to: string, about: string): Promise<string> =>
  server.program.db.transaction().execute((tx) =>
    server.program.mail.enqueue(tx as never, {
      workspace: own.workspace,
      to,
      language: 'ru',
      template: 'invitation',
      values: { inviter: 'Анна <b>', company: 'Норд', role: 'клиент', link: 'https://x.example/i?a=1&b=2' },
      about,
    }),
  );

describe('a message', () => {
  test('arrives once, in its language, with HTML and plain text and values escaped', async () => {
    await queue('boris@nord.example', 'a/1');
    await until(async () => (await stateOf('a/1')).state === 'sent', 'sent');
    expect(smtp.taken).toHaveLength(1);
    const { mail } = smtp.taken[0]!;
    expect(mail.subject).toBe('Анна <b> зовёт вас в «Норд»');
    expect(mail.html).toContain('Анна &lt;b&gt; приглашает');
    expect(mail.html).toContain('href="https://x.example/i?a=1&amp;b=2"');
    expect(mail.text).toContain('Принять приглашение: https://x.example/i?a=1&b=2');
    expect((await stateOf('a/1')).answer).toMatch(/^250/);
    const { rows } = await server.program.installation.pool.query("SELECT 1 FROM secret WHERE name LIKE 'mail/%'");
    expect(rows).toEqual([]);
  });

  test('that the server refuses for good fails at once with its words', async () => {
    await queue('nobody@nord.example', 'a/2');
    await until(async () => (await stateOf('a/2')).state === 'failed', 'failed');
    expect(await stateOf('a/2')).toMatchObject({ answer: expect.stringMatching(/^550/), attempts: 1 });
  });

  test('that the server puts off stays in line and is tried again', async () => {
    await queue('busy@nord.example', 'a/3');
    await until(async () => (await stateOf('a/3')).answer !== null, 'an answer');
    const waiting = await stateOf('a/3');
    expect(waiting).toMatchObject({ state: 'queued', answer: expect.stringMatching(/^451/) });
    smtp.behave.busy = false;
    expect(await server.program.mail.deliver(waiting.id, () => false)).toMatch(/^250/);
    expect(smtp.taken).toHaveLength(1);
  });

  test('whose acceptance got lost is not sent a second time', async () => {
    smtp.behave.dropAfterBody = true;
    await queue('boris@nord.example', 'a/4');
    await until(async () => (await stateOf('a/4')).state === 'unsure', 'unsure');
    smtp.behave.dropAfterBody = false;
    expect(await server.program.mail.deliver((await stateOf('a/4')).id, () => false)).toBe('nothing to do');
    expect(smtp.taken).toHaveLength(1);
  });

  test('found half handed over after a kill is not sent again, one not yet handed over is', async () => {
    smtp.behave.busy = true;
    await queue('busy@nord.example', 'a/5');
    await queue('busy@nord.example', 'a/6');
    await until(
      async () => (await stateOf('a/5')).answer !== null && (await stateOf('a/6')).answer !== null,
      'both tried',
    );
    smtp.behave.busy = false;
    const { pool } = server.program.installation;
    await pool.query("UPDATE mail_message SET state = 'handing' WHERE about = 'a/5'");
    await pool.query("UPDATE mail_message SET state = 'sending' WHERE about = 'a/6'");
    await expect(server.program.mail.deliver((await stateOf('a/5')).id, () => false)).rejects.toThrow(
      /may have arrived/,
    );
    expect(await server.program.mail.deliver((await stateOf('a/6')).id, () => false)).toMatch(/^250/);
    expect(smtp.taken).toHaveLength(1);
  });

  test('rolled back with its transaction never leaves', async () => {
    await server.program.db
      .transaction()
      .execute(async (tx) => {
        await server.program.mail.enqueue(tx as never, {
          workspace: own.workspace,
          to: 'boris@nord.example',
          language: 'en',
          template: 'invitation',
          values: { inviter: 'A', company: 'B', role: 'c', link: 'https://x.example' },
          about: 'a/7',
        });
        throw new Error('no');
      })
      .catch(() => {});
    expect(await stateOf('a/7')).toBeUndefined();
  });
});

test('an invitation is mailed, and its link is shown all the same', async () => {
  const made = await call<{ id: string; link: string; mail: { state: string } }>('POST', '/invitations', {
    email: 'vera@nord.example',
    role: 'viewer',
  });
  expect(made.link).toContain('/invite/');
  expect(made.mail.state).toBe('queued');
  await until(() => smtp.taken.length === 1, 'the invitation');
  expect(smtp.taken[0]!.mail.text).toContain(made.link);
  const list = await call<{ mail: { state: string } }[]>('GET', '/invitations');
  await until(async () => (await call<typeof list>('GET', '/invitations'))[0]!.mail.state === 'sent', 'shown as sent');
});

describe('a lost password', () => {
  const auth = (path: string, body: object) =>
    fetch(`${server.url}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('is replaced by a link that works once, ends all sessions, and is stored as a hash', async () => {
    const person = await signedIn(server, own.workspace, 'marketer');
    const known = await auth('/request-password-reset', { email: person.email });
    const unknown = await auth('/request-password-reset', { email: 'nobody-here@nord.example' });
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
    await until(() => smtp.taken.length === 1, 'the link');
    const token = /new-password#(\S+)/.exec(smtp.taken[0]!.mail.text ?? '')![1]!;
    const { rows } = await server.program.installation.pool.query('SELECT * FROM verification');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await auth('/reset-password', { token, newPassword: 'short' })).status).toBe(400);
    expect((await auth('/reset-password', { token, newPassword: 'a new calm sea' })).status).toBe(200);
    expect((await auth('/reset-password', { token, newPassword: 'another calm sea' })).status).toBe(400);
    expect((await auth('/sign-in/email', { email: person.email, password: 'a new calm sea' })).status).toBe(200);
    const me = await fetch(`${server.url}/api/v1/me`, { headers: { cookie: person.cookie } });
    expect(me.status).toBe(401);
    const audit = await server.program.people
      .selectFrom('audit')
      .select('action')
      .where('who', '=', person.email)
      .execute();
    expect(audit.map((row) => row.action)).toEqual(expect.arrayContaining(['password.reset-asked', 'password.reset']));
  });

  test('gets three links an hour at most, and an old link is refused', async () => {
    const person = await signedIn(server, own.workspace, 'viewer');
    for (let i = 0; i < 5; i++)
      expect((await auth('/request-password-reset', { email: person.email })).status).toBe(200);
    await until(() => smtp.taken.length === 3, 'three links');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(smtp.taken).toHaveLength(3);
    await server.program.installation.pool.query(`UPDATE verification SET "expiresAt" = now() - interval '1 second'`);
    const token = /new-password#(\S+)/.exec(smtp.taken[0]!.mail.text ?? '')![1]!;
    expect((await auth('/reset-password', { token, newPassword: 'a new calm sea' })).status).toBe(400);
    expect((await auth('/reset-password', { token: uuidv7(), newPassword: 'a new calm sea' })).status).toBe(400);
  });
});
