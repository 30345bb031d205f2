// Files of other counters beside visits that came through the real collector: what they say, and why the two differ.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportDriver } from '../../../test/support/import-driver.ts';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { createApiClient } from '../client.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const DAY_MS = 86_400_000;
const MIDNIGHT = Math.floor(Date.now() / DAY_MS) * DAY_MS - 5 * DAY_MS;
const day = (offset: number): string => new Date(MIDNIGHT + offset * DAY_MS).toISOString().slice(0, 10);
const compact = (offset: number): string => day(offset).replaceAll('-', '');

let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;
let imports: ImportDriver;

let people = 0;
interface Person {
  /** days and hours after the midnight UTC */
  at: number;
  agreed?: boolean;
  ga?: boolean;
  ym?: boolean;
  robot?: boolean;
  /** comes back by it ten minutes later */
  again?: string;
}
async function visit({ at, agreed = true, ga = false, ym = false, robot = false, again }: Person): Promise<void> {
  const id = `person-${1000 + people++}`;
  const time = MIDNIGHT + at * 3_600_000;
  const view = (n: number, query: string) => ({
    id: `${id}-${n}`,
    name: 'page_view',
    at: time + n * 600_000,
    url: `https://nord.example/${query}`,
  });
  const events = [view(0, '?utm_source=google&utm_medium=cpc'), ...(again ? [view(1, again)] : [])];
  const body = {
    site: own.key,
    sent: Date.now(),
    ...(agreed ? { visitor: id } : {}),
    ...(ga ? { ga: `GA1.1.${people}.1` } : {}),
    ...(ym ? { ym: String(people) } : {}),
    events,
  };
  const sender = { address: `203.0.113.${people}`, userAgent: robot ? GOOGLEBOT : FIREFOX };
  await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
}

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Nord', 'nord.example', 'Europe/Berlin');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  imports = new ImportDriver({ send: fetch, url: server.url, workspace: own.workspace, cookie });
  await visit({ at: -24 });
  await visit({ at: 12, ga: true, ym: true, again: '?utm_source=vk&utm_medium=social' });
  await visit({ at: 12, ga: true, ym: true });
  await visit({ at: 13, ga: true });
  await visit({ at: 13 });
  await visit({ at: 14, agreed: false });
  await visit({ at: 14, robot: true });
  // this day in Berlin, the day before in UTC
  await visit({ at: -0.5, ga: true });
  // the next day in Berlin, this day in UTC
  await visit({ at: 23.5, ga: true });
  await visit({ at: 23.6, ga: true });
  await server.program.flusher.flush();
});
afterAll(() => server?.stop());

const compare = (counter: 'ga4' | 'metrica') =>
  api.counters.compare({ workspace: own.workspace, site: own.site, counter, period: [day(-3), day(3)] });

test('a report of Google Analytics stands beside our days, and the difference is told step by step', async () => {
  const csv = `# ----------------------------------------
# Traffic acquisition: Session primary channel group
# Start date: ${compact(-2)}
# ----------------------------------------
Date,Session primary channel group (Default Channel Group),Sessions,Total users,Views
${compact(-2)},Paid Search,40,31,90
${compact(0)},Paid Search,4,4,6
${compact(0)},Direct,1,1,1
`;
  const { checked } = await imports.whole('counters', 'data-export.csv', csv, {
    mapping: { counter: { value: 'ga4' } },
  });
  expect(checked.summary).toMatchObject({ rows: 3, added: 3, rejected: 0, firstDay: day(-2), lastDay: day(0) });

  const before = await compare('ga4');
  expect(before.days.find((one) => one.day === day(-2))).toMatchObject({
    ours: null,
    theirs: { visits: 40, visitors: 31, views: 90 },
  });
  expect(before.days.find((one) => one.day === day(0))).toMatchObject({
    ours: { visits: 6 },
    // people of two channels may be the same people
    theirs: { visits: 5, visitors: null, views: 7 },
  });
  expect(before.bridge).toMatchObject({
    from: day(0),
    to: day(0),
    ours: 6,
    steps: [
      { code: 'not-agreed', visits: -1 },
      { code: 'blocked', visits: -1 },
    ],
    expected: 4,
    theirs: 5,
    robots: 1,
    traces: true,
  });
  expect(before.channels).toEqual([
    { channel: 'Paid Search', ours: 6, theirs: 4 },
    { channel: 'Direct', ours: 0, theirs: 1 },
  ]);

  await api.counters.setZone({ workspace: own.workspace, site: own.site, counter: 'ga4', zone: 'UTC' });
  const { bridge } = await compare('ga4');
  expect(bridge).toMatchObject({
    ours: 6,
    steps: [
      { code: 'zone', visits: 1 },
      { code: 'not-agreed', visits: -1 },
      { code: 'blocked', visits: -1 },
    ],
    expected: 5,
    theirs: 5,
    theirZone: 'UTC',
  });
});

