// What every mail provider does, the real one and the fake alike.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { type SmtpHost, startSmtp } from '../../../test/support/smtp.ts';
import { fakeMail } from './fake.ts';
import { SmtpError } from './smtp.ts';
import { smtp } from './smtp-provider.ts';

let program: TestProgram;
let host: SmtpHost;
beforeAll(async () => {
  host = await startSmtp();
  program = await testProgram({ allowHosts: '127.0.0.1' });
});
afterAll(async () => {
  await host?.stop();
  await program?.close();
});

const context = () => ({ outbound: program.outbound, caller: { workspace: null, provider: 'mail' } });
const real = () => ({ host: '127.0.0.1', port: host.port, security: 'none', fromAddress: 'a@nord.example' });

describe.each([
  ['SMTP', () => smtp.open(context(), smtp.settings.parse(real()))],
  ['made-up', () => fakeMail.open(context(), {})],
] as const)('%s', (_name, open) => {
  const mail = { id: '0190', to: 'boris@nord.example', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };
  test('answers with the words of the server that took it', async () => {
    let ready = 0;
    const answer = await open().send({ ...mail, onBody: async () => void ready++ });
    expect(answer).toMatch(/^250 /);
    expect(ready).toBe(1);
  });
  test('tells a refusal for good from one for now', async () => {
    const never = open().send({ ...mail, to: 'nobody@nord.example' });
    await expect(never).rejects.toMatchObject({ verdict: 'never', message: expect.stringMatching(/^550/) });
    const later = open().send({ ...mail, to: 'busy@nord.example' });
    await expect(later).rejects.toMatchObject({ verdict: 'later', message: expect.stringMatching(/^451/) });
    await expect(later).rejects.toBeInstanceOf(SmtpError);
  });
  test('lets nothing leave when the word to go is refused', async () => {
    const stopped = open().send({
      ...mail,
      onBody: async () => {
        throw new Error('not now');
      },
    });
    const before = host.taken.length;
    await expect(stopped).rejects.toThrow();
    expect(host.taken.length).toBe(before);
  });
  test('sends a test message to the person who asks', async () => {
    const of = { ...context(), person: { email: 'anna@nord.example', name: 'Anna', language: 'en' as const } };
    const outcome = _name === 'SMTP' ? await smtp.test(of, smtp.settings.parse(real())) : await fakeMail.test(of, {});
    expect(outcome).toEqual({ ok: true, said: expect.stringMatching(/^250 /) });
  });
});

test('a server without encryption is not used where encryption is asked for', async () => {
  const plain = await startSmtp({ without: 'STARTTLS' });
  const settings = smtp.settings.parse({ ...real(), port: plain.port, security: 'starttls', certificate: 'unchecked' });
  const sent = smtp.open(context(), settings).send({ id: '1', to: 'a@b.example', subject: '', html: '', text: '' });
  await expect(sent).rejects.toMatchObject({ verdict: 'later' });
  expect(plain.taken).toEqual([]);
  await plain.stop();
});

test('a company without a server uses the installation’s, which may be a private one without being allowed to others', async () => {
  const secret = 'sea-green-sail-77';
  const own = await startSmtp({ user: 'tw', password: secret });
  const url = `smtp://tw:${secret}@127.0.0.1:${own.port}?certificate=unchecked`;
  const set = await testProgram({ smtpUrl: url, mailFrom: 'Tradewind <t@nord.example>' });
  const { workspace } = await company(set);
  const via = await set.mail.via(workspace);
  expect(via).toMatchObject({ by: 'installation', sender: { from: 'Tradewind <t@nord.example>', host: '127.0.0.1' } });
  expect(await via!.sender.send({ id: '1', to: 'a@b.example', subject: 'x', html: 'x', text: 'x' })).toMatch(/^250/);
  expect(own.taken[0]?.secure).toBe(true);
  const settings = smtp.settings.parse({ ...real(), port: own.port });
  const caller = { workspace, provider: 'smtp' };
  const other = smtp.open({ outbound: set.outbound, caller }, settings);
  await expect(other.send({ id: '1', to: 'a@b.example', subject: '', html: '', text: '' })).rejects.toMatchObject({
    message: expect.stringContaining('TRADEWIND_ALLOW_HOSTS'),
  });
  await set.close();
  await own.stop();
});
