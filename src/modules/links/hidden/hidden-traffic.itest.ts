// Visits whose source is hidden, each by the first sign it carries; those whose source is known are none of them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';
import { createApiClient } from '../../client.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const TELEGRAM =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 Telegram-Android/11.2';
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000;
const day = (offset: number): string => new Date(NOON + offset * 86_400_000).toISOString().slice(0, 10);

let server: TestServer;
let own: Awaited<ReturnType<typeof company>>;
let api: ReturnType<typeof createApiClient>;

beforeAll(async () => {
  server = await startServer();
  own = await company(server.program, 'Hidden', 'shop.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  api = createApiClient({ server: server.url, cookie });
  let n = 0;
  const visit = async (path: string, more: { referrer?: string; userAgent?: string } = {}) => {
    const url = `https://shop.example${path}`;
    const event = {
      id: `hidden-${1000 + n}`,
      name: 'page_view',
      at: NOON + n * 1000,
      url,
      ...(more.referrer ? { referrer: more.referrer } : {}),
    };
    const body = { site: own.key, sent: Date.now(), visitor: `somebody-${1000 + n++}`, events: [event] };
    const sender = { address: `203.0.113.${n}`, userAgent: more.userAgent ?? FIREFOX };
    await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
  };
  await visit('/');
  await visit('/tents/alta-2');
  await visit('/tents/alta-2');
  await visit('/sale', { userAgent: TELEGRAM });
  await visit('/', { userAgent: TELEGRAM, referrer: 'https://www.google.com/' });
  await visit('/thanks', { referrer: 'https://www.paypal.com/checkout' });
  await visit('/?utm_source=partner-one&utm_medium=y');
  await visit('/?utm_source=news&utm_medium=email');
  await server.program.flusher.flush();
});
afterAll(() => server?.stop());

test('each visit without a source has the first sign it carries, with what names it and where it began', async () => {
  const { workspace } = own;
  const { visits, signs } = await api.hiddenTraffic.find({ workspace, period: [day(0), day(1)] });
  expect(visits).toBe(8);
  expect(
    Object.fromEntries(
      signs.map(({ sign, visits: count, names, pages }) => [sign, [count, names[0]?.name, pages[0]?.page]]),
    ),
  ).toEqual({
    deep: [2, undefined, '/tents/alta-2'],
    plain: [1, undefined, '/'],
    'in-app': [1, 'Telegram', '/sale'],
    payment: [1, 'www.paypal.com', '/thanks'],
    unassigned: [1, 'partner-one / y', '/'],
  });
});
