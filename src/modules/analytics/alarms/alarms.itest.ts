// A measure that leaps is told once on the bell of the heads, with the days beside what was usual.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { createApiClient } from '../../client.ts';
import { checkAlarms } from './alarms.ts';

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Alarms', 'own.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'head');
  api = createApiClient({ server: server.url, cookie });
  const rows: Buffer[] = [];
  let visitor = 1;
  for (let ago = 80; ago >= 1; ago--) {
    const at = TODAY - ago * DAY_MS;
    const weekend = [0, 6].includes(new Date(at).getUTCDay());
    const visits = (weekend ? 12 : 30) + ((ago * 7) % 5) + (ago === 1 ? 60 : 0);
    for (let n = 0; n < visits; n++)
      rows.push(
        eventRow(own, { visitor: BigInt(visitor++), at: at + 36_000_000 + n * 1000, path: '/', channel: 'Direct' }),
      );
  }
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
});
afterAll(() => server?.stop());

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

  await expect(
    api.alarms.create({ workspace, name: 'x', definition: { version: 1, measure: 'bounceRate' } }),
  ).rejects.toThrow('count or revenue');
  const alarm = await api.alarms.create({ workspace, name: 'Visits', definition });
  const morning = async () => {
    const { run } = await server.program.jobs.enqueue(server.program.db as never, workspace, checkAlarms, {});
    await expect.poll(async () => (await api.jobs.get({ workspace, run })).state, { timeout: 30_000 }).toBe('done');
    await server.program.outbox.drain();
  };
  await morning();
  await morning();
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
