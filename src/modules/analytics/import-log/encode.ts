// Turns a log line into an encoded event row. What repeats from line to line (browser, page, source, country, visitor) is derived and
// encoded once and then copied; a test compares every row with the event encoder the rest of the program uses.
import { hash } from 'node:crypto';
import {
  EMPTY_EVENT,
  type EventRow,
  KIND,
  MS_PER_DAY,
  NO_ORDER,
  NO_UUID,
  ROW_OFFSET,
  writeClient,
  writeEvent,
  writePage,
  writeSource,
} from '../../../platform/events/row.ts';
import { RowWriter, writeUuid } from '../../../platform/events/row-writer.ts';
import { type CountingRules, NO_RULES, SPAM_NAME } from '../care/rules.ts';
import { DERIVATION_VERSION, deriveClient, deriveCountry, deriveSource, parsePage } from '../derive/index.ts';
import type { Batch } from './batch.ts';
import { ByteCache, hashBytes } from './byte-cache.ts';
import { DistinctCounter } from './distinct.ts';
import { fieldText } from './field.ts';
import { isAsset, kindOf } from './kind.ts';
import type { LogLine } from './line.ts';
import type { SeenLines } from './seen.ts';
import type { LogSite } from './types.ts';
import { Hmac, VisitorCache } from './visitors.ts';

/** Where the fixed columns behind the id lie. */
const OFFSET = { kind: 82, status: 102, bytes: 104 } as const;
const SITE_BYTES = 16;
const LONGEST = { agent: 1024, target: 4096, referrer: 2048, host: 255 } as const;
const PAGE = { asset: 1, tagged: 2, leftOut: 4 } as const;
/** Flags of an address and of a source. */
const LEFT_OUT = 1;
const SPAM = 1;
const MS_PER_MINUTE = 60_000;
const NOTHING = Buffer.alloc(0);

export class RowEncoder {
  readonly addresses = new DistinctCounter();
  /** of the row encoded last */
  kind = 0;
  bot = false;

  readonly #site: LogSite;
  readonly #siteHosts: readonly string[];
  readonly #siteBytes = Buffer.alloc(SITE_BYTES);
  readonly #hmac: Hmac;
  readonly #rules: CountingRules;
  /** lines left out since it was last taken: by rule and UTC day */
  leftOut = new Map<string, Map<number, number>>();
  readonly #seen: SeenLines;
  readonly #head: Buffer;
  readonly #viewName: Buffer;
  readonly #writer = new RowWriter();

  readonly #visitors = new VisitorCache();
  readonly #addressCache = new ByteCache(131_072, 8 << 20, () => this.#visitors.clear());
  readonly #agents = new ByteCache(16_384, 8 << 20, () => this.#visitors.clear());
  readonly #sources = new ByteCache(32_768, 12 << 20);
  readonly #pages = new ByteCache(65_536, 20 << 20, () => this.#sources.clear());
  readonly #hosts = new ByteCache(4_096, 1 << 20, () => this.#pages.clear());

