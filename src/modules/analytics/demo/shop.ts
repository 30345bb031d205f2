// A small online shop as its visitors see it: deterministic visits over some weeks, as the bodies their browsers would send.
// Drawn from one seeded stream, so the same seed and last day give the same company.

export interface DemoRequest {
  at: number;
  address: string;
  userAgent: string;
  body: { site: string; sent: number; visitor?: string; events: DemoEvent[] };
}
interface DemoEvent {
  id: string;
  name: string;
  at: number;
  url: string;
  referrer?: string;
  title?: string;
  language?: string;
  width?: number;
  properties?: Record<string, string | number>;
  revenue?: { amount: string; currency: string };
  duration?: number;
  scroll?: number;
}

/** mulberry32: a small seeded generator whose stream is the same everywhere. */
export function seeded(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const HOST = 'nord-outfitters.example';
export const DEMO_SITE = HOST;
const DAY_MS = 86_400_000;

const PRODUCTS = [
  ['tents/alta-2', 'Alta 2 tent', 289],
  ['tents/alta-4', 'Alta 4 family tent', 419],
  ['sleeping-bags/fjell-winter', 'Fjell winter bag', 179],
  ['sleeping-bags/fjell-light', 'Fjell light bag', 129],
  ['backpacks/rondane-65', 'Rondane 65 backpack', 199],
  ['backpacks/rondane-30', 'Rondane 30 daypack', 89],
  ['stoves/primus-mini', 'Mini stove', 64],
  ['boots/dovre-gtx', 'Dovre boots', 219],
] as const;
const ARTICLES = ['how-to-choose-a-tent', 'first-winter-night', 'packing-for-a-week', 'boots-care'] as const;

/** Where visits come from: weight, share that buys, the referrer and the tags of the first page. */
const ORIGINS = [
  { weight: 30, buys: 0.021, referrer: 'https://www.google.com/', query: '', landing: 'any' },
  { weight: 6, buys: 0.02, referrer: 'https://www.bing.com/', query: '', landing: 'any' },
  { weight: 5, buys: 0.019, referrer: 'https://yandex.ru/', query: '', landing: 'any' },
  {
    weight: 17,
    buys: 0.034,
    referrer: 'https://www.google.com/',
    query: 'utm_source=google&utm_medium=cpc&utm_campaign=tents-search&gclid=demo',
    landing: 'tents',
  },
  {
    weight: 6,
    buys: 0.029,
    referrer: 'https://www.google.com/',
    query: 'utm_source=google&utm_medium=cpc&utm_campaign=brand&gclid=demo',
    landing: 'home',
  },
  {
    weight: 11,
    buys: 0.009,
    referrer: 'https://l.facebook.com/',
    query: 'utm_source=facebook&utm_medium=paid_social&utm_campaign=autumn-sale',
    landing: 'sale',
  },
  { weight: 5, buys: 0.008, referrer: 'https://l.instagram.com/', query: '', landing: 'blog' },
  { weight: 4, buys: 0.012, referrer: 'https://vk.com/', query: '', landing: 'blog' },
  {
    weight: 7,
    buys: 0.052,
    referrer: '',
    query: 'utm_source=newsletter&utm_medium=email&utm_campaign=weekly',
    landing: 'sale',
  },
  { weight: 16, buys: 0.03, referrer: '', query: '', landing: 'home' },
  { weight: 4, buys: 0.017, referrer: 'https://www.trailmagazine.example/gear-test', query: '', landing: 'tents' },
  { weight: 3, buys: 0.026, referrer: 'https://chatgpt.com/', query: '', landing: 'any' },
  {
    weight: 3,
    buys: 0.004,
    referrer: '',
    query: 'utm_source=partner-net&utm_medium=display&utm_campaign=retarget',
    landing: 'home',
  },
] as const;

/** Address blocks whose country is known. */
const PLACES = [
  { weight: 38, prefix: '88.198', language: 'de-DE' },
  { weight: 15, prefix: '81.2', language: 'en-GB' },
  { weight: 12, prefix: '145.97', language: 'nl-NL' },
  { weight: 11, prefix: '82.64', language: 'fr-FR' },
  { weight: 10, prefix: '85.164', language: 'nb-NO' },
  { weight: 8, prefix: '77.88', language: 'ru-RU' },
  { weight: 6, prefix: '83.25', language: 'pl-PL' },
] as const;

const BROWSERS = [
  {
    weight: 34,
    width: 1440,
    agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  },
  {
    weight: 25,
    width: 390,
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  },
  {
    weight: 20,
    width: 412,
    agent:
      'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  },
  {
    weight: 9,
    width: 1512,
    agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  },
  { weight: 8, width: 1536, agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0' },
  {
    weight: 4,
    width: 1280,
    agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  },
] as const;
const ROBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const WEEKDAY = [0.92, 0.95, 0.98, 1, 1.06, 1.22, 1.28];

export interface ShopOptions {
  seed: number;
  siteKey: string;
  /** UTC midnight that ends the last day, milliseconds */
  until: number;
  days: number;
  /** visits of an ordinary day */
  perDay: number;
  currency: string;
}

/** Requests in the order they would arrive, a day at a time. */
export function* shopRequests(options: ShopOptions): Generator<{ day: number; requests: DemoRequest[] }> {
  const random = seeded(options.seed);
  const pick = <T extends { weight: number }>(list: readonly T[]): T => {
    let rest = random() * list.reduce((sum, item) => sum + item.weight, 0);
    for (const item of list) {
      rest -= item.weight;
      if (rest < 0) return item;
    }
    return list[0]!;
  };
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const hex = (length: number): string => Array.from({ length }, () => between(0, 15).toString(16)).join('');
  /** people who agreed to be remembered, and what they came with */
  const remembered: { id: string; address: string; browser: (typeof BROWSERS)[number]; language: string }[] = [];

  const landing = (kind: string): string => {
    const product = PRODUCTS[between(0, PRODUCTS.length - 1)]!;
    if (kind === 'tents') return random() < 0.6 ? '/tents/' : `/tents/alta-${random() < 0.6 ? 2 : 4}`;
    if (kind === 'sale') return '/sale/autumn';
    if (kind === 'blog') return `/blog/${ARTICLES[between(0, 3)]}`;
    if (kind === 'home') return '/';
    const r = random();
    return r < 0.3 ? '/' : r < 0.65 ? `/${product[0]}` : r < 0.85 ? `/blog/${ARTICLES[between(0, 3)]}` : '/tents/';
  };

  for (let d = 0; d < options.days; d++) {
    const midnight = options.until - (options.days - d) * DAY_MS;
    const weekday = (new Date(midnight).getUTCDay() + 6) % 7;
    const growth = 1 + (0.25 * d) / options.days;
    const visits = Math.round(options.perDay * WEEKDAY[weekday]! * growth * (0.93 + random() * 0.14));
    const requests: DemoRequest[] = [];
    for (let v = 0; v < visits; v++) {
      const origin = pick(ORIGINS);
      const returning =
        remembered.length > 20 && random() < 0.22 ? remembered[between(0, remembered.length - 1)] : undefined;
      const place = pick(PLACES);
      const browser = returning?.browser ?? pick(BROWSERS);
      const address = returning?.address ?? `${place.prefix}.${between(0, 255)}.${between(1, 254)}`;
      const language = returning?.language ?? place.language;
      let id = returning?.id;
      if (!id && random() < 0.3) {
        id = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
        remembered.push({ id, address, browser, language });
      }
      // most visits in the day and the evening, few at night
      const hour = Math.min(23, Math.max(0, Math.round(14.5 + (random() + random() + random() - 1.5) * 9)));
      let at = midnight + hour * 3_600_000 + between(0, 3_599_000);
      const events: DemoEvent[] = [];
      const add = (name: string, path: string, extra: Partial<DemoEvent> = {}): void => {
        events.push({
          id: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
          name,
          at,
          url: `https://${HOST}${path}`,
          language,
          width: browser.width,
          ...extra,
        });
      };
      const first = landing(origin.landing);
      add(
        'page_view',
        `${first}${origin.query ? `?${origin.query}` : ''}`,
        origin.referrer ? { referrer: origin.referrer } : {},
      );
      const mobile = browser.width < 500;
      const stays = random() > (mobile ? 0.52 : 0.41);
      let path = first;
      if (stays) {
        const pages = 1 + Math.floor(-Math.log(1 - random()) * 2.6);
        for (let p = 0; p < pages; p++) {
          at += between(9_000, 110_000);
          add('engagement', path, { duration: between(6_000, 60_000), scroll: between(30, 100) });
          const before = path;
          path = random() < 0.55 ? `/${PRODUCTS[between(0, PRODUCTS.length - 1)]![0]}` : landing('any');
          add('page_view', path, { referrer: `https://${HOST}${before}` });
        }
        if (random() < (origin.buys * (mobile ? 0.7 : 1.25)) / 0.5) {
          const product = PRODUCTS[between(0, PRODUCTS.length - 1)]!;
          at += 40_000;
          add('add_to_cart', `/${product[0]}`, { properties: { product: product[1] } });
          at += 60_000;
          add('page_view', '/checkout/', {});
          if (random() < 0.62) {
            at += 90_000;
            const amount = (product[2] * (random() < 0.2 ? 2 : 1) * (0.9 + random() * 0.1)).toFixed(2);
            add('purchase', '/checkout/thanks', {
              properties: { product: product[1] },
              revenue: { amount, currency: options.currency },
            });
          }
        } else if (random() < 0.02) add('form_submit', '/contact/', { properties: { form: 'contact' } });
      } else if (random() < 0.3) add('engagement', path, { duration: between(2_000, 9_000), scroll: between(10, 60) });
      requests.push({
        at,
        address,
        userAgent: browser.agent,
        body: { site: options.siteKey, sent: at, ...(id ? { visitor: id } : {}), events },
      });
    }
    for (let r = 0; r < Math.round(visits * 0.06); r++) {
      const at = midnight + between(0, DAY_MS - 1);
      const path = landing('any');
      requests.push({
        at,
        address: `66.249.66.${between(1, 250)}`,
        userAgent: ROBOT,
        body: {
          site: options.siteKey,
          sent: at,
          events: [{ id: hex(32), name: 'page_view', at, url: `https://${HOST}${path}` }],
        },
      });
    }
    requests.sort((a, b) => a.at - b.at);
    yield { day: d, requests };
  }
}
