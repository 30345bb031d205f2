// What people do besides viewing pages: a few visitors by hand through the collector, against what can be counted on fingers.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import type { TrackedEvent } from '../../../tracker/wire.ts';
import { actTable, behindAct } from './acts.ts';
import type { ActKind } from './contract.ts';
import { searchParametersOf, setSearchParameters } from './search-parameters.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000;
const day = (offset: number): string => new Date(NOON + offset * 86_400_000).toISOString().slice(0, 10);
const PERIOD: [string, string] = [day(0), day(1)];
const HOME = 'https://shop.example';

let program: TestProgram;
let shop: Awaited<ReturnType<typeof company>>;
let ids = 0;

interface Did extends Partial<TrackedEvent> {
  /** seconds after noon */
  s: number;
  name: string;
  page: string;
}
async function visitor(id: string, did: readonly Did[]): Promise<void> {
  const events = did.map(({ s, page, ...rest }) => ({
    ...{ id: `act-${String(1000 + ids++)}`, at: NOON + s * 1000, url: `${HOME}${page}` },
    ...rest,
  }));
  const body = { site: shop.key, sent: Date.now(), visitor: `visitor-${id}`, events };
  const sender = { address: '203.0.113.7', userAgent: FIREFOX };
  await program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
}
const table = (kind: ActKind, filters?: object) =>
  actTable(program.reports, shop.workspace, { kind, by: 'day', period: PERIOD, filters: filters as never });
const behind = async (kind: ActKind, value: string) =>
  (await behindAct(program.reports, shop.workspace, { kind, value, period: PERIOD })).lists;

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program, 'Acts', 'shop.example', 'UTC');
  const view = (s: number, page: string, more: Partial<TrackedEvent> = {}): Did => ({
    s,
    name: 'page_view',
    page,
    ...more,
  });
  const event = (s: number, name: string, page: string, properties: Record<string, string | number>): Did => ({
    ...{ s, name, page, properties },
  });
  await visitor('1', [
    view(0, '/?utm_source=news&utm_medium=email'),
    event(5, 'outbound_click', '/', { url: 'https://maker.example/tent' }),
    event(9, 'outbound_click', '/tents', { url: 'https://maker.example/tent' }),
    event(12, 'file_download', '/tents', { url: `${HOME}/sizes.pdf` }),
    view(20, '/search?q=Warm%20bag&page=2', { referrer: `${HOME}/tents` }),
    // the next page of the same search, and the event the page sends of it besides
    view(24, '/search?q=warm+bag&page=3'),
    event(25, 'view_search_results', '/search', { search_term: 'Warm bag', results: 4 }),
    view(40, '/bags/winter'),
    { s: 60, name: 'engagement', page: '/bags/winter', scroll: 80, duration: 9000 },
    event(70, 'form_start', '/contact', { form: 'ask' }),
    event(80, 'form_abandon', '/contact', { form: 'ask', field: 'phone', seconds: 10 }),
    event(90, 'form_submit', '/contact', { form: 'ask' }),
    event(90, 'form_filled', '/contact', { form: 'ask', seconds: 20 }),
    // of a form whose beginnings nobody tells
    event(95, 'form_submit', '/news', { form: 'news' }),
    // sent, begun again and left: it was sent
    event(99, 'form_start', '/contact', { form: 'ask' }),
    event(101, 'form_abandon', '/contact', { form: 'ask', field: 'name', seconds: 2 }),
  ]);
  await visitor('2', [
    view(0, '/bags/winter'),
    { s: 30, name: 'engagement', page: '/bags/winter', scroll: 30, duration: 3000 },
    event(31, 'view_search_results', '/find', { search_term: ' warm BAG ', results: 0 }),
    event(40, 'form_start', '/contact', { form: 'ask' }),
    event(50, 'form_abandon', '/contact', { form: 'ask', field: 'phone', seconds: 10 }),
    view(60, '/old-tent', { title: 'Page not found – Shop', referrer: `${HOME}/blog/best-tents?x=1` }),
    view(3000, '/404-ways-to-camp', { title: 'Ways to camp' }),
    event(3010, '404', '/gone-for-good', {}),
  ]);
  await visitor('3', [
    view(0, '/old-tent', { title: '404', referrer: 'https://www.forum.example/thread/7' }),
    event(10, 'outbound_click', '/', { url: 'https://maps.example/' }),
  ]);
  await program.flusher.flush();
});
afterAll(() => program?.close());

