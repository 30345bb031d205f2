// A link shows one report or dashboard to someone who isn't signed in, until it ends, and nothing else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { addDays, todayIn } from '../../../web/dates.ts';
import { createApiClient } from '../../client.ts';

let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;
let outside: ReturnType<typeof createApiClient>;
let report: string;
let other: string;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Nord', 'nord.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  outside = createApiClient({ server: server.url });
  const rows = [1, 2, 3].map((n) =>
    eventRow(own, {
      ...{ visitor: BigInt(n), at: Date.now() - 26 * 3_600_000, path: `/${n}`, hostname: 'nord.example' },
      channel: n === 1 ? 'Email' : 'Direct',
    }),
  );
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
  const save = async (name: string, definition: object) =>
    (
      await api.savedReports.create({
        workspace: own.workspace,
        name,
        definition: { version: 1, measures: ['visits'], ...definition },
      })
    ).id;
  report = await save('Channels', { dimensions: ['channel'], period: '7d' });
  other = await save('Pages', { dimensions: ['page'], measures: ['pageViews'] });
});
afterAll(() => server?.stop());

const keyIn = (url: string): string => new URL(url).hash.slice(1);
const today = () => todayIn('UTC');

test('who has the link sees the report, of other named periods too, and it is counted', async () => {
  const { workspace } = own;
  const made = await api.shares.create({ workspace, name: 'The board', report });
  expect(made).toMatchObject({ title: 'Channels', locked: false, opened: 0, lastDay: null });
  const key = keyIn(made.url);
  const { locked, page } = await outside.shared.open({ key });
  expect(locked).toBe(false);
  expect(page).toMatchObject({ name: 'Channels', company: 'Nord', period: '7d', goals: [], segments: [] });
  expect(JSON.stringify(page)).not.toContain(workspace);
  const answer = await outside.shared.answer({ key, tile: 0 });
  expect(answer.rows).toEqual([
    { channel: 'Direct', visits: 2 },
    { channel: 'Email', visits: 1 },
  ]);
  expect((await outside.shared.answer({ key, tile: 0, period: 'today' })).totals).toEqual({ visits: 0 });
  await expect(outside.shared.answer({ key, tile: 1 })).rejects.toThrow('no such report');
  expect((await api.shares.list({ workspace, report }))[0]).toMatchObject({ opened: 1 });
  expect(await api.shares.list({ workspace, report: other })).toEqual([]);
});

test('a link that ended, was taken back, or was made up opens nothing', async () => {
  const { workspace } = own;
  const made = await api.shares.create({ workspace, name: 'For a day', report, lastDay: today() });
  const key = keyIn(made.url);
  await outside.shared.open({ key });
  const old = await api.shares.update({
    ...{ workspace, share: made.id, version: made.version },
    lastDay: addDays(today(), -1),
  });
  expect(old.ended).toBe(true);
  await expect(outside.shared.open({ key })).rejects.toThrow('has ended');
  await expect(outside.shared.answer({ key, tile: 0 })).rejects.toThrow('has ended');
  await api.shares.undo({ workspace, share: made.id });
  await outside.shared.open({ key });
  await api.shares.archive({ workspace, share: made.id });
  await expect(outside.shared.open({ key })).rejects.toThrow('has ended');
  await api.shares.undo({ workspace, share: made.id });
  await outside.shared.open({ key });
  const bytes = Buffer.from(key, 'base64url');
  bytes[20]! ^= 1;
  await expect(outside.shared.open({ key: bytes.toString('base64url') })).rejects.toThrow('has ended');
  await expect(outside.shared.open({ key: 'abc' })).rejects.toThrow('has ended');
});

