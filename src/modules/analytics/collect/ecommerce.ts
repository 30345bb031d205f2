// What a shop's data layer says of an order or of products (GA4's names), as columns of an event. Data layers are written by many
// hands: what can't be read is left out, and never costs the event itself.
import { CATEGORY_BETWEEN, type EventItem, type EventRow } from '../../../platform/events/row.ts';
import { minorUnits } from '../../../platform/money/money.ts';
import type { IncomingEvent } from './payload.ts';

/** Events of GA4 that carry items; their parameters may also stand among the properties, as gtag takes them. */
export const SHOP_EVENTS: ReadonlySet<string> = new Set([
  ...['view_item_list', 'select_item', 'view_item', 'add_to_wishlist', 'add_to_cart', 'remove_from_cart', 'view_cart'],
  ...[
    'begin_checkout',
    'add_shipping_info',
    'add_payment_info',
    'purchase',
    'refund',
    'view_promotion',
    'select_promotion',
  ],
]);
const MOST_ITEMS = 1000;
const LONGEST = 300;
const MOST_MINOR = 9_000_000_000_000_000;
/** What has columns of its own, and what has them only where something is sold or taken back. */
const OWN = new Set(['items', 'coupon', 'tax', 'shipping']);
const OWN_OF_SALES = new Set(['transaction_id', 'value', 'currency']);

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).replaceAll('\u0000', '').toWellFormed().trim().slice(0, LONGEST)
    : '';

/** A number, or a text that is one ('19.90', '19,90'); undefined for anything else. */
function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const plain = value.trim().replace(/^(-?\d+),(\d{1,2})$/, '$1.$2');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

const currencyOf = (value: unknown): string => (/^[A-Za-z]{3}$/.test(text(value)) ? text(value).toUpperCase() : '');

function amount(value: unknown, currency: string): number {
  const number = numeric(value);
  if (number === undefined) return 0;
  const minor = minorUnits(String(typeof value === 'string' ? number : value), currency);
  return Math.abs(minor) <= MOST_MINOR ? minor : 0;
}

function itemOf(item: Loose, list: string, currency: string): EventItem {
  const first = (...names: string[]): unknown => names.map((name) => item[name]).find((value) => text(value) !== '');
  const levels = ['', '2', '3', '4', '5'].map((level) => text(item[`item_category${level}`])).filter(Boolean);
  const quantity = numeric(item.quantity);
  const position = numeric(item.index) ?? 0;
  return {
    id: text(first('item_id', 'id', 'sku')),
    name: text(first('item_name', 'name')),
    brand: text(first('item_brand', 'brand')),
    category: levels.length > 0 ? levels.join(CATEGORY_BETWEEN) : text(item.category),
    variant: text(first('item_variant', 'variant')),
    list: text(first('item_list_name', 'item_list_id')) || list,
    coupon: text(item.coupon),
    price: amount(item.price, currency),
    discount: amount(item.discount, currency),
    quantity: quantity !== undefined && quantity >= 0 ? quantity : 1,
    position: Number.isInteger(position) && position >= 0 && position < 65_536 ? position : 0,
  };
}

type OrderColumns = Pick<EventRow, 'orderId' | 'coupon' | 'tax' | 'shipping' | 'items' | 'revenue' | 'currency'>;

/** `currency`: the company's, for amounts that name none. `rest`: what else was said and has no column of its own. */
export function orderOf(event: IncomingEvent, currency: string): OrderColumns & { rest: Loose } {
  const given = isObject(event.ecommerce) ? event.ecommerce : {};
  const said: Loose = SHOP_EVENTS.has(event.name) ? { ...event.properties, ...given } : given;
  const sells = event.name === 'purchase' || event.name === 'refund';
  const of = event.revenue?.currency ?? (currencyOf(said.currency) || currency);
  const list = text(said.item_list_name) || text(said.item_list_id);
  const items = (Array.isArray(said.items) ? said.items : [])
    .slice(0, MOST_ITEMS)
    .filter(isObject)
    .map((item) => itemOf(item, list, of))
    .filter((item) => item.id !== '' || item.name !== '');
  let revenue = event.revenue ? minorUnits(String(event.revenue.amount), of) : 0;
  if (!event.revenue && sells) {
    revenue =
      numeric(said.value) === undefined
        ? Math.round(items.reduce((sum, item) => sum + item.price * item.quantity, 0))
        : amount(said.value, of);
  }
  // a refund takes revenue back, whichever sign it was given with
  if (event.name === 'refund') revenue = -Math.abs(revenue) || 0;
  const known = (key: string): boolean =>
    SHOP_EVENTS.has(event.name) && (OWN.has(key) || (sells && OWN_OF_SALES.has(key)));
  const rest = Object.fromEntries(
    Object.entries({ ...event.properties, ...given }).filter(
      ([key, value]) => !known(key) && ['string', 'number', 'boolean'].includes(typeof value),
    ),
  );
  return {
    orderId: sells ? text(said.transaction_id) || text(said.order_id) : '',
    coupon: text(said.coupon),
    tax: amount(said.tax, of),
    shipping: amount(said.shipping, of),
    items,
    revenue,
    currency: revenue !== 0 || items.length > 0 ? of : '',
    rest,
  };
}
