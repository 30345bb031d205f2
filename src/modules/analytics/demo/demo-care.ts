// What the demo company leaves out of its figures (the office, the shop's own admin pages), and the spam it has met.

import { keptRules } from '../care/counting-rules.ts';
import type { Collector } from '../collect/collector.ts';
import type { Db } from '../sites/sites.ts';

const DAY_MS = 86_400_000;
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0';
const RULES = [
  { name: 'Office and warehouse', kind: 'address', pattern: '198.51.100.0/24' },
  { name: 'Admin pages of the shop', kind: 'path', pattern: '/admin/*' },
  { name: 'Tokens of sign-in links', kind: 'parameter', pattern: 'token' },
  { name: 'Referrer spam', kind: 'spam', pattern: 'best-seo-offer.example' },
  { name: 'Price comparison', kind: 'robot', pattern: 'PriceWatch' },
] as const;

/** Before the first event, so that all of them are held to it. A start that was cut off finds them there. */
export async function demoRules(db: Db, workspace: string): Promise<void> {
  const rules = keptRules(db);
  const known = new Set((await rules.list(workspace, 'active')).map(({ name }) => name));
  for (const rule of RULES)
    if (!known.has(rule.name)) await rules.create(workspace, { ...rule, site: null }, 'Tradewind');
}

/** What came in the last 30 days and is no visitor's. `until`: a UTC midnight. Tells how many views are among the robots'. */
export async function demoNoVisitors(
  collector: Collector,
  of: { key: string; host: string; until: number },
): Promise<number> {
  let robots = 0;
  const { key, host, until } = of;
  const send = async (id: string, at: number, path: string, address: string, userAgent: string, referrer?: string) => {
    const event = { id, name: 'page_view', at, url: `https://${host}${path}`, ...(referrer ? { referrer } : {}) };
    const body = Buffer.from(JSON.stringify({ site: key, sent: at, events: [event] }));
    await collector.fromBrowser(body, { address, userAgent }, at);
  };
  for (let ago = 30; ago >= 1; ago--) {
    const midnight = until - ago * DAY_MS;
    const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
    const office = weekend ? 3 : 24 + ((ago * 7) % 19);
    for (let n = 0; n < office; n++)
      await send(
        `office-${ago}-${n}-0`,
        midnight + 28_800_000 + n * 900_000,
        '/',
        `198.51.100.${10 + (n % 9)}`,
        BROWSER,
      );
    for (let n = 0; n < (weekend ? 2 : 9 + (ago % 5)); n++)
      await send(`admin-${ago}-${n}-00`, midnight + 30_000_000 + n * 600_000, '/admin/orders', '203.0.113.80', BROWSER);
    for (let n = 0; n < 2 + (ago % 4); n++) {
      robots++;
      const from = 'https://www.best-seo-offer.example/win';
      await send(`spam-${ago}-${n}-000`, midnight + 7_000_000 * (n + 1), '/', `203.0.113.${n}`, BROWSER, from);
    }
    for (let n = 0; n < 3; n++) {
      robots++;
      const agent = `${BROWSER} PriceWatch/2.1`;
      await send(`price-${ago}-${n}-00`, midnight + 11_000_000 * (n + 1), '/tents/', `203.0.113.${90 + n}`, agent);
    }
  }
  await collector.close();
  return robots;
}