test('a password opens it for a while, and wrong ones are counted', async () => {
  const { workspace } = own;
  const made = await api.shares.create({ workspace, name: 'Agency', report, password: 'open sesame 7' });
  const key = keyIn(made.url);
  expect(await outside.shared.open({ key })).toEqual({ locked: true, page: null });
  await expect(outside.shared.answer({ key, tile: 0 })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(outside.shared.unlock({ key, password: 'open sesame' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  const { token } = await outside.shared.unlock({ key, password: 'open sesame 7' });
  expect((await outside.shared.open({ key, token })).page?.name).toBe('Channels');
  expect((await outside.shared.answer({ key, token, tile: 0 })).totals).toEqual({ visits: 3 });
  // a token of its own making, or of another link
  const [until, mac] = token.split('.') as [string, string];
  for (const forged of [`${Number(until) + 1000}.${mac}`, `1.${mac}`, mac, 'NaN.x'])
    expect((await outside.shared.open({ key, token: forged })).page).toBeNull();
  const second = await api.shares.create({ workspace, name: 'Agency two', report, password: 'open sesame 7' });
  expect((await outside.shared.open({ key: keyIn(second.url), token })).page).toBeNull();
  for (let n = 0; n < 9; n++)
    await expect(outside.shared.unlock({ key, password: `guess ${n}` })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
  await expect(outside.shared.unlock({ key, password: 'open sesame 7' })).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
  });
  const { rows } = await server.program.installation.pool.query(
    `SELECT (SELECT json_agg(audit) FROM audit)::text AS trail, (SELECT json_agg(share) FROM share)::text AS shares,
       (SELECT hash FROM share_password WHERE share = $1) AS hash`,
    [made.id],
  );
  expect(rows[0].trail + rows[0].shares).not.toMatch(/sesame|argon2/);
  expect(rows[0].trail + rows[0].shares).not.toContain(key);
  expect(rows[0].hash).toMatch(/^\$argon2id\$/);
});

test('a dashboard is seen as it is now, without what was put away', async () => {
  const { workspace } = own;
  const dashboard = await api.dashboards.create({
    ...{ workspace, name: 'Monday' },
    definition: {
      version: 1,
      period: '2026-01-01..2026-02-01',
      tiles: [{ report }, { report: other, width: 'third' }],
    },
  });
  const { url } = await api.shares.create({ workspace, name: 'Client', dashboard: dashboard.id });
  const key = keyIn(url);
  await api.savedReports.archive({ workspace, report });
  const { page } = await outside.shared.open({ key });
  expect(page?.tiles.map(({ name, width, question }) => [name, width, question === null])).toEqual([
    ['', 'half', true],
    ['Pages', 'third', false],
  ]);
  await expect(outside.shared.answer({ key, tile: 0 })).rejects.toThrow('any more');
  expect((await outside.shared.answer({ key, tile: 1 })).dates).toEqual(['2026-01-01', '2026-02-01']);
  // its days are what it is about
  await expect(outside.shared.answer({ key, tile: 1, period: '30d' })).rejects.toThrow('its own days');
  await api.savedReports.undo({ workspace, report });
});

test('what it shows must be of the company, and be named once', async () => {
  const elsewhere = await company(server.program, 'Other', 'other.example', 'UTC');
  const { cookie } = await signedIn(server, elsewhere.workspace, 'owner');
  const theirs = createApiClient({ server: server.url, cookie });
  const create = (of: object) => theirs.shares.create({ workspace: elsewhere.workspace, name: 'x', ...of });
  await expect(create({ report })).rejects.toThrow('no such report');
  await expect(create({})).rejects.toThrow('either');
  await expect(create({ report, dashboard: report })).rejects.toThrow('either');
});

test('guesses that come at once are counted like those one after another', async () => {
  const made = await api.shares.create({
    workspace: own.workspace,
    name: 'At once',
    report,
    password: 'open sesame 8',
  });
  const key = keyIn(made.url);
  const guesses = Array.from({ length: 15 }, (_, n) => outside.shared.unlock({ key, password: `guess ${n}` }));
  const codes = (await Promise.allSettled(guesses)).map((one) => one.status === 'rejected' && one.reason.code);
  expect(codes.filter((code) => code === 'UNAUTHORIZED')).toHaveLength(10);
  expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(5);
});