  constructor(options: {
    site: LogSite;
    importId: string;
    importKey: Buffer;
    seen: SeenLines;
    known: number;
    rules?: CountingRules | undefined;
  }) {
    this.#site = options.site;
    this.#siteHosts = [options.site.host, ...options.site.otherHosts];
    this.#hmac = new Hmac(options.importKey);
    this.#seen = options.seen;
    this.#rules = options.rules ?? NO_RULES;
    writeUuid(this.#siteBytes, 0, options.site.id);
    const writer = new RowWriter();
    writeEvent(writer, emptyRow(options.site, options.importId, options.known));
    // everything up to the name is of fixed width, but for the currency, which is empty
    this.#head = writer.take().subarray(0, 128);
    writer.string('page_view');
    this.#viewName = writer.take();
  }

  /**
   * Appends the row of a line that was read. The 16 bytes in front of the line are overwritten. False: a rule leaves the line out,
   * and it is counted in `leftOut`.
   */
  encode(line: LogLine, bytes: Buffer, view: DataView, start: number, end: number, batch: Batch): boolean {
    const address = this.#address(line, bytes, view);
    const host = this.#host(line, bytes, view);
    const page = this.#page(line, bytes, view, host);
    const pageFlags = this.#pages.flags(page);
    if (this.#addressCache.flags(address) === LEFT_OUT || (pageFlags & PAGE.leftOut) !== 0) {
      this.#leaveOut(line, bytes);
      return false;
    }
    const asset = (pageFlags & PAGE.asset) !== 0;
    const source = this.#source(line, bytes, view, (pageFlags & PAGE.tagged) !== 0 ? page : -1, host);
    const agent = this.#agent(line, bytes, view, this.#sources.flags(source) === SPAM);
    if (!this.#visitors.find(address, agent)) this.#addVisitor(line, bytes, address, agent);
    const method = line.methodStart;
    const isGet =
      line.methodEnd - method === 3 && bytes[method] === 71 && bytes[method + 1] === 69 && bytes[method + 2] === 84;
    this.kind = kindOf(line.status, isGet, line.targetEnd > line.targetStart, asset);
    this.bot = this.#agents.flags(agent) === 1;

    const out = batch.bytes;
    const row = batch.length;
    const rowView = batch.view;
    this.#head.copy(out, row);
    const day = Math.floor(line.time / MS_PER_DAY);
    batch.addDay(day);
    rowView.setUint16(row + ROW_OFFSET.day, day, true);
    rowView.setInt32(row + ROW_OFFSET.visitor, this.#visitors.low, true);
    rowView.setInt32(row + ROW_OFFSET.visitor + 4, this.#visitors.high, true);
    setInt64(rowView, row + ROW_OFFSET.at, line.time);
    this.#writeId(bytes, start, end, Math.floor(line.time / MS_PER_MINUTE), rowView, row + ROW_OFFSET.id);
    out[row + OFFSET.kind] = this.kind;
    rowView.setUint16(row + OFFSET.status, line.status, true);
    setInt64(rowView, row + OFFSET.bytes, line.size);

    let at = row + this.#head.length;
    if (this.kind === KIND.view) {
      this.#viewName.copy(out, at);
      at += this.#viewName.length;
    } else {
      out[at++] = 0;
    }
    at = this.#addressCache.copyValue(address, out, at);
    out[at++] = 0;
    at = this.#agents.copyValue(agent, out, at);
    at = this.#pages.copyValue(page, out, at);
    at = this.#sources.copyValue(source, out, at);
    if (line.responseMs >= 0) at = this.#writeResponse(line.responseMs, out, at);
    else out[at++] = 0;
    // other systems' ids and the person are unknown
    out[at] = out[at + 1] = out[at + 2] = 0;
    NO_ORDER.copy(out, at + 3);
    batch.length = at + 3 + NO_ORDER.length;
    batch.count++;
    return true;
  }

  /** The caches know that a line is left out; which rule did it is asked again. */
  #leaveOut(line: LogLine, bytes: Buffer): void {
    const address = bytes.toString('latin1', line.addressStart, line.addressEnd);
    const target = ownTarget(fieldText(bytes, line.targetStart, line.targetEnd, LONGEST.target));
    const rule = this.#rules.ofAddress(address) ?? this.#rules.ofPath(this.#parse(target, line, bytes).path) ?? '';
    const days = this.leftOut.get(rule) ?? new Map<number, number>();
    const day = Math.floor(line.time / MS_PER_DAY);
    this.leftOut.set(rule, days.set(day, (days.get(day) ?? 0) + 1));
  }

  #parse(target: string, line: LogLine, bytes: Buffer) {
    const hostname = hostText(bytes, line, this.#site.host);
    const url = `https://${hostname}${this.#rules.stripped(target)}`;
    return { ...parsePage(url), url };
  }

  #address(line: LogLine, bytes: Buffer, view: DataView): number {
    const { addressStart: start, addressEnd: end } = line;
    const slot = this.#addressCache.find(view, start, end, 0);
    if (slot >= 0) return slot;
    this.addresses.add(hashBytes(view, start, end, 0x2545f491), hashBytes(view, start, end, 0x6c078965));
    const address = bytes.toString('latin1', start, end);
    this.#writer.string(deriveCountry(address));
    const flags = this.#rules.ofAddress(address) === undefined ? 0 : LEFT_OUT;
    return this.#addressCache.add(bytes, start, end, 0, this.#writer.take(), flags);
  }

  #agent(line: LogLine, bytes: Buffer, view: DataView, spam: boolean): number {
    const { agentStart: start, agentEnd: end } = line;
    // a log without user agents can't tell robots; one whose client left it out can
    const extra = (line.combined ? 1 : 0) + (spam ? 2 : 0);
    const slot = this.#agents.find(view, start, end, extra);
    if (slot >= 0) return slot;
    const userAgent = fieldText(bytes, start, end, LONGEST.agent);
    const client = deriveClient(userAgent);
    const derived = line.combined ? client : { bot: false, botName: client.botName };
    const { bot, botName } = this.#rules.judge(userAgent, '', derived);
    const judged = spam && !bot ? { bot: true, botName: SPAM_NAME } : { bot, botName };
    writeClient(this.#writer, { ...client, userAgent, ...judged });
    return this.#agents.add(bytes, start, end, extra, this.#writer.take(), judged.bot ? 1 : 0);
  }

  #host(line: LogLine, bytes: Buffer, view: DataView): number {
    const { hostStart: start } = line;
    const end = Math.min(line.hostEnd, start + LONGEST.host);
    if (end === start) return -1;
    const slot = this.#hosts.find(view, start, end, 0);
    return slot >= 0 ? slot : this.#hosts.add(bytes, start, end, 0, NOTHING);
  }

  #page(line: LogLine, bytes: Buffer, view: DataView, host: number): number {
    const { targetStart: start, targetEnd: end } = line;
    const slot = this.#pages.find(view, start, end, host);
    if (slot >= 0) return slot;
    const target = ownTarget(fieldText(bytes, start, end, LONGEST.target));
    const { url, ...page } = this.#parse(target, line, bytes);
    const path = target === '' ? '' : page.path;
    writePage(this.#writer, { hostname: page.hostname, path, query: page.query, url, title: '' });
    const asset = isAsset(target);
    const tagged = !asset && target.includes('?') && this.#isTagged(url);
    const flags =
      (asset ? PAGE.asset : 0) |
      (tagged ? PAGE.tagged : 0) |
      (this.#rules.ofPath(page.path) === undefined ? 0 : PAGE.leftOut);
    return this.#pages.add(bytes, start, end, host, this.#writer.take(), flags);
  }

  /** Whether the address of a page says anything about the source; most queries don't, and then the referrer alone does. */
  #isTagged(url: string): boolean {
    const siteHosts = this.#siteHosts;
    const tagged = deriveSource({ url, referrer: '', siteHosts });
    const plain = deriveSource({ url: `https://${this.#site.host}/`, referrer: '', siteHosts });
    return JSON.stringify(tagged) !== JSON.stringify(plain);
  }

  /** By referrer and host, and for a tagged page by the page too; `page` is −1 for the others. */
  #source(line: LogLine, bytes: Buffer, view: DataView, page: number, host: number): number {
    const { referrerStart: start, referrerEnd: end } = line;
    const extra = page >= 0 ? page : -2 - host;
    const slot = this.#sources.find(view, start, end, extra);
    if (slot >= 0) return slot;
    const hostname = hostText(bytes, line, this.#site.host);
    const target = page < 0 ? '/' : ownTarget(fieldText(bytes, line.targetStart, line.targetEnd, LONGEST.target));
    const source = deriveSource({
      url: `https://${this.#site.host}${target}`,
      referrer: this.#rules.stripped(fieldText(bytes, start, end, LONGEST.referrer)),
      // a line of the site's log speaks of the site, whatever name it was asked by
      siteHosts: this.#siteHosts.includes(hostname) ? this.#siteHosts : [...this.#siteHosts, hostname],
    });
    writeSource(this.#writer, source);
    const flags = this.#rules.isSpam(source.referrerHost) ? SPAM : 0;
    return this.#sources.add(bytes, start, end, extra, this.#writer.take(), flags);
  }

  #addVisitor(line: LogLine, bytes: Buffer, address: number, agent: number): void {
    const ip = bytes.toString('latin1', line.addressStart, line.addressEnd);
    const userAgent = fieldText(bytes, line.agentStart, line.agentEnd, LONGEST.agent);
    const id = this.#hmac.digest(`${this.#site.id}\n${ip}\n${userAgent}`);
    this.#visitors.add(address, agent, id.readInt32BE(4), id.readInt32BE(0));
  }

  /** SHA-256 of site and line; the n-th equal line (n > 0) is the hash of that and n. Cut to 16 bytes. */
  #writeId(bytes: Buffer, start: number, end: number, minute: number, view: DataView, at: number): void {
    const from = start - SITE_BYTES;
    for (let i = 0; i < SITE_BYTES; i++) bytes[from + i] = this.#siteBytes[i] ?? 0;
    // as text of one byte a character: reading it costs half of what a fresh Buffer does
    let digest = hash('sha256', bytes.subarray(from, end), 'binary');
    const n = this.#seen.add(word(digest, 0), word(digest, 4), minute);
    if (n > 0) digest = hash('sha256', Buffer.from(`${digest}${n}`, 'latin1'), 'binary');
    // ClickHouse keeps a UUID as two little-endian halves
    view.setInt32(at, word(digest, 4), true);
    view.setInt32(at + 4, word(digest, 0), true);
    view.setInt32(at + 8, word(digest, 12), true);
    view.setInt32(at + 12, word(digest, 8), true);
  }

