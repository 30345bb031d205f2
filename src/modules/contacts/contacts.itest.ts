// Calls and chats find where they came from: by the number that was called, by a code of the visitor's own, orders by a promo code.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { createApiClient } from '../client.ts';
import { forgetCodes } from './contacts.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;
const today = () => new Date().toISOString().slice(0, 10);
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

async function view(url: string, more: object = {}, browser = FIREFOX): Promise<void> {
  const events = [{ id: `id-${Math.random()}-x`, name: 'page_view', at: Date.now(), url, ...more }];
  const body = { site: own.key, sent: Date.now(), events };
  await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), {
    address: '127.0.0.1',
    userAgent: browser,
  });
}
const shown = async (query: Record<string, string>, browser = FIREFOX) =>
  (
    await fetch(`${server.url}/collect/contact/${own.key}?${new URLSearchParams(query)}`, {
      headers: { 'user-agent': browser },
    })
  ).json() as Promise<{ numbers: [string, string][]; code: string | null }>;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Nord', 'nord.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  const add = (name: string, definition: object) =>
    api.contactSources.create({ workspace: own.workspace, name, definition: { version: 1, ...definition } as never });
  await add('Van', { kind: 'phone', value: '+49 30 555-1201', source: 'van', medium: 'print' });
  await add('Ads', {
    kind: 'phone',
    value: '+49 30 555 1202',
    source: 'google',
    medium: 'cpc',
    instead: '+49 30 555 1200',
  });
  await add('Sale', {
    ...{ kind: 'phone', value: '+49 30 555 1203', source: 'google', medium: 'cpc', campaign: 'sale' },
    instead: '0049 30 5551200'.replace('00', '+'),
  });
  await add('Podcast', { kind: 'promo', value: 'Outside10', source: 'podcast', medium: 'audio' });
});
afterAll(() => server?.stop());

test('a page shows the number of the source a visitor came by, on later pages too, without anything kept in the browser', async () => {
  const landing = 'https://nord.example/tents?utm_source=google&utm_medium=cpc';
  expect((await shown({ u: landing, r: 'https://www.google.com/' })).numbers).toEqual([
    ['49305551200', '+49 30 555 1202'],
  ]);
  expect((await shown({ u: `${landing}&utm_campaign=sale`, r: '' })).numbers).toEqual([
    ['49305551200', '+49 30 555 1203'],
  ]);
  expect(await shown({ u: 'https://nord.example/', r: '' })).toEqual({ numbers: [], code: null });
  await view(landing, { referrer: 'https://www.google.com/' });
  await server.program.flusher.flush();
  const next = { u: 'https://nord.example/cart', r: landing };
  expect((await shown(next)).numbers).toEqual([['49305551200', '+49 30 555 1202']]);
  // someone else with the same page before
  expect((await shown(next, `${FIREFOX} other`)).numbers).toEqual([]);
  const away = await fetch(`${server.url}/collect/contact/nobody`);
  expect(away.status).toBe(404);
});

test('a code tells whose visit it was shown in, and a call recorded by it counts for a goal of that visit’s channel', async () => {
  const { workspace } = own;
  const { code } = await shown({ u: 'https://nord.example/cart', r: '', c: '1' });
  expect(code).toMatch(/^[2-9A-Z]{6}$/);
  expect((await shown({ u: 'https://nord.example/boots', r: '', c: '1' })).code).toBe(code);
  expect((await shown({ u: 'https://nord.example/boots', r: '', c: '1' }, `${FIREFOX} other`)).code).not.toBe(code);
  const typed = `${code!.slice(0, 3).toLowerCase()} ${code!.slice(3)}`;
  const found = await api.contacts.find({ workspace, code: typed });
  expect(found).toMatchObject({
    ...{ code, host: 'nord.example' },
    visit: { channel: 'Paid Search', source: 'google', landingPage: '/tents', visits: 1, pages: ['/tents'] },
  });
  expect(await api.contacts.find({ workspace, code: 'ZZZZZZ' })).toBeNull();
  const call = await api.contacts.record({ workspace, kind: 'call', code: typed, worth: 12_000, note: 'wants two' });
  expect(call).toMatchObject({ code, channel: 'Paid Search', landingPage: '/tents', worth: 12_000, note: 'wants two' });
  const goal = await api.goals.create({
    workspace,
    name: 'Called',
    definition: {
      version: 1,
      act: { what: 'event', where: { property: 'event', is: 'equals', value: 'call' } },
    } as never,
  } as never);
  await server.program.flusher.flush();
  const answer = await api.reports.run({
    ...{ workspace, period: [today(), tomorrow()], measures: [`conversions:${goal.id}`, 'visits', 'revenue'] },
    dimensions: ['channel'],
  } as never);
  expect(answer.rows).toEqual([{ channel: 'Paid Search', [`conversions:${goal.id}`]: 1, visits: 1, revenue: 12_000 }]);
  await expect(api.contacts.record({ workspace, kind: 'call', code: 'ZZZZZZ' })).rejects.toThrow('Nobody was shown');
});

