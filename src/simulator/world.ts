// The company that is simulated and what is true of it: a shop for outdoor gear, where its visits come from, what its
// advertising really brings, its year, its prices and its empty shelves. Everything a method is to find out stands here.

export const HOST = 'nord-outfitters.example';
export const DAY_MS = 86_400_000;

export interface Product {
  path: string;
  name: string;
  category: 'tents' | 'sleeping-bags' | 'backpacks' | 'stoves' | 'boots';
  sku: string;
  brand: string;
  /** what the shop pays for one, as a share of its price at the start; undefined: nobody has written it down */
  cost?: number;
  /** euros at the start */
  price: number;
  weight: number;
  /** day of the year its demand is highest, and how much above the mean; none: all year */
  season?: readonly [peak: number, height: number];
}
export const PRODUCTS: readonly Product[] = [
  {
    path: 'tents/alta-2',
    sku: 'ALT-2',
    brand: 'Alta',
    cost: 0.55,
    name: 'Alta 2 tent',
    category: 'tents',
    price: 289,
    weight: 5,
    season: [190, 0.8],
  },
  {
    path: 'tents/alta-4',
    sku: 'ALT-4',
    brand: 'Alta',
    cost: 0.57,
    name: 'Alta 4 family tent',
    category: 'tents',
    price: 419,
    weight: 3,
    season: [190, 0.8],
  },
  {
    path: 'sleeping-bags/fjell-winter',
    sku: 'FJL-W',
    brand: 'Fjell',
    cost: 0.5,
    name: 'Fjell winter bag',
    category: 'sleeping-bags',
    price: 179,
    weight: 4,
    season: [15, 0.8],
  },
  {
    path: 'sleeping-bags/fjell-light',
    sku: 'FJL-L',
    brand: 'Fjell',
    cost: 0.52,
    name: 'Fjell light bag',
    category: 'sleeping-bags',
    price: 129,
    weight: 4,
    season: [180, 0.6],
  },
  {
    path: 'backpacks/rondane-65',
    sku: 'RON-65',
    brand: 'Rondane',
    cost: 0.48,
    name: 'Rondane 65 backpack',
    category: 'backpacks',
    price: 199,
    weight: 4,
  },
  {
    path: 'backpacks/rondane-30',
    sku: 'RON-30',
    brand: 'Rondane',
    cost: 0.5,
    name: 'Rondane 30 daypack',
    category: 'backpacks',
    price: 89,
    weight: 5,
  },
  {
    path: 'stoves/primus-mini',
    sku: 'STV-M',
    brand: 'Varme',
    name: 'Mini stove',
    category: 'stoves',
    price: 64,
    weight: 3,
  },
  {
    path: 'boots/dovre-gtx',
    sku: 'DOV-G',
    brand: 'Dovre',
    cost: 0.6,
    name: 'Dovre boots',
    category: 'boots',
    price: 219,
    weight: 6,
  },
];
/** A tenth off, known to readers of the letter and to whoever asks a friend. */
export const COUPON = { code: 'TRAIL10', share: 0.1, of: 3 / 16 } as const;
/** What goes along with some orders. */
export const ADD_ON = { path: 'stoves/primus-mini', of: 4 / 16 } as const;
export const ARTICLES = ['how-to-choose-a-tent', 'first-winter-night', 'packing-for-a-week', 'boots-care'] as const;

/** Orders change by the price to the power of this. */
export const PRICE_ELASTICITY = -1.8;
/** `ago`: days before the end; the second is not included. */
export const PRICE_CHANGES = [
  { category: 'tents', factor: 1.08, ago: [150, 0], note: 'Tents cost 8 % more' },
  { category: 'boots', factor: 0.85, ago: [60, 30], note: 'Boots 15 % off for a month' },
] as const;
/** Who finds the shelf empty takes something else with this chance, and leaves otherwise. */
export const SUBSTITUTION = 0.4;
export const STOCK_OUTS = [
  { path: 'tents/alta-2', ago: [230, 221], note: 'Alta 2 is sold out' },
  { path: 'boots/dovre-gtx', ago: [33, 27], note: 'Dovre boots are sold out' },
] as const;

