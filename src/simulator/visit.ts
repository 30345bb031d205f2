// One visit as the browser would tell it: pages, time on them, a product looked at, perhaps an order or a question.
import type { Person } from './people.ts';
import { between, hex, pick, type Random } from './random.ts';
import {
  ARTICLES,
  BUSINESS,
  DAY_MS,
  demandOf,
  HOST,
  isSoldOut,
  type Origin,
  PRICE_ELASTICITY,
  PRODUCTS,
  type Product,
  priceFactor,
  SUBSTITUTION,
} from './world.ts';

export interface SimulatedEvent {
  id: string;
  name: string;
  at: number;
  url?: string;
  referrer?: string;
  language?: string;
  width?: number;
  properties?: Record<string, string | number>;
  revenue?: { amount: string; currency: string };
  duration?: number;
  scroll?: number;
  visitor?: string;
  person?: string;
}
export interface BrowserRequest {
  at: number;
  address: string;
  userAgent: string;
  body: { site: string; sent: number; visitor?: string; events: SimulatedEvent[] };
}
export interface Order {
  id: string;
  product: Product;
  /** minor units */
  amount: number;
  at: number;
}
export interface Visit {
  request: BrowserRequest;
  pageViews: number;
  order: Order | null;
  /** asked for an offer for a group */
  lead: boolean;
  lostToEmptyShelf: boolean;
}
export interface Day {
  midnight: number;
  /** days before the end; 1 is the last */
  ago: number;
  siteKey: string;
  currency: string;
}

type From = Pick<Origin, 'buys' | 'landing' | 'referrer' | 'query'>;

function landing(random: Random, kind: Origin['landing']): string {
  if (kind === 'tents') return random() < 0.6 ? '/tents/' : `/tents/alta-${random() < 0.6 ? 2 : 4}`;
  if (kind === 'sale') return '/sale/autumn';
  if (kind === 'blog') return `/blog/${ARTICLES[between(random, 0, 3)]}`;
  if (kind === 'home') return '/';
  const r = random();
  if (r < 0.3) return '/';
  if (r < 0.65) return `/${PRODUCTS[between(random, 0, PRODUCTS.length - 1)]!.path}`;
  return r < 0.85 ? `/blog/${ARTICLES[between(random, 0, 3)]}` : '/tents/';
}

/** `certain`: a customer who has made up their mind. */
export function makeVisit(random: Random, day: Day, from: From, person: Person, certain = false): Visit {
  // most in the day and the evening; over before midnight in any European zone
  const hour = Math.min(20, Math.max(1, 13.5 + (random() + random() + random() - 1.5) * 8));
  let at = Math.floor(day.midnight + hour * 3_600_000 + random() * 1_200_000);
  const events: SimulatedEvent[] = [];
  const add = (name: string, path: string, extra: Partial<SimulatedEvent> = {}): void => {
    events.push({
      id: hex(random, 32),
      name,
      at,
      url: `https://${HOST}${path}`,
      language: person.language,
      width: person.browser.width,
      ...extra,
    });
  };
  const first = landing(random, from.landing);
  add('page_view', `${first}${from.query ? `?${from.query}` : ''}`, from.referrer ? { referrer: from.referrer } : {});
  const begun = at;
  const mobile = person.browser.width < 500;
  let path = first;
  const visit = (extra: Partial<Visit>): Visit => ({
    request: {
      at: begun,
      address: person.address,
      userAgent: person.browser.agent,
      body: { site: day.siteKey, sent: at, ...(person.id ? { visitor: person.id } : {}), events },
    },
    pageViews: events.filter(({ name }) => name === 'page_view').length,
    order: null,
    lead: false,
    lostToEmptyShelf: false,
    ...extra,
  });
  const stays = certain || random() > (mobile ? 0.52 : 0.41);
  if (!stays) {
    if (random() < 0.3)
      add('engagement', path, { duration: between(random, 2_000, 9_000), scroll: between(random, 10, 60) });
    return visit({});
  }
  const pages = Math.min(12, 1 + Math.floor(-Math.log(1 - random()) * 2.6));
  for (let p = 0; p < pages; p++) {
    at += between(random, 9_000, 110_000);
    add('engagement', path, { duration: between(random, 6_000, 60_000), scroll: between(random, 30, 100) });
    const before = path;
    const product = random() < 0.55 ? wanted(random, day) : undefined;
    path = product ? `/${product.path}` : landing(random, 'any');
    add('page_view', path, { referrer: `https://${HOST}${before}` });
    if (product) add('view_item', path, { properties: item(product) });
  }
  if (random() < BUSINESS.leads) {
    at += 60_000;
    add('form_submit', '/groups/', { properties: { form: 'group-offer' } });
    return visit({ lead: true });
  }
  let product = wanted(random, day);
  // prices move orders, not visits; only visits that stay can order, hence the share
  const chance = ((from.buys * (mobile ? 0.7 : 1.25)) / 0.53) * priceFactor(product, day.ago) ** PRICE_ELASTICITY;
  if (!certain && random() >= chance / 0.62) return visit({});
  if (isSoldOut(product, day.ago)) {
    if (random() >= SUBSTITUTION) return visit({ lostToEmptyShelf: true });
    do product = wanted(random, day);
    while (isSoldOut(product, day.ago));
  }
  at += 40_000;
  add('add_to_cart', `/${product.path}`, { properties: item(product) });
  at += 60_000;
  add('page_view', '/checkout/');
  add('begin_checkout', '/checkout/', { properties: item(product) });
  if (!certain && random() >= 0.62) return visit({});
  at += 90_000;
  const quantity = random() < 0.15 ? 2 : 1;
  const amount = Math.round(product.price * priceFactor(product, day.ago) * quantity * 100);
  const order: Order = { id: `N${hex(random, 10)}`, product, amount, at };
  add('purchase', '/checkout/thanks', {
    properties: { ...item(product), order: order.id, quantity },
    revenue: { amount: (amount / 100).toFixed(2), currency: day.currency },
  });
  return visit({ order });
}

const item = ({ name, category }: Product): Record<string, string> => ({ product: name, category });

/** What someone looks for today: in season more often. */
function wanted(random: Random, day: Day): Product {
  const ms = day.midnight + DAY_MS / 2;
  return pick(
    random,
    PRODUCTS.map((product) => ({ ...product, weight: product.weight * demandOf(product, ms) })),
  );
}
