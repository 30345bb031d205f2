// A rule made today speaks of the past once it is counted anew, and when the rule goes, so does what it changed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { createApiClient } from '../../client.ts';
import type { RuleKind } from './contract.ts';
import { recount } from './recount.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2;
const day = (offset: number): string => new Date(NOON + offset * DAY_MS).toISOString().slice(0, 10);

let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Past', 'past.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  let n = 0;
  const view = async (path: string, more: { agent?: string; referrer?: string; daysAgo?: number } = {}) => {
    const at = NOON - (more.daysAgo ?? 0) * DAY_MS + n * 1000;
    const url = `https://past.example${path}`;
    const event = {
      id: `past-event-${n++}`,
      name: 'page_view',
      at,
      url,
      ...(more.referrer ? { referrer: more.referrer } : {}),
    };
    const body = Buffer.from(JSON.stringify({ site: own.key, sent: Date.now(), events: [event] }));
    const sender = { address: `192.0.2.${n}`, userAgent: more.agent ?? CHROME };
    await server.program.collector.fromBrowser(body, sender, Date.now());
  };
  await view('/');
  await view('/thanks', { daysAgo: 20 });
  await view('/a?token=secret&q=1');
  await view('/b', { agent: `${CHROME} PriceWatch/3` });
  await view('/c', { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' });
  await view('/d', { referrer: 'https://win.spam.example/x' });
  const told = { id: 'server-0001', name: 'call', at: NOON + 60_000, visitor: 'a-customer' };
  await server.program.collector.fromServer(
    own.workspace,
    Buffer.from(JSON.stringify({ site: own.host, events: [told] })),
  );
  await server.program.flusher.flush();
});
afterAll(() => server?.stop());

const rule = (kind: RuleKind, pattern: string) =>
  api.countingRules.create({ workspace: own.workspace, name: `${kind} ${pattern}`, kind, pattern });
const figures = async () =>
  (
    await api.reports.run({
      ...{ workspace: own.workspace, period: [day(-60), day(2)] as [string, string] },
      measures: ['visits', 'pageViews'],
    })
  ).totals;
const asked = { period: [day(-60), day(2)] as [string, string] };
async function countAnew(): Promise<void> {
  await api.recount.start({ workspace: own.workspace });
  await expect
    .poll(async () => (await api.recount.state({ workspace: own.workspace })).run?.state, { timeout: 60_000 })
    .toBe('done');
}

test('the past is counted by the rules of today, and by those of tomorrow when they go', async () => {
  const { workspace } = own;
  expect(await figures()).toEqual({ visits: 5, pageViews: 5 });
  expect((await api.recount.state({ workspace })).needed).toBe(false);
  const rules = [
    await rule('path', '/thanks'),
    await rule('parameter', 'token'),
    await rule('robot', 'PriceWatch'),
    await rule('spam', 'spam.example'),
    await rule('not-robot', 'Googlebot'),
  ];
  expect((await api.recount.state({ workspace })).needed).toBe(true);
  await countAnew();
  expect((await api.recount.state({ workspace })).needed).toBe(false);
  // without thanks, the robot and spam, with the crawler
  expect(await figures()).toEqual({ visits: 3, pageViews: 3 });
  const robots = await api.robots.list({ workspace, ...asked });
  // what a server told stays what it was
  expect(robots).toMatchObject({ excluded: 1, people: 4 });
  expect(robots.robots.map(({ name, views, pattern }) => [name, views, pattern])).toEqual([
    ['robot PriceWatch', 1, expect.stringContaining('PriceWatch/3')],
  ]);
  expect(robots.spam.map(({ host, views }) => [host, views])).toEqual([['win.spam.example', 1]]);
  const { clickhouse } = server.program.installation;
  const answer = await clickhouse.query({
    query: `SELECT url, query FROM events WHERE workspace = '${workspace}' AND path = '/a'`,
    format: 'JSONEachRow',
  });
  expect(await answer.json()).toEqual([{ url: 'https://past.example/a?q=1', query: 'q=1' }]);

  for (const { id } of rules) await api.countingRules.archive({ workspace, rule: id });
  expect((await api.recount.state({ workspace })).needed).toBe(true);
  await countAnew();
  expect(await figures()).toEqual({ visits: 5, pageViews: 5 });
  // roll-ups say what the raw rows say
  await server.program.rollUps.rebuild({ workspace });
  expect(await figures()).toEqual({ visits: 5, pageViews: 5 });
});

test('cut off anywhere it goes on from what was done last, and nothing is counted twice or left', async () => {
  const { workspace } = own;
  const { pool, clickhouse, log } = server.program.installation;
  const job = recount.with({ pool, clickhouse, store: server.program.store });
  const thanks = await rule('path', '/thanks');
  const watch = await rule('robot', 'PriceWatch');
  let saved: unknown = null;
  let saves = 0;
  /** Runs until the `cut`th save, before it is written down or after; as a kill −9 leaves it. */
  const run = (cut: number, written: boolean) =>
    job.run({
      ...{ workspace, payload: {}, run: 'cut', attempt: 1, who: 'test', log, signal: new AbortController().signal },
      progress: () => {},
      checkpoint: {
        load: async <State>() => saved as State | null,
        save: async (state: unknown) => {
          const now = saves++;
          if (now !== cut || written) saved = state;
          if (now === cut) throw new Error('killed');
        },
      },
    });
  await expect(run(0, false)).rejects.toThrow('killed');
  expect(saved).toBeNull();
  await expect(run(1, true)).rejects.toThrow('killed');
  expect(saved).not.toBeNull();
  await run(-1, true);
  expect(await figures()).toEqual({ visits: 3, pageViews: 3 });
  for (const { id } of [thanks, watch]) await api.countingRules.archive({ workspace, rule: id });
  [saved, saves] = [null, 0];
  await expect(run(0, true)).rejects.toThrow('killed');
  await run(-1, true);
  expect(await figures()).toEqual({ visits: 5, pageViews: 5 });
  await server.program.rollUps.rebuild({ workspace });
  expect(await figures()).toEqual({ visits: 5, pageViews: 5 });
});
