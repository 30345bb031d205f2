// One event as it is stored, and its encoding as ClickHouse RowBinary. The collector, the server API and the log import all
// write through this one shape, so a row is encoded once and is never parsed again between the spool and the table.

import { RowWriter } from './row-writer.ts';

/** Order matters: it is the order of bytes in a row. The first seven columns have a fixed width, so a reader can find them by offset. */
export const EVENT_COLUMNS = [
  ['workspace', 'UUID'],
  ['site', 'UUID'],
  ['day', 'Date'],
  ['visitor', 'UInt64'],
  ['at', "DateTime64(3, 'UTC')"],
  ['id', 'UUID'],
  ['visitor_before', 'UInt64'],
  ['known', "DateTime64(3, 'UTC')"],
  ['kind', 'Int8'],
  ['visitor_kind', 'Int8'],
  ['import', 'UUID'],
  ['derivation', 'UInt16'],
  ['status', 'UInt16'],
  ['bytes', 'UInt64'],
  ['engaged_ms', 'UInt32'],
  ['scroll', 'UInt8'],
  ['width', 'UInt16'],
  ['revenue', 'Int64'],
  ['currency', 'String'],
  ['name', 'String'],
  ['country', 'String'],
  ['language', 'String'],
  // what is known of the browser: one group, encoded once per user agent
  ['user_agent', 'String'],
  ['bot', 'UInt8'],
  ['bot_name', 'String'],
  ['browser', 'String'],
  ['browser_version', 'String'],
  ['system', 'String'],
  ['device', 'String'],
  // the page
  ['hostname', 'String'],
  ['path', 'String'],
  ['query', 'String'],
  ['url', 'String'],
  ['title', 'String'],
  // where the visit came from
  ['referrer', 'String'],
  ['referrer_host', 'String'],
  ['source', 'String'],
  ['medium', 'String'],
  ['campaign', 'String'],
  ['content', 'String'],
  ['term', 'String'],
  ['click_id_name', 'String'],
  ['click_id', 'String'],
  ['channel', 'String'],
  ['properties', 'Map(String, String)'],
  ['ga_id', 'String'],
  ['ym_id', 'String'],
  ['person', 'String'],
  // the order, of events that sell or show things
  ['order_id', 'String'],
  ['coupon', 'String'],
  ['tax', 'Int64'],
  ['shipping', 'Int64'],
  [
    'items',
    'Array(Tuple(id String, name String, brand String, category String, variant String, list String, coupon String, price Int64, discount Int64, quantity Float64, position UInt16))',
  ],
] as const;

/** Byte offsets of the fixed columns of an encoded row. */
export const ROW_OFFSET = { workspace: 0, site: 16, day: 32, visitor: 34, at: 42, id: 50, visitorBefore: 66 } as const;

export const KIND = { view: 1, event: 2, asset: 3, error: 4, other: 5, signal: 6, excluded: 7 } as const;
export type Kind = keyof typeof KIND;
export const VISITOR_KIND = { cookieless: 1, consented: 2, imported: 3, server: 4 } as const;
export type VisitorKind = keyof typeof VISITOR_KIND;

/** One thing of an order or a list, as a shop's data layer tells it. */
export interface EventItem {
  id: string;
  name: string;
  brand: string;
  /** levels from the widest on, joined by CATEGORY_BETWEEN */
  category: string;
  variant: string;
  /** of products, where it was shown */
  list: string;
  coupon: string;
  /** of one, after discount, in minor units of the event's currency */
  price: number;
  /** taken off the price of one, minor units */
  discount: number;
  quantity: number;
  /** in the list, from 0 */
  position: number;
}
export const CATEGORY_BETWEEN = ' > ';

export interface EventRow {
  workspace: string;
  site: string;
  /** when it happened, milliseconds since 1970 UTC */
  at: number;
  /** 16 bytes as 32 hex digits, hyphens allowed */
  id: string;
  visitor: bigint;
  /** the id this visitor had before midnight or before consent; 0n when none */
  visitorBefore: bigint;
  /** when we learned it, milliseconds since 1970 UTC */
  known: number;
  kind: Kind;
  visitorKind: VisitorKind;
  /** the import that brought it; all zeros when none */
  import: string;
  derivation: number;
  status: number;
  bytes: number;
  engagedMs: number;
  /** percent */
  scroll: number;
  width: number;
  /** minor units of `currency`; a refund is negative */
  revenue: number;
  currency: string;
  name: string;
  country: string;
  language: string;
  userAgent: string;
  bot: boolean;
  botName: string;
  browser: string;
  browserVersion: string;
  system: string;
  device: string;
  hostname: string;
  path: string;
  query: string;
  url: string;
  title: string;
  referrer: string;
  referrerHost: string;
  source: string;
  medium: string;
  campaign: string;
  content: string;
  term: string;
  clickIdName: string;
  clickId: string;
  channel: string;
  properties: Readonly<Record<string, string>>;
  gaId: string;
  ymId: string;
  person: string;
  /** the shop's own number of the order */
  orderId: string;
  coupon: string;
  /** minor units of `currency`, both of the whole order */
  tax: number;
  shipping: number;
  items: readonly EventItem[];
}

