// The whole way of a message through Debian's postfix: set up on the API, sent, and read back from the mailbox.
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';
import { type Postfix, startPostfix } from './postfix.ts';

let postfix: Postfix;
let server: TestServer;
let call: <T>(method: string, path: string, body: object) => Promise<T>;

beforeAll(async () => {
  postfix = await startPostfix('nord.test');
  server = await startServer({ allowHosts: '127.0.0.1' });
  const { workspace } = await company(server.program, 'Nord', 'nord.example');
  const owner = await signedIn(server, workspace, 'owner');
  await server.program.people.updateTable('user').set({ email: 'anna@nord.test' }).where('id', '=', owner.id).execute();
  call = async (method, path, body) => {
    const answer = await fetch(`${server.url}/api/v1/workspaces/${workspace}${path}`, {
      method,
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
});
afterAll(async () => {
  await server?.stop();
  postfix?.stop();
});

const arrived = async (count: number): Promise<string[]> => {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (postfix.messages().length >= count) return postfix.messages();
  throw new Error(`only ${postfix.messages().length} messages came\n${postfix.log()}`);
};

test('a test message and an invitation arrive over STARTTLS, a refusal is shown in postfix’s words', async () => {
  const settings = {
    host: '127.0.0.1',
    port: postfix.port,
    certificate: 'unchecked',
    fromName: 'Норд',
    fromAddress: 'hello@nord.example',
  };
  const { id } = await call<{ id: string }>('POST', '/connections', { provider: 'smtp', name: 'Postfix', settings });
  const tested = await call<{ ok: boolean; said: string }>('POST', `/connections/${id}/test`, {});
  expect(tested).toEqual({ ok: true, said: expect.stringMatching(/^250 2\.0\.0 Ok: queued as/) });
  await arrived(1);
  const { link } = await call<{ link: string }>('POST', '/invitations', { email: 'vera@nord.test', role: 'viewer' });
  const mails = await Promise.all((await arrived(2)).map((source) => simpleParser(source)));
  const invitation = mails.find((mail) => mail.text?.includes(link))!;
  expect(invitation.from?.text).toBe('"Норд" <hello@nord.example>');
  expect(String(invitation.headers.get('received'))).toMatch(/with ESMTPS/);
  await call('POST', '/invitations', { email: 'nobody@nord.test', role: 'viewer' });
  const failed = () => server.program.installation.pool.query("SELECT answer FROM mail_message WHERE state = 'failed'");
  await expect
    .poll(async () => (await failed()).rows[0]?.answer, { timeout: 20_000 })
    .toMatch(/^550 5\.1\.1 .*No such person here/);
  expect(postfix.messages()).toHaveLength(2);
});
