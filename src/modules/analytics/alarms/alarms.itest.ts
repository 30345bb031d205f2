// A measure that leaps is told once on the bell of the heads, with the days beside what was usual.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { type SmtpHost, startSmtp } from '../../../../test/support/smtp.ts';
import { createApiClient } from '../../client.ts';
import { checkAlarms } from './alarms.ts';

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
let smtp: SmtpHost;
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  smtp = await startSmtp({ user: 'tradewind', password: 'sea-green-sail-77' });
  server = await startServer({ allowHosts: '127.0.0.1' });
  own = await company(server.program, 'Alarms', 'own.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'head');
  api = createApiClient({ server: server.url, cookie });
  const rows: Buffer[] = [];
  let visitor = 1;
  for (let ago = 80; ago >= 1; ago--) {
    const at = TODAY - ago * DAY_MS;
    const weekend = [0, 6].includes(new Date(at).getUTCDay());
    const visits = (weekend ? 12 : 30) + ((ago * 7) % 5) + (ago === 1 ? 60 : 0);
    for (let n = 0; n < visits; n++) {
      const seen = { visitor: BigInt(visitor++), channel: 'Direct' };
      rows.push(eventRow(own, { ...seen, at: at + 36_000_000 + n * 1000, path: '/' }));
      // yesterday every second one saw a second page
      if (ago === 1 && n % 2 === 0)
        rows.push(eventRow(own, { ...seen, at: at + 36_060_000 + n * 1000, path: '/more' }));
    }
  }

  await server.program.spool.append(rows);
  await server.program.flusher.flush();
});
afterAll(async () => {
  await server?.stop();
  await smtp?.stop();
});

async function morning(on: TestServer, by: typeof api, workspace: string): Promise<void> {
  const { run } = await on.program.jobs.enqueue(on.program.db as never, workspace, checkAlarms, {});
  await expect.poll(async () => (await by.jobs.get({ workspace, run })).state, { timeout: 30_000 }).toBe('done');
  await on.program.outbox.drain();
}

test('an alarm is tried on the past, rings once for a day, and is told on the bell', async () => {
  const { workspace } = own;
  const definition = { version: 1, measure: 'visits' } as const;
  const { days } = await api.alarms.preview({ workspace, definition });
  expect(days).toHaveLength(90);
  const rang = days.filter(({ rings }) => rings);
  expect(rang.map(({ day }) => day)).toEqual([new Date(TODAY - DAY_MS).toISOString().slice(0, 10)]);
  expect(rang[0]!.value! - rang[0]!.high!).toBeGreaterThan(20);
  // before there was enough of a past nothing is said
  expect(days[0]).toMatchObject({ value: null, expected: null, rings: false });
  const less = await api.alarms.preview({ workspace, definition: { ...definition, way: 'less' } });
  expect(less.days.filter(({ rings }) => rings)).toEqual([]);

  const alarm = await api.alarms.create({ workspace, name: 'Visits', definition });
  await morning(server, api, workspace);
  await morning(server, api, workspace);
  const [kept] = await api.alarms.list({ workspace });
  expect(kept).toMatchObject({ id: alarm.id, rings: [{ day: rang[0]!.day, value: rang[0]!.value }] });
  const { notifications } = await api.notifications.list({ workspace });
  expect(
    notifications.filter(({ kind }) => kind === 'alarm.more').map(({ details, path }) => [details.name, path]),
  ).toEqual([['Visits', `alarms?alarm=${alarm.id}`]]);
  const round = await server.program.installation.pool.query(
    `SELECT cron FROM schedule WHERE workspace = $1 AND job = 'check-alarms'`,
    [workspace],
  );
  expect(round.rowCount).toBe(1);
});

test('a share is watched like a count, and told by mail to whom it names', async () => {
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
  const definition = { version: 1, measure: 'bounceRate', way: 'less', mail: ['Anna@Agency.example'] } as const;
  const { days } = await api.alarms.preview({ workspace, definition: definition as never });
  expect(days.filter(({ rings }) => rings).map(({ value, expected }) => [value?.toFixed(1), expected])).toEqual([
    ['0.5', 1],
  ]);
  // once counting has begun, a day of no visits is unknown and not a share of 0
  expect(days.every(({ value }) => value === null || value >= 0.49)).toBe(true);
  await api.alarms.create({ workspace, name: 'Bounces', definition: definition as never });
  await morning(server, api, workspace);
  await expect.poll(() => smtp.taken.length, { timeout: 20_000 }).toBe(1);
  const { mail } = smtp.taken[0]!;
  expect((mail.to as { text: string }).text).toBe('anna@agency.example');
  expect(mail.text).toMatch(/it was 4\d%|it was 5\d%/);
  expect(mail.text).toContain('about 100% is usual');
  expect(mail.text).toContain(`/w/${workspace}/alarms?alarm=`);
  const { notifications } = await api.notifications.list({ workspace });
  expect(notifications.find(({ details }) => details.name === 'Bounces')).toMatchObject({
    kind: 'alarm.less',
    details: { expected: '100%' },
  });
});

test('every measure can be watched', async () => {
  const { workspace } = own;
  const { measures } = await api.reports.vocabulary({ workspace });
  for (const { id } of measures) {
    const { days } = await api.alarms.preview({ workspace, definition: { version: 1, measure: id } as never });
    expect(days, id).toHaveLength(90);
  }
});
