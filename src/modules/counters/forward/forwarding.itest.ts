// Goals told to the counters on a page: the browser tells them from the same events as reports do, and what can't be told is refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { isGoal } from '../../../tracker/goal-rules.ts';
import type { ToldGoal, ToldGoals, TrackedEvent } from '../../../tracker/wire.ts';
import type { Act, GoalDefinition } from '../../analytics/contract.ts';
import { createApiClient } from '../../client.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000;
const day = (offset: number): string => new Date(NOON + offset * 86_400_000).toISOString().slice(0, 10);

const event = (n: number, name: string, url: string, more: Partial<TrackedEvent> = {}): TrackedEvent => ({
  id: `event-${100 + n}`,
  name,
  at: NOON + n * 1000,
  url: `https://nord.example${url}`,
  language: 'de-AT',
  ...more,
});
const EVENTS: readonly TrackedEvent[] = [
  event(0, 'page_view', '/'),
  event(1, 'page_view', '/%D1%86%D0%B5%D0%BD%D1%8B/?utm_source=a#top'),
  event(2, 'page_view', '/Groups/a%20b'),
  event(3, 'form_submit', '/groups', { properties: { form: 'Offer' } }),
  event(4, 'form_submit', '/groups', { properties: { form: 'news', seats: 12, member: false } }),
  event(5, 'engagement', '/groups', { duration: 5000, scroll: 80 }),
  event(6, 'purchase', '/thanks', { properties: { value: 199.9, currency: 'EUR', transaction_id: 'A-1' } }),
  event(7, 'deposit', '/thanks', { revenue: { amount: '1990.50', currency: 'RUB' } }),
  event(8, 'outbound_click', '/', { properties: { url: 'https://t.me/nord\nx' } }),
];
const is = (property: string, comparison: string, value?: string | number | string[]) =>
  ({ property, is: comparison, ...(value === undefined ? {} : { value }) }) as never;
const ACTS: readonly Act[] = [
  {},
  { what: 'view' as const },
  { what: 'event' as const },
  { what: 'view' as const, where: is('page', 'equals', '/цены/') },
  { where: is('page', 'contains', '/groups') },
  { where: is('page', 'starts-with', '/Groups/a b') },
  { where: is('page', 'matches', '(?i)^/groups') },
  { where: { and: [is('event', 'equals', 'form_submit'), is('property:form', 'in', ['Offer', 'other'])] } },
  { where: { not: { or: [is('event', 'in', ['form_submit', 'page_view']), is('property:form', 'empty')] } } },
  { what: 'event' as const, where: is('property:form', 'empty') },
  { where: is('property:seats', 'greater', 9) },
  { where: is('property:seats', 'less', 9) },
  { where: is('property:member', 'equals', 'false') },
  { what: 'attention' as const, where: is('scroll', 'greater', 74) },
  { where: is('amount', 'greater', 15_000) },
  { where: { and: [is('amount', 'greater', 15_000), is('amount', 'less', 20_000)] } },
  { where: is('language', 'equals', 'de') },
  { where: is('hostname', 'equals', 'nord.example') },
  { where: is('property:url', 'matches', 'nord.x') },
  { where: { and: [] } },
  { where: { or: [] } },
];

let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;
const told = async (): Promise<ToldGoals> =>
  (await fetch(`${server.url}/collect/goals/${own.key}`)).json() as Promise<ToldGoals>;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Nord', 'nord.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  const body = { site: own.key, sent: Date.now(), visitor: 'person-1000', ym: '17', events: EVENTS };
  const sender = { address: '203.0.113.7', userAgent: FIREFOX };
  await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
  await server.program.flusher.flush();
});
afterAll(() => server?.stop());

test('the page tells a goal from the same events as reports do', async () => {
  for (const [index, act] of ACTS.entries()) {
    const definition = { version: 1, act } as const;
    const { id } = await api.goals.create({ workspace: own.workspace, name: `Goal ${index}`, definition });
    const { totals } = await api.reports.run({
      workspace: own.workspace,
      period: [day(-1), day(2)],
      measures: [`conversions:${id}`],
    });
    const heard = EVENTS.filter((one) => isGoal({ ...(act as Omit<ToldGoal, 'currency'>), currency: 'EUR' }, one));
    expect([act, heard.length]).toEqual([act, totals[`conversions:${id}`]]);
  }
});

test('chosen goals are told by site key with their worth, those put away no more, and counters are seen by their cookies', async () => {
  const { workspace, site } = own;
  const act = { what: 'event', where: is('event', 'equals', 'form_submit') } as const;
  const lead = await api.goals.create({
    workspace,
    name: 'Заявка на группу',
    definition: { version: 1, act },
    worth: 2550,
  });
  const before = await api.counters.forwarding({ workspace, site });
  expect(before.seen).toEqual({ visits: 1, metrica: 1, ga4: 0 });
  expect(before.snippet.indexOf('tw-goals.js')).toBeLessThan(before.snippet.indexOf('tw.js'));
  expect(before.goals.find(({ id }) => id === lead.id)).toMatchObject({
    suggested: 'zayavka_na_gruppu',
    metrica: null,
  });
  expect(await told()).toEqual({ metrica: null, goals: [] });

  const goals = [{ id: lead.id, metrica: 'lead', ga4: 'generate_offer' }];
  await api.counters.setForwarding({ workspace, site, number: '12345678', goals });
  expect(await told()).toEqual({
    metrica: '12345678',
    goals: [{ ...act, worth: 25.5, currency: 'EUR', metrica: 'lead', ga4: 'generate_offer' }],
  });
  await api.goals.archive({ workspace, goal: lead.id });
  expect((await told()).goals).toEqual([]);
  expect((await fetch(`${server.url}/collect/goals/nobody`)).status).toBe(404);
});

test('what can not be told, or would be counted twice, is refused with what to do', async () => {
  const { workspace, site } = own;
  const make = (name: string, definition: GoalDefinition) => api.goals.create({ workspace, name, definition });
  const order = await make('Order', { version: 1, act: { where: is('event', 'equals', 'purchase') } });
  const long = await make('Long visit', { version: 1, visit: is('seconds', 'greater', 60) });
  const abroad = await make('Abroad', { version: 1, act: { where: is('country', 'equals', 'DE') } });
  const choose = (goals: { id: string; metrica?: string; ga4?: string }[], number: string | null = '12345678') =>
    api.counters.setForwarding({
      workspace,
      site,
      number,
      goals: goals.map(({ metrica = null, ga4 = null, ...goal }) => ({ ...goal, metrica, ga4 })) as never,
    });
  await expect(choose([{ id: order.id, ga4: 'purchase' }])).rejects.toThrow('counted twice');
  await expect(choose([{ id: long.id, ga4: 'long' }])).rejects.toThrow('whole visit');
  await expect(choose([{ id: abroad.id, ga4: 'abroad' }])).rejects.toThrow('country');
  await expect(choose([{ id: order.id, metrica: 'order' }], null)).rejects.toThrow('number of the Metrica counter');
  const two = [
    { id: order.id, ga4: 'same' },
    { id: (await make('Form', { version: 1, act: { what: 'event' } })).id, ga4: 'same' },
  ];
  await expect(choose(two)).rejects.toThrow('told apart');
});