test('links that lead away and files, by the visits they were pressed in, with the pages they stand on', async () => {
  const { rows, total, steps, cut } = await table('outbound');
  expect(rows).toEqual([
    { value: 'https://maker.example/tent', count: 2, visitors: 1 },
    { value: 'https://maps.example/', count: 1, visitors: 1 },
  ]);
  expect({ total, cut }).toEqual({ total: { count: 3, visitors: 2 }, cut: false });
  expect(steps).toEqual([{ step: day(0), count: 3 }]);
  expect(await behind('outbound', 'https://maker.example/tent')).toEqual([
    {
      list: 'pages',
      rows: [
        { value: '/', count: 1 },
        { value: '/tents', count: 1 },
      ],
    },
  ]);
  expect((await table('download')).rows).toEqual([{ value: `${HOME}/sizes.pdf`, count: 1, visitors: 1 }]);
  // of visits by mail alone
  const mail = { property: 'channel', is: 'equals', value: 'Email' };
  expect((await table('outbound', mail)).rows.map(({ value }) => value)).toEqual(['https://maker.example/tent']);
});

test('searches are the same words however they were written, told by address or by event', async () => {
  const { rows } = await table('search');
  expect(rows).toEqual([{ value: 'warm bag', count: 2, visitors: 2, nothingFound: 0.5, wentOn: 1 }]);
  expect(await behind('search', 'warm bag')).toEqual([
    {
      list: 'next',
      rows: [
        { value: '/bags/winter', count: 1 },
        { value: '/old-tent', count: 1 },
      ],
    },
    { list: 'from', rows: [{ value: '/tents', count: 1 }] },
  ]);
});

test('a page that is not there is told by its title, with the page whose link leads to it', async () => {
  const { rows } = await table('not-found');
  expect(rows).toEqual([
    { value: '/old-tent', count: 2, visitors: 2, fromInside: 1 },
    { value: '/gone-for-good', count: 1, visitors: 1, fromInside: 0 },
  ]);
  expect(await behind('not-found', '/old-tent')).toEqual([
    {
      list: 'from',
      rows: [
        { value: '/blog/best-tents', count: 1 },
        { value: 'forum.example', count: 1 },
      ],
    },
  ]);
});

test('a form is sent or left by each visitor, who may leave it and send it after all', async () => {
  const { rows, total } = await table('form');
  expect(rows.find(({ value }) => value === 'news')).toMatchObject({ begun: null, sent: 1, left: 0 });
  expect(rows.filter(({ value }) => value === 'ask')).toEqual([
    { value: 'ask', count: 3, visitors: 2, begun: 2, sent: 1, left: 1, seconds: 20 },
  ]);
  expect(total).toEqual({ count: 2, visitors: 1 });
  const lists = await behind('form', 'ask');
  expect(lists.find(({ list }) => list === 'fields')?.rows).toEqual([{ value: 'phone', count: 1 }]);
});

test('how far pages are read, by visitor', async () => {
  const { rows } = await table('scroll');
  expect(rows.find(({ value }) => value === '/bags/winter')).toEqual({
    ...{ value: '/bags/winter', count: 2, visitors: 2, reached: [1, 0.5, 0.5, 0], looked: 6 },
  });
});

test('words stand in parameters of the site’s own, once it is said which', async () => {
  const { workspace } = shop;
  await visitor('finder', [
    { s: -86_400, name: 'page_view', page: '/results?find%5Btext%5D=Old%20tent' },
    { s: -86_390, name: 'page_view', page: '/results?search[q]=rope&q=ignored' },
  ]);
  await program.flusher.flush();
  const words = async () => {
    const parameters = await searchParametersOf(program.db, workspace);
    const question = { kind: 'search', by: 'day', period: [day(-1), day(0)] as [string, string] } as const;
    return (await actTable(program.reports, workspace, question, parameters)).rows.map(({ value }) => value);
  };
  expect(await words()).toEqual(['ignored']);
  expect(await setSearchParameters(program.db, workspace, ['search[q]', 'find', 'find'], 'test')).toEqual({
    ...{ parameters: ['search[q]', 'find'], usual: false },
  });
  expect(await words()).toEqual(['rope']);
  await setSearchParameters(program.db, workspace, [], 'test');
  expect(await words()).toEqual(['ignored']);
});
