// One event as it is stored, and its encoding as ClickHouse RowBinary. The collector, the server API and the log import all
// write through this one shape, so a row is encoded once and is never parsed again between the spool and the table.

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
] as const;

/** Byte offsets of the fixed columns of an encoded row. */
export const ROW_OFFSET = { workspace: 0, site: 16, day: 32, visitor: 34, at: 42, id: 50, visitorBefore: 66 } as const;

export const KIND = { view: 1, event: 2, asset: 3, error: 4, other: 5, signal: 6 } as const;
export type Kind = keyof typeof KIND;
export const VISITOR_KIND = { cookieless: 1, consented: 2, imported: 3, server: 4 } as const;
export type VisitorKind = keyof typeof VISITOR_KIND;

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
  /** minor units of `currency` */
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
} as const satisfies Partial<EventRow>;

/** `name Type, name Type`: what ClickHouse's input() needs to read encoded rows; kept in the head of every spool segment. */
export const EVENT_STRUCTURE = EVENT_COLUMNS.map(([name, type]) => `\`${name}\` ${type}`).join(', ');
export const EVENT_COLUMN_LIST = EVENT_COLUMNS.map(([name]) => `\`${name}\``).join(', ');

/** A growing byte buffer with the writers RowBinary needs. Reuse one: `take()` copies out and starts over. */
export class RowWriter {
  buffer = Buffer.allocUnsafe(1 << 16);
  length = 0;

  reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const next = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(next, 0, 0, this.length);
    this.buffer = next;
  }
  uint8(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }
  uint16(value: number): void {
    this.reserve(2);
    this.buffer.writeUInt16LE(value, this.length);
    this.length += 2;
  }
  uint32(value: number): void {
    this.reserve(4);
    this.buffer.writeUInt32LE(value, this.length);
    this.length += 4;
  }
  /** A safe integer, negative allowed, as Int64 (or UInt64 when not negative). */
  int64(value: number): void {
    this.reserve(8);
    const low = value >>> 0;
    this.buffer.writeUInt32LE(low, this.length);
    this.buffer.writeInt32LE(Math.floor(value / 4294967296) | 0, this.length + 4);
    this.length += 8;
  }
  uint64(value: bigint): void {
    this.reserve(8);
    this.buffer.writeBigUInt64LE(value, this.length);
    this.length += 8;
  }
  uuid(text: string): void {
    this.reserve(16);
    writeUuid(this.buffer, this.length, text);
    this.length += 16;
  }
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 127) {
      this.buffer[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }
  string(value: string): void {
    const most = value.length * 3;
    this.reserve(most + 5);
    const length = Buffer.byteLength(value);
    this.varint(length);
    this.buffer.write(value, this.length, length, 'utf8');
    this.length += length;
  }
  bytes(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }
  map(value: Readonly<Record<string, string>>): void {
    const keys = Object.keys(value);
    this.varint(keys.length);
    for (const key of keys) {
      this.string(key);
      this.string(value[key] ?? '');
    }
  }
  take(): Buffer {
    const out = Buffer.from(this.buffer.subarray(0, this.length));
    this.length = 0;
    return out;
  }
}

/** Value of a hexadecimal digit by its character code. */
const DIGIT = new Uint8Array(128);
for (let i = 0; i < 16; i++) {
  DIGIT[i.toString(16).charCodeAt(0)] = i;
  DIGIT[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

/** ClickHouse keeps a UUID as two little-endian halves. `text` holds 32 hexadecimal digits, with hyphens or without. */
export function writeUuid(target: Buffer, offset: number, text: string): void {
  let at = 0;
  for (let byte = 0; byte < 16; byte++) {
    if (text.charCodeAt(at) === 45) at++;
    const value = (DIGIT[text.charCodeAt(at)]! << 4) | DIGIT[text.charCodeAt(at + 1)]!;
    target[offset + (byte & 8) + 7 - (byte & 7)] = value;
    at += 2;
  }
}

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
}
