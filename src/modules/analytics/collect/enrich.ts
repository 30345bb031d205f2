// From what was sent to the row that is stored: everything derived is derived here, once, before the spool.
import { createHash } from 'node:crypto';
import { type EventRow, type Kind, NO_UUID, type VisitorKind, writeEvent } from '../../../platform/events/row.ts';
import { RowWriter } from '../../../platform/events/row-writer.ts';
import { DERIVATION_VERSION, deriveClient, deriveCountry, deriveSource, parsePage } from '../derive/index.ts';
import { orderOf } from './ecommerce.ts';
import { type IncomingEvent, LONGEST_PROPERTY, MOST_PROPERTIES } from './payload.ts';

export interface Who {
  workspace: string;
  site: string;
  /** host names of the site: a referrer on one of them is no new source */
  hosts: readonly string[];
  visitor: bigint;
  before: bigint;
  visitorKind: VisitorKind;
  /** used for the country and then dropped */
  address: string;
  userAgent: string;
  gaId: string;
  ymId: string;
  person: string;
  /** the company's, for amounts that name none */
  currency: string;
}

/** What a server tells without an address happened on no page. */
const NO_PAGE = { hostname: '', path: '', query: '' } as const;

const SIGNALS = new Set(['engagement', 'web_vital']);
export const kindOf = (name: string): Kind => (name === 'page_view' ? 'view' : SIGNALS.has(name) ? 'signal' : 'event');

/** A sender's id as 16 bytes; a UUID stays itself, anything else is hashed within its site. */
function idOf(site: string, id: string): string {
  const hex = id.replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(hex)
    ? hex
    : createHash('sha256').update(`${site}\u0000${id}`).digest('hex').slice(0, 32);
}

const text = (value: string | undefined): string => (value ?? '').replaceAll('\u0000', '').toWellFormed();

export function toRow(who: Who, event: IncomingEvent, known: number): EventRow {
  const url = text(event.url);
  const page = url === '' ? NO_PAGE : parsePage(url);
  const { rest, ...order } = orderOf(event, who.currency);
  return {
    workspace: who.workspace,
    site: who.site,
    at: event.at,
    id: idOf(who.site, event.id),
    visitor: who.visitor,
    visitorBefore: who.before,
    known,
    kind: kindOf(event.name),
    visitorKind: who.visitorKind,
    import: NO_UUID,
    derivation: DERIVATION_VERSION,
    status: 0,
    bytes: 0,
    engagedMs: event.duration ?? 0,
    scroll: event.scroll ?? 0,
    width: event.width ?? 0,
    ...order,
    name: text(event.name),
    country: deriveCountry(who.address),
    language: text(event.language).split(/[-_]/)[0]!.toLowerCase().slice(0, 8),
    userAgent: who.userAgent,
    ...deriveClient(who.userAgent),
    ...page,
    url,
    title: text(event.title),
    ...deriveSource({ url, referrer: text(event.referrer), siteHosts: who.hosts }),
    properties: Object.fromEntries(
      Object.entries(rest)
        .slice(0, MOST_PROPERTIES)
        .map(([key, value]) => [text(key), text(String(value)).slice(0, LONGEST_PROPERTY)]),
    ),
    gaId: text(who.gaId),
    ymId: text(who.ymId),
    person: text(who.person),
  };
}

const writer = new RowWriter();
export function encode(row: EventRow): Buffer {
  writeEvent(writer, row);
  return writer.take();
}