test('rows of GA4’s BigQuery export are events: sessions begin with one, pages are seen by another', async () => {
  const row = (event: string, group: string) => `${compact(-9)},${event},${group}\n`;
  const csv = `event_date,event_name,session_default_channel_group\n${[
    ...['session_start', 'page_view', 'page_view', 'scroll', 'session_start', 'page_view'].map((one) =>
      row(one, 'Direct'),
    ),
    ...['session_start', 'page_view', 'purchase'].map((one) => row(one, 'Email')),
  ].join('')}`;
  const { checked } = await imports.whole('counters', 'bigquery.csv', csv, { mapping: { counter: { value: 'ga4' } } });
  expect(checked.summary).toMatchObject({ rows: 9, added: 2, merged: 7 });
  const { days } = await api.counters.compare({
    ...{ workspace: own.workspace, site: own.site, counter: 'ga4', period: [day(-9), day(-8)] },
  });
  expect(days.map(({ theirs }) => theirs)).toEqual([{ visits: 3, visitors: null, views: 4 }]);
});

test('a log of Metrica with a row a visit is added up, and a visit by a second source counts twice there', async () => {
  const row = (id: number, source: string) => `${id}\t${day(0)}\t${source}\t2\n`;
  const tsv = `ym:s:visitID\tym:s:date\tym:s:lastTrafficSource\tym:s:pageViews\n${row(1, 'ad')}${row(2, 'social')}${row(3, 'ad')}`;
  const { checked, done } = await imports.whole('counters', 'visits.tsv', tsv, {
    mapping: { counter: { value: 'metrica' } },
  });
  expect(checked.summary).toMatchObject({ rows: 3, added: 2, merged: 1 });
  const { bridge, channels } = await compare('metrica');
  expect(bridge).toMatchObject({
    ours: 6,
    steps: [
      { code: 'not-agreed', visits: -1 },
      { code: 'blocked', visits: -3 },
      { code: 'source-changes', visits: 1 },
    ],
    expected: 3,
    theirs: 3,
  });
  expect(channels).toContainEqual({ channel: 'Organic Social', ours: 0, theirs: 1 });

  const list = await api.counters.list({ workspace: own.workspace });
  expect(list).toHaveLength(2);
  expect(list.find((one) => one.counter === 'metrica')).toMatchObject({
    days: 1,
    zone: null,
    sources: [
      { source: 'ad', channel: 'Paid Search' },
      { source: 'social', channel: 'Organic Social' },
    ],
    imports: [{ file: 'visits.tsv' }],
  });
  await imports.undo(done.id);
  await imports.ended(done.id);
  expect(await api.counters.list({ workspace: own.workspace })).toHaveLength(1);
});

test('figures of another counter are in none of ours', async () => {
  const answer = await api.reports.run({
    workspace: own.workspace,
    period: [day(-3), day(3)],
    measures: ['visits'],
  });
  expect(answer.totals.visits).toBe(9);
});

test('a zone that is none is refused in words', async () => {
  const wrong = api.counters.setZone({ workspace: own.workspace, site: own.site, counter: 'ga4', zone: 'Mars' });
  await expect(wrong).rejects.toThrow(/time zone like Europe\/Berlin/);
});
