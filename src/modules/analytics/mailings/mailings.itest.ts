// A report leaves by mail at its hour, once, over a real SMTP server; without one the heads are told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { type SmtpHost, startSmtp } from '../../../../test/support/smtp.ts';
import { createApiClient } from '../../client.ts';
import { datesOf } from './letter.ts';
import { lastDue, mailReports } from './mailings.ts';

const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2;
let smtp: SmtpHost;
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;
let head: { cookie: string; email: string };
let report: string;

beforeAll(async () => {
  smtp = await startSmtp({ user: 'tradewind', password: 'sea-green-sail-77' });
  server = await startServer({ allowHosts: '127.0.0.1' });
  own = await company(server.program, 'Nord', 'nord.example', 'UTC');
  head = await signedIn(server, own.workspace, 'head');
  api = createApiClient({ server: server.url, cookie: head.cookie });
  const visit = (visitor: number, at: number, channel: string) =>
    eventRow(own, { visitor: BigInt(visitor), at, path: '/', hostname: 'nord.example', channel });
  await server.program.spool.append([
    visit(1, NOON, 'Email'),
    visit(2, NOON + 1000, 'Direct'),
    visit(3, NOON + 2000, 'Direct'),
    visit(4, NOON - DAY_MS, 'Direct'),
  ]);
  await server.program.flusher.flush();
  const definition = { version: 1, measures: ['visits'], dimensions: ['channel'] } as const;
  report = (
    await api.savedReports.create({ workspace: own.workspace, name: 'Channels', definition: definition as never })
  ).id;
});
afterAll(async () => {
  await server?.stop();
  await smtp?.stop();
});

const definition = (more: object = {}) =>
  ({ version: 1, report, every: 'day', hour: 9, to: [head.email], language: 'en', ...more }) as never;
const round = async () => {
  const { workspace } = own;
  const { run } = await server.program.jobs.enqueue(server.program.db as never, workspace, mailReports, {});
  await expect.poll(async () => (await api.jobs.get({ workspace, run })).state, { timeout: 30_000 }).toBe('done');
  await server.program.outbox.drain();
  const { rows } = await server.program.installation.pool.query('SELECT result FROM job_run WHERE id = $1', [run]);
  return rows[0].result as { mailings: number; sent: number };
};
/** Makes its last change so long ago that a time has come since. */
const longAgo = (id: string) =>
  server.program.installation.pool.query(
    `UPDATE report_mailing SET updated_at = now() - interval '26 hours' WHERE id = $1`,
    [id],
  );
const told = async () =>
  (await api.notifications.list({ workspace: own.workspace, limit: 50 })).notifications
    .filter(({ kind }) => kind.startsWith('report.'))
    .map(({ kind, details }) => [kind, details.name]);

test('the moment it is due is told by the company’s clock, and only the last one missed', () => {
  const at = (text: string) => new Date(text);
  const weekly = { ...(definition({ every: 'week', on: 1 }) as object), to: ['a@b.example'] } as never;
  // Monday, 23 November 2026, nine o'clock in Berlin
  expect(lastDue(weekly, 'Europe/Berlin', at('2026-11-22T00:00:00Z'), at('2026-11-23T07:59:00Z'))).toBeNull();
  expect(lastDue(weekly, 'Europe/Berlin', at('2026-11-22T00:00:00Z'), at('2026-11-23T08:00:00Z'))).toEqual(
    at('2026-11-23T08:00:00Z'),
  );
  expect(lastDue(weekly, 'Europe/Berlin', at('2026-11-23T08:00:00Z'), at('2026-11-23T12:00:00Z'))).toBeNull();
  const daily = definition({ to: ['a@b.example'] });
  expect(lastDue(daily, 'UTC', at('2026-11-01T00:00:00Z'), at('2026-11-23T08:00:00Z'))).toEqual(
    at('2026-11-22T09:00:00Z'),
  );
});

test('a report by mail is of days that are over', () => {
  expect(datesOf('day', '2026-03-01')).toEqual(['2026-02-28', '2026-03-01']);
  expect(datesOf('week', '2027-01-04')).toEqual(['2026-12-28', '2027-01-04']);
  expect(datesOf('month', '2027-01-31')).toEqual(['2026-12-01', '2027-01-01']);
});

test('without a mail server the heads are told', async () => {
  const { workspace } = own;
  const made = await api.mailings.create({ workspace, name: 'Early', definition: definition() });
  expect(made).toMatchObject({ title: 'Channels', last: null });
  await longAgo(made.id);
  expect(await round()).toMatchObject({ mailings: 1, sent: 1 });
  expect((await api.mailings.list({ workspace }))[0]?.last).toMatchObject({ recipients: 0, problem: 'no-mail-server' });
  expect(await told()).toEqual([['report.unsent', 'Early']]);
  await expect(api.mailings.tryOut({ workspace, mailing: made.id })).rejects.toThrow('no mail server');
  await api.mailings.archive({ workspace, mailing: made.id });
});

test('it leaves once for its time, with the figures of yesterday beside the day before', async () => {
  const { workspace } = own;
  await api.connections.create({
    workspace,
    provider: 'smtp',
    name: 'Our mail',
    settings: {
      ...{ host: '127.0.0.1', port: smtp.port, security: 'starttls', certificate: 'unchecked' },
      ...{ user: 'tradewind', password: 'sea-green-sail-77', fromName: 'Nord', fromAddress: 'hello@nord.example' },
    },
  });
  const to = [head.email, 'client@elsewhere.example'];
  const made = await api.mailings.create({
    workspace,
    name: 'Каналы за день',
    definition: definition({ to, language: 'ru' }),
  });
  await longAgo(made.id);
  expect(await round()).toMatchObject({ mailings: 1, sent: 1 });
  expect(await round()).toMatchObject({ sent: 0 });
  await expect.poll(() => smtp.taken.length, { timeout: 20_000 }).toBe(2);
  expect(smtp.taken.map(({ mail }) => (mail.to as { text: string }).text).sort()).toEqual([...to].sort());
  const { mail } = smtp.taken[0]!;
  expect(mail.subject).toMatch(/^Каналы за день: /);
  expect(mail.text).toContain('Визиты: 3  +200');
  expect(mail.text).toMatch(/Прямые заходы {2}2\n.*1/);
  expect(mail.html).toContain(`/w/${workspace}/explorer?report=${report}`);
  expect((await told())[0]).toEqual(['report.sent', 'Каналы за день']);
  expect((await api.mailings.list({ workspace, report }))[0]).toMatchObject({ last: { recipients: 2, problem: null } });
  smtp.reset();
  expect(await api.mailings.tryOut({ workspace, mailing: made.id })).toEqual({ to: head.email });
  await expect.poll(() => smtp.taken.length, { timeout: 20_000 }).toBe(1);
});

test('a report that is gone says so in its place, and a bad address is refused', async () => {
  const { workspace } = own;
  await api.savedReports.archive({ workspace, report });
  const { html } = await api.mailings.preview({ workspace, name: 'x', definition: definition() });
  expect(html).toContain('A report that was put away');
  await api.savedReports.undo({ workspace, report });
  const shown = await api.mailings.preview({ workspace, name: 'A <b>', definition: definition() });
  expect(shown.html).toContain('A &lt;b&gt;');
  await expect(
    api.mailings.create({ workspace, name: 'y', definition: definition({ to: ['nobody'] }) }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