export interface Origin {
  id: string;
  channel: string;
  /** visits of an ordinary day when 170 come in all; paid ones follow the money instead */
  visits: number;
  /** share of visits that begins an order at base prices */
  buys: number;
  referrer: string;
  query: string;
  landing: 'any' | 'tents' | 'home' | 'sale' | 'blog';
}
const search = (id: string, host: string, visits: number, buys: number): Origin => ({
  id,
  channel: 'Organic Search',
  visits,
  buys,
  referrer: `https://${host}/`,
  query: '',
  landing: 'any',
});
export const ORIGINS: readonly Origin[] = [
  search('google', 'www.google.com', 40, 0.021),
  search('bing', 'www.bing.com', 8, 0.02),
  search('yandex', 'yandex.ru', 7, 0.019),
  { id: 'direct', channel: 'Direct', visits: 28, buys: 0.03, referrer: '', query: '', landing: 'home' },
  {
    id: 'newsletter',
    channel: 'Email',
    visits: 10,
    buys: 0.052,
    referrer: '',
    query: 'utm_source=newsletter&utm_medium=email&utm_campaign=weekly',
    landing: 'sale',
  },
  {
    id: 'instagram',
    channel: 'Organic Social',
    visits: 7,
    buys: 0.008,
    referrer: 'https://l.instagram.com/',
    query: '',
    landing: 'blog',
  },
  {
    id: 'vk',
    channel: 'Organic Social',
    visits: 5,
    buys: 0.012,
    referrer: 'https://vk.com/',
    query: '',
    landing: 'blog',
  },
  {
    id: 'magazine',
    channel: 'Referral',
    visits: 6,
    buys: 0.017,
    referrer: 'https://www.trailmagazine.example/gear-test',
    query: '',
    landing: 'tents',
  },
  {
    id: 'chatgpt',
    channel: 'AI Assistants',
    visits: 5,
    buys: 0.026,
    referrer: 'https://chatgpt.com/',
    query: '',
    landing: 'any',
  },
];

const stray = (id: string, channel: string, visits: number, query: string, referrer = ''): Origin => ({
  id,
  channel,
  visits,
  buys: 0.02,
  referrer,
  query,
  landing: 'any',
});
/** What goes wrong with tags in every company: a slip, a missing medium, one no rule knows, ads without tags, a payment page. */
export const STRAYS: readonly Origin[] = [
  stray('poster', 'Paid Other', 4, 'utm_source=climbing-hall&utm_medium=paid_print&utm_campaign=poster&utm_content=a2'),
  stray('slip', 'Email', 0.7, 'utm_source=newsleter&utm_medium=email&utm_campaign=weekly'),
  stray('capitals', 'Email', 0.5, 'utm_source=newsletter&utm_medium=email&utm_campaign=Weekly'),
  stray('no-medium', 'Organic Social', 0.8, 'utm_source=vk&utm_campaign=spring-hike'),
  stray('own-word', 'Organic Social', 0.8, 'utm_source=telegram&utm_medium=post&utm_campaign=trail-notes'),
  stray('leaflet', 'Unassigned', 0.7, 'utm_source=leaflet&utm_medium=handout&utm_campaign=summer-fair'),
  stray('untagged-ad', 'Paid Search', 0.9, 'gclid=demo-untagged', 'https://www.google.com/'),
  stray('payment', 'Referral', 0.8, '', 'https://www.paypal.com/'),
];

export interface Campaign extends Omit<Origin, 'visits'> {
  source: string;
  medium: string;
  campaign: string;
  /** euros an ordinary day */
  budget: number;
  /** euros of the first click of a day, and the clicks there are to buy: the more is spent, the dearer the next */
  clickPrice: number;
  clicksThereAre: number;
  /** share of its orders that would not have come without it */
  incremental: number;
  /** an origin its other visits would have come by */
  instead: string;
  /** visits to `instead` in the days after, for each visit, and the days after which half of it is gone */
  carryOver?: { visits: number; halfLife: number; to: string };
  /** what the network corrects days later: its first word times this is the last */
  restated?: { share: number; afterDays: number };
  /** days before the end with other money: a pause, a push, a late start */
  plan: readonly { ago: readonly [number, number]; factor: number; note: string }[];
}
const paid = (source: string, medium: string, campaign: string, click = ''): string =>
  `utm_source=${source}&utm_medium=${medium}&utm_campaign=${campaign}${click}`;
