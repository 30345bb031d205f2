// One visit as the browser would tell it: pages, time on them, a product looked at, perhaps an order or a question.
import { furtherActs, GROUP_FORM } from './acts.ts';
import { otherCounterId } from './other-counter.ts';
import type { Person } from './people.ts';
import { between, hex, pick, type Random } from './random.ts';
import { firstPageVitals } from './vitals.ts';
import {
  ADD_ON,
  ARTICLES,
  BUSINESS,
  COUPON,
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
  title?: string;
  referrer?: string;
  language?: string;
  width?: number;
  properties?: Record<string, string | number>;
  /** as it stands in the shop's data layer, by GA4's names */
  ecommerce?: Record<string, unknown>;
  duration?: number;
  scroll?: number;
  visitor?: string;
  person?: string;
}
export interface BrowserRequest {
  at: number;
  address: string;
  userAgent: string;
  body: { site: string; sent: number; visitor?: string; ga?: string; events: SimulatedEvent[] };
}
export interface Line {
  product: Product;
  quantity: number;
  /** of one, minor units */
  price: number;
}
export interface Order {
  id: string;
  lines: readonly Line[];
  coupon: string;
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
      // an id that is given costs no draw, so the rest of the company stays as it is
      id: extra.id ?? hex(random, 32),
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
  // ids made of the first one's carry a letter that no drawn id has, else one in 256 would be that very id
  const mobile = person.browser.width < 500;
  const seen = events[0]!;
  firstPageVitals(seen.id, first, mobile).forEach(({ metric, value }, index) => {
    const id = `${seen.id.slice(0, 30)}v${index}`;
    events.push({ ...seen, id, name: 'web_vital', at: at + 3000, properties: { metric, value } });
  });
  const ga = otherCounterId(person);
  let path = first;
  const visit = (extra: Partial<Visit>): Visit => ({
    request: {
      at: begun,
      address: person.address,
      userAgent: person.browser.agent,
      body: {
        site: day.siteKey,
        sent: at,
        ...(person.id ? { visitor: person.id } : {}),
        ...(ga ? { ga } : {}),
        events,
      },
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
    if (product) add('view_item', path, about(day, [line(product, day)]));
    else if (path === '/tents/') {
      const tents = PRODUCTS.filter(({ category }) => category === 'tents').map((tent) => line(tent, day));
      add('view_item_list', path, about(day, tents, { item_list_name: 'Tents' }));
    }
  }
  let more = 0;
  const ownId = (): string => `${seen.id.slice(0, 30)}x${(more++).toString(16)}`;
  furtherActs(seen.id, path, (name, where, extra) => {
    at += 1000;
    add(name, where, { ...extra, id: ownId() });
  });
  if (random() < BUSINESS.leads) {
    const form = { form: GROUP_FORM };
    add('form_start', '/groups/', { properties: form, id: ownId() });
    at += 60_000;
    add('form_submit', '/groups/', { properties: form });
    add('form_filled', '/groups/', { properties: { ...form, seconds: 60 }, id: ownId() });
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
  const one = [line(product, day)];
  add('add_to_cart', `/${product.path}`, about(day, one));
  at += 60_000;
  add('page_view', '/checkout/');
  add('begin_checkout', '/checkout/', about(day, one));
  if (!certain && random() >= 0.62) return visit({});
  at += 90_000;
  const quantity = random() < 0.15 ? 2 : 1;
  const order = orderOf(`N${hex(random, 10)}`, product, quantity, day, at);
  add('add_payment_info', '/checkout/', about(day, order.lines, { payment_type: 'card' }));
  add('purchase', '/checkout/thanks', {
    ...about(day, order.lines, {
      transaction_id: order.id,
      value: order.amount / 100,
      ...(order.coupon ? { coupon: order.coupon } : {}),
      tax: Math.round((order.amount * 19) / 119) / 100,
      shipping: order.amount < 10_000 ? 4.9 : 0,
    }),
  });
  return visit({ order });
}

/** Coupon and what goes along are drawn from the order's own number. */
function orderOf(id: string, product: Product, quantity: number, day: Day, at: number): Order {
  const [lot, other] = [...id.slice(-2)].map((digit) => Number.parseInt(digit, 16) / 16);
  const coupon = lot! < COUPON.of ? COUPON.code : '';
  const off = coupon ? 1 - COUPON.share : 1;
  const lines = [{ ...line(product, day, off), quantity }];
  const addOn = PRODUCTS.find(({ path }) => path === ADD_ON.path)!;
  if (other! < ADD_ON.of && product !== addOn) lines.push(line(addOn, day, off));
  return { id, lines, coupon, amount: lines.reduce((sum, l) => sum + l.price * l.quantity, 0), at };
}

const line = (product: Product, day: Day, off = 1): Line => ({
  product,
  quantity: 1,
  price: Math.round(product.price * priceFactor(product, day.ago) * off * 100),
});

/** What the data layer says beside an event, with the first product in the properties that a shop of its own would send. */
function about(day: Day, lines: readonly Line[], more: Record<string, unknown> = {}): Partial<SimulatedEvent> {
  return {
    properties: { product: lines[0]!.product.name, category: lines[0]!.product.category },
    ecommerce: { ...more, currency: day.currency, items: lines.map(itemOf) },
  };
}

export const itemOf = ({ product, quantity, price }: Line): Record<string, string | number> => ({
  item_id: product.sku,
  item_name: product.name,
  item_brand: product.brand,
  item_category: product.category,
  price: price / 100,
  quantity,
});

/** What someone looks for today: in season more often. */
function wanted(random: Random, day: Day): Product {
  const ms = day.midnight + DAY_MS / 2;
  return pick(
    random,
    PRODUCTS.map((product) => ({ ...product, weight: product.weight * demandOf(product, ms) })),
  );
}
