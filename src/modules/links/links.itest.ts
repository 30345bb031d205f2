// What links brought and what is wrong with tags, over events that came through the real path.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { createApiClient } from '../client.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const DAY = Date.now() - 2 * 86_400_000;
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;
const period: [string, string] = [
  new Date(DAY - 86_400_000).toISOString().slice(0, 10),
  new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
];

let people = 0;
async function visit(address: string, more: { referrer?: string; orders?: number; later?: [string, string] } = {}) {
  const at = DAY + people * 1000;
  const id = `person-${1000 + people++}`;
  const event = (name: string, url: string, minute: number, rest: object = {}) => ({
    id: `${id}-${name}-${minute}`,
    name,
    at: at + minute * 60_000,
    url,
    ...rest,
  });
  const events = [event('page_view', address, 0, more.referrer ? { referrer: more.referrer } : {})];
  if (more.later) events.push(event('page_view', more.later[0], 1, { referrer: more.later[1] }));
  if (more.orders)
    events.push(
      event('purchase', 'https://nord.example/thanks', 2, { revenue: { amount: more.orders, currency: 'EUR' } }),
    );
  const body = { site: own.key, sent: Date.now(), visitor: id, events };
  const sender = { address: '203.0.113.7', userAgent: FIREFOX };
  await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
}
const tagged = (query: string): string => `https://nord.example/sale?${query}`;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Nord', 'nord.example');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  for (let n = 0; n < 6; n++)
    await visit(tagged('utm_source=Newsletter&utm_medium=email&utm_campaign=weekly'), n ? {} : { orders: 120 });
  await visit(tagged('utm_source=newsletter&utm_medium=email&utm_campaign=weekly&utm_content=footer'));
  await visit(tagged('utm_source=newsleter&utm_medium=email&utm_campaign=weekly'));
  await visit(tagged('utm_source=leaflet&utm_medium=qr&utm_campaign=fair'));
  await visit('https://nord.example/', { referrer: 'https://www.google.com/' });
  await visit('https://nord.example/', {
    referrer: 'https://www.google.com/',
    later: ['https://nord.example/sale?utm_source=banner&utm_medium=home&utm_campaign=x', 'https://nord.example/start'],
  });
  await server.program.flusher.flush();
});
afterAll(() => server?.stop());

test('a link has the visits, orders and revenue of its own tags alone', async () => {
  const { workspace } = own;
  const make = (name: string, more: object) =>
    api.links.create({
      workspace,
      name,
      target: 'https://nord.example/sale',
      source: 'Newsletter',
      medium: 'email',
      campaign: 'weekly',
      ...more,
    });
  const letter = await make('Letter', {});
  const footer = await make('Footer', { content: 'footer' });
  const elsewhere = await make('Elsewhere', { target: 'https://market.example/nord', content: 'm' });
  const { rows } = await api.links.figures({ workspace, period });
  const of = (id: string) => rows.find((row) => row.id === id);
  expect(of(letter.id)).toMatchObject({ visits: 6, conversions: 1, revenue: 12_000, clicks: 0 });
  expect(of(footer.id)).toMatchObject({ visits: 1, conversions: 0, revenue: 0 });
  expect(of(elsewhere.id)).toMatchObject({ visits: null, conversions: null, revenue: null });
  const goal = await api.goals.create({
    workspace,
    name: 'Sale seen',
    definition: { version: 1, act: { what: 'view', where: { property: 'page', is: 'equals', value: '/sale' } } },
  });
  const counted = await api.links.figures({ workspace, period, goal: goal.id });
  expect(counted.rows.find((row) => row.id === letter.id)).toMatchObject({ conversions: 6 });
});

test('the preview tells channel, breaches and who has the same tags', async () => {
  const found = await api.links.preview({
    workspace: own.workspace,
    target: 'nord.example/x',
    source: 'newsletter',
    medium: 'E-Mail',
    campaign: 'Weekly',
  });
  expect(found).toMatchObject({ channel: 'Email', own: true, problem: null });
  expect(found.breaches.map(({ field, mend }) => [field, mend])).toEqual([
    ['medium', 'email'],
    ['campaign', 'weekly'],
  ]);
});

test('faults are found in what was truly seen, taken over into the convention, and left alone', async () => {
  const { workspace } = own;
  const found = await api.tagFaults.find({ workspace, period });
  expect(found.faults.map(({ code, value, visits }) => [code, value, visits])).toEqual(
    expect.arrayContaining([
      ['slip', 'newsleter', 1],
      ['unassigned', 'qr', 1],
      ['alias', 'qr', 1],
      ['inside', 'banner', 1],
    ]),
  );
  expect(found.faults.find((one) => one.code === 'inside')?.page).toBe('https://nord.example/start');
  expect(found).toMatchObject({ visits: 11, tagged: 9, faulty: 2 });
  const slip = found.faults.find((one) => one.code === 'slip')!;
  await api.tagFaults.addAlias({ workspace, field: 'source', value: slip.value, instead: slip.instead! });
  const after = await api.tagFaults.find({ workspace, period });
  expect(after.faults.find((one) => one.value === 'newsleter')).toMatchObject({ code: 'alias', instead: 'newsletter' });
  const { leftAlone } = await api.tagFaults.leaveAlone({ workspace, key: 'unassigned leaflet qr', leave: true });
  expect(leftAlone).toBe(1);
  const rest = await api.tagFaults.find({ workspace, period });
  expect(rest.faults.some((one) => one.code === 'unassigned')).toBe(false);
  expect((await api.tagFaults.find({ workspace, period, leftAlone: true })).faults.map(({ code }) => code)).toEqual([
    'unassigned',
  ]);
  const audit = await server.program.people
    .selectFrom('audit')
    .select('action')
    .where('workspace', '=', workspace)
    .execute();
  expect(audit.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['link.create', 'link-convention.alias', 'tag-fault.leave']),
  );
});