test('whoever called by a code is handed the call, and it names nobody once they are erased', async () => {
  const { workspace, site } = own;
  const { rows } = await server.program.installation.pool.query(
    `SELECT visitor FROM contact WHERE workspace = $1 AND note = 'wants two'`,
    [workspace],
  );
  const owner = createApiClient({
    server: server.url,
    cookie: (await signedIn(server, workspace, 'owner')).cookie,
  });
  const visitor = rows[0].visitor as string;
  const file = JSON.parse(await (await owner.persons.export({ workspace, site, visitor })).text());
  expect(file.calls).toMatchObject([{ kind: 'call', channel: 'Paid Search', note: 'wants two' }]);
  expect(file.events.some(({ name }: { name: string }) => name === 'call')).toBe(true);
  const { id: run } = await owner.persons.erase({ workspace, site, visitor });
  await expect.poll(async () => (await owner.jobs.get({ workspace, run })).state, { timeout: 30_000 }).toBe('done');
  const left = await server.program.installation.pool.query(
    `SELECT visitor, code, note, channel FROM contact WHERE workspace = $1 AND channel = 'Paid Search'`,
    [workspace],
  );
  expect(left.rows).toEqual([{ visitor: '', code: '', note: '', channel: 'Paid Search' }]);
});

test('a call to a number counts for its source; told twice by its id it is one; and it can be taken off', async () => {
  const { workspace } = own;
  const given = { workspace, kind: 'call', number: '49 (30) 5551201', worth: 5_000, external: 'pbx-77' } as const;
  const first = await api.contacts.record(given);
  expect(first).toMatchObject({ source: 'van', medium: 'print', code: '' });
  const again = await Promise.all([1, 2, 3].map(() => api.contacts.record({ ...given, external: 'pbx-78' })));
  expect(new Set(again.map(({ id }) => id)).size).toBe(1);
  await api.contacts.remove({ workspace, contact: again[0]!.id });
  expect((await api.contacts.record(given)).id).toBe(first.id);
  await expect(api.contacts.record({ workspace, kind: 'call', number: '+1 555 0000000' })).rejects.toThrow(
    'not in the list',
  );
  await expect(api.contacts.record({ workspace, kind: 'call' })).rejects.toThrow('or the number');
  const of = async () => {
    const { rows } = await api.contactSources.figures({ workspace, period: [today(), tomorrow()] });
    const sources = await api.contactSources.list({ workspace });
    return Object.fromEntries(rows.map(({ id, ...row }) => [sources.find((one) => one.id === id)!.name, row]));
  };
  expect((await of()).Van).toEqual({ calls: 1, chats: 0, worth: 5_000, orders: 0, otherwise: 0 });
  const list = () => api.contacts.list({ workspace, from: today(), to: tomorrow() });
  expect(await list()).toHaveLength(2);
  await api.contacts.remove({ workspace, contact: first.id });
  expect(await list()).toHaveLength(1);
  await api.contacts.restore({ workspace, contact: first.id });
  expect((await of()).Van).toMatchObject({ calls: 1 });
});

test('orders with a promo code stand beside those whose visit came by its source', async () => {
  const { workspace } = own;
  const order = async (n: number, url: string, coupon: string) => {
    await view(url, {}, `${FIREFOX} buyer ${n}`);
    const events = [
      {
        ...{ id: `order-${n}-abc`, name: 'purchase', at: Date.now(), url: 'https://nord.example/thanks' },
        ecommerce: { transaction_id: `T${n}`, value: 90, currency: 'EUR', coupon },
      },
    ];
    await server.program.collector.fromBrowser(
      Buffer.from(JSON.stringify({ site: own.key, sent: Date.now(), events })),
      { address: '127.0.0.1', userAgent: `${FIREFOX} buyer ${n}` },
    );
  };
  await order(1, 'https://nord.example/?utm_source=podcast&utm_medium=audio', 'OUTSIDE10');
  await order(2, 'https://nord.example/', 'outside10');
  await order(3, 'https://nord.example/', 'OTHER');
  await server.program.flusher.flush();
  const { rows } = await api.contactSources.figures({ workspace, period: [today(), tomorrow()] });
  const podcast = (await api.contactSources.list({ workspace })).find(({ name }) => name === 'Podcast')!;
  expect(rows.find(({ id }) => id === podcast.id)).toEqual({
    ...{ id: podcast.id, calls: 0, chats: 0, worth: 18_000, orders: 2, otherwise: 1 },
  });
});

test('the same number is not given twice, a wrong one is refused, and old codes are forgotten', async () => {
  const { workspace } = own;
  const add = (definition: object) =>
    api.contactSources.create({
      workspace,
      name: 'x',
      definition: { version: 1, source: 'y', ...definition } as never,
    });
  await expect(add({ kind: 'phone', value: '+49305551201' })).rejects.toThrow('"Van" has this number');
  await expect(add({ kind: 'promo', value: 'OUTSIDE10' })).rejects.toThrow('"Podcast" has this code');
  await expect(add({ kind: 'phone', value: '555' })).rejects.toThrow('7 to 15 digits');
  const { pool } = server.program.installation;
  await pool.query(`UPDATE contact_code SET seen_at = now() - interval '91 days'`);
  await forgetCodes(server.program.db as never);
  expect((await pool.query('SELECT 1 FROM contact_code')).rowCount).toBe(0);
});