export const CAMPAIGNS: readonly Campaign[] = [
  {
    id: 'tents-search',
    channel: 'Paid Search',
    source: 'google',
    medium: 'cpc',
    campaign: 'tents-search',
    buys: 0.034,
    referrer: 'https://www.google.com/',
    query: paid('google', 'cpc', 'tents-search', '&gclid=demo'),
    landing: 'tents',
    budget: 34,
    clickPrice: 1.1,
    clicksThereAre: 60,
    incremental: 0.85,
    instead: 'google',
    restated: { share: 0.9, afterDays: 3 },
    plan: [{ ago: [95, 65], factor: 1.5, note: 'Half as much again for tents in search' }],
  },
  {
    id: 'brand',
    channel: 'Paid Search',
    source: 'google',
    medium: 'cpc',
    campaign: 'brand',
    buys: 0.029,
    referrer: 'https://www.google.com/',
    query: paid('google', 'cpc', 'brand', '&gclid=demo'),
    landing: 'home',
    budget: 6.5,
    clickPrice: 0.5,
    clicksThereAre: 30,
    incremental: 0.2,
    instead: 'google',
    plan: [{ ago: [120, 106], factor: 0, note: 'Ads on our own name are off for two weeks' }],
  },
  {
    id: 'autumn-sale',
    channel: 'Paid Social',
    source: 'facebook',
    medium: 'paid_social',
    campaign: 'autumn-sale',
    buys: 0.009,
    referrer: 'https://l.facebook.com/',
    query: paid('facebook', 'paid_social', 'autumn-sale'),
    landing: 'sale',
    budget: 24,
    clickPrice: 0.9,
    clicksThereAre: 90,
    incremental: 0.95,
    instead: 'direct',
    carryOver: { visits: 0.25, halfLife: 7, to: 'direct' },
    plan: [{ ago: [75, 45], factor: 2, note: 'Twice the money on social for a month' }],
  },
  {
    id: 'retarget',
    channel: 'Display',
    source: 'partner-net',
    medium: 'display',
    campaign: 'retarget',
    buys: 0.012,
    referrer: '',
    query: paid('partner-net', 'display', 'retarget'),
    landing: 'home',
    budget: 9,
    clickPrice: 0.8,
    clicksThereAre: 40,
    incremental: 0.1,
    instead: 'direct',
    plan: [{ ago: [10_000, 200], factor: 0, note: '' }],
  },
];

export const BUSINESS = {
  /** visitors who agree to be remembered */
  consent: 0.58,
  /** of first orders, a further one comes, so many days later */
  repeats: 0.26,
  repeatDays: 55,
  /** of orders, so many days later */
  refunds: 0.06,
  refundDays: 9,
  /** visits that ask for an offer for a group; of those offered, won after so many days */
  leads: 0.006,
  offerDays: 4,
  won: 0.3,
  decisionDays: 24,
  /** page views of declared robots, and of those that hide, as shares of visits */
  robots: 0.06,
  hiddenRobots: 0.01,
} as const;

/** The year of the whole shop: more before Christmas, a week of sales in November, quiet after the holidays. */
export function seasonOf(ms: number): number {
  const date = new Date(ms);
  const year = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Math.round((ms - year) / DAY_MS);
  const wave = 1 + 0.15 * Math.cos((2 * Math.PI * (day - 345)) / 365);
  const peak = day >= 326 && day <= 333 ? 1.6 : day >= 344 && day <= 355 ? 1.3 : day >= 359 || day < 5 ? 0.75 : 1;
  return wave * peak;
}
const WEEKDAY = [1.28, 0.92, 0.95, 0.98, 1, 1.06, 1.22] as const;
export const weekdayOf = (ms: number): number => WEEKDAY[new Date(ms).getUTCDay()]!;

export function demandOf(product: Product, ms: number): number {
  if (!product.season) return 1;
  const [peak, height] = product.season;
  const day = (ms - Date.UTC(new Date(ms).getUTCFullYear(), 0, 1)) / DAY_MS;
  return 1 + height * Math.cos((2 * Math.PI * (day - peak)) / 365);
}
const within = (ago: number, [from, to]: readonly [number, number]): boolean => ago <= from && ago > to;
/** Price of a day as a share of the base price. */
export const priceFactor = (product: Product, ago: number): number =>
  PRICE_CHANGES.reduce(
    (f, change) => (change.category === product.category && within(ago, change.ago) ? f * change.factor : f),
    1,
  );
export const isSoldOut = (product: Product, ago: number): boolean =>
  STOCK_OUTS.some((out) => out.path === product.path && within(ago, out.ago));
/** Euros a campaign may spend on a day. */
export function budgetOf(campaign: Campaign, ago: number, ms: number): number {
  const planned = campaign.plan.reduce((f, step) => (within(ago, step.ago) ? f * step.factor : f), 1);
  const weekend = new Date(ms).getUTCDay() % 6 === 0 ? 0.75 : 1;
  const unrest = 1 + 0.2 * Math.sin(ago * 0.61 + campaign.budget);
  return campaign.budget * planned * weekend * unrest;
}
/** Clicks a day's money buys (diminishing: the last ones are the dearest). */
export const clicksFor = (campaign: Campaign, euros: number): number =>
  campaign.clicksThereAre * (1 - Math.exp(-euros / (campaign.clickPrice * campaign.clicksThereAre)));