  #writeResponse(ms: number, out: Buffer, at: number): number {
    this.#writer.map({ response_ms: String(ms) });
    const map = this.#writer;
    map.buffer.copy(out, at, 0, map.length);
    const end = at + map.length;
    map.length = 0;
    return end;
  }
}

function word(digest: string, at: number): number {
  return (
    (digest.charCodeAt(at) << 24) |
    (digest.charCodeAt(at + 1) << 16) |
    (digest.charCodeAt(at + 2) << 8) |
    digest.charCodeAt(at + 3)
  );
}

function setInt64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 4_294_967_296, true);
  view.setInt32(at + 4, Math.floor(value / 4_294_967_296), true);
}

/** A proxy-style request names the whole address; what it asks this site for is the path. Anything else without a path has no page. */
function ownTarget(target: string): string {
  const path = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1] ?? target;
  if (path.startsWith('?')) return `/${path}`;
  return path.startsWith('/') ? path : '';
}

/** `www.example.com:443`, `_` (nginx without a name) and `-` included. */
function hostText(bytes: Buffer, line: LogLine, siteHost: string): string {
  const text = bytes.toString('latin1', line.hostStart, Math.min(line.hostEnd, line.hostStart + LONGEST.host));
  const name = text.replace(/:\d+$/, '').toLowerCase();
  return name === '_' || name === '-' || name === '' ? siteHost : name;
}

function emptyRow(site: LogSite, importId: string, known: number): EventRow {
  return {
    ...EMPTY_EVENT,
    workspace: site.workspace,
    site: site.id,
    at: 0,
    id: NO_UUID,
    visitor: 0n,
    known,
    kind: 'other',
    visitorKind: 'imported',
    import: importId,
    derivation: DERIVATION_VERSION,
  };
}