export const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** What an event holds where nothing is said of it. */
export const EMPTY_EVENT = {
  visitorBefore: 0n,
  import: NO_UUID,
  status: 0,
  bytes: 0,
  engagedMs: 0,
  scroll: 0,
  width: 0,
  revenue: 0,
  currency: '',
  name: '',
  country: '',
  language: '',
  userAgent: '',
  bot: false,
  botName: '',
  browser: '',
  browserVersion: '',
  system: '',
  device: '',
  hostname: '',
  path: '',
  query: '',
  url: '',
  title: '',
  referrer: '',
  referrerHost: '',
  source: '',
  medium: '',
  campaign: '',
  content: '',
  term: '',
  clickIdName: '',
  clickId: '',
  channel: '',
  properties: {},
  gaId: '',
  ymId: '',
  person: '',
  orderId: '',
  coupon: '',
  tax: 0,
  shipping: 0,
  items: [],
} as const satisfies Partial<EventRow>;

/** `name Type, name Type`: what ClickHouse's input() needs to read encoded rows; kept in the head of every spool segment. */
export const EVENT_STRUCTURE = EVENT_COLUMNS.map(([name, type]) => `\`${name}\` ${type}`).join(', ');
export const EVENT_COLUMN_LIST = EVENT_COLUMNS.map(([name]) => `\`${name}\``).join(', ');

export const MS_PER_DAY = 86_400_000;
/** Days since 1970 in UTC: what the Date column holds. */
export const dayOf = (at: number): number => Math.floor(at / MS_PER_DAY);

type ClientColumns = Pick<
  EventRow,
  'userAgent' | 'bot' | 'botName' | 'browser' | 'browserVersion' | 'system' | 'device'
>;
type SourceColumns = Pick<
  EventRow,
  | 'referrer'
  | 'referrerHost'
  | 'source'
  | 'medium'
  | 'campaign'
  | 'content'
  | 'term'
  | 'clickIdName'
  | 'clickId'
  | 'channel'
>;
type PageColumns = Pick<EventRow, 'hostname' | 'path' | 'query' | 'url' | 'title'>;

/** The three groups of columns that repeat from row to row; a bulk writer encodes each distinct one once and copies bytes. */
export function writeClient(w: RowWriter, row: ClientColumns): void {
  w.string(row.userAgent);
  w.uint8(row.bot ? 1 : 0);
  w.string(row.botName);
  w.string(row.browser);
  w.string(row.browserVersion);
  w.string(row.system);
  w.string(row.device);
}
export function writePage(w: RowWriter, row: PageColumns): void {
  w.string(row.hostname);
  w.string(row.path);
  w.string(row.query);
  w.string(row.url);
  w.string(row.title);
}
export function writeSource(w: RowWriter, row: SourceColumns): void {
  w.string(row.referrer);
  w.string(row.referrerHost);
  w.string(row.source);
  w.string(row.medium);
  w.string(row.campaign);
  w.string(row.content);
  w.string(row.term);
  w.string(row.clickIdName);
  w.string(row.clickId);
  w.string(row.channel);
}

/** The group of an order: rows that sell and show nothing end in the same bytes, NO_ORDER. */
function writeOrder(w: RowWriter, row: Pick<EventRow, 'orderId' | 'coupon' | 'tax' | 'shipping' | 'items'>): void {
  w.string(row.orderId);
  w.string(row.coupon);
  w.int64(row.tax);
  w.int64(row.shipping);
  w.varint(row.items.length);
  for (const item of row.items) {
    for (const name of ['id', 'name', 'brand', 'category', 'variant', 'list', 'coupon'] as const) w.string(item[name]);
    w.int64(item.price);
    w.int64(item.discount);
    w.float64(item.quantity);
    w.uint16(item.position);
  }
}
const nothing = new RowWriter();
writeOrder(nothing, EMPTY_EVENT);
export const NO_ORDER = nothing.take();

/** Appends one encoded row. Values must be in range: `scroll` 0–100, `status` and `width` under 65,536. */
export function writeEvent(w: RowWriter, row: EventRow): void {
  w.uuid(row.workspace);
  w.uuid(row.site);
  w.uint16(dayOf(row.at));
  w.uint64(row.visitor);
  w.int64(row.at);
  w.uuid(row.id);
  w.uint64(row.visitorBefore);
  w.int64(row.known);
  w.uint8(KIND[row.kind]);
  w.uint8(VISITOR_KIND[row.visitorKind]);
  w.uuid(row.import);
  w.uint16(row.derivation);
  w.uint16(row.status);
  w.int64(row.bytes);
  w.uint32(row.engagedMs);
  w.uint8(row.scroll);
  w.uint16(row.width);
  w.int64(row.revenue);
  w.string(row.currency);
  w.string(row.name);
  w.string(row.country);
  w.string(row.language);
  writeClient(w, row);
  writePage(w, row);
  writeSource(w, row);
  w.map(row.properties);
  w.string(row.gaId);
  w.string(row.ymId);
  w.string(row.person);
  writeOrder(w, row);
}
