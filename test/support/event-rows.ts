// Events as rows, for tests that need to say exactly what happened; what isn't said is empty.

import { type EventRow, NO_UUID, RowWriter, writeEvent } from '../../src/platform/events/row.ts';
import { uuidv7 } from '../../src/platform/ids/uuid.ts';

const EMPTY = {
  visitorBefore: 0n,
  kind: 'view',
  visitorKind: 'cookieless',
  import: NO_UUID,
  derivation: 1,
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
  hostname: 'shop.example',
  path: '/',
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
} as const;

export function eventRow(
  place: { workspace: string; site: string },
  event: Partial<EventRow> & { at: number; visitor: bigint },
): Buffer {
  const writer = new RowWriter();
  const { workspace, site } = place;
  writeEvent(writer, { ...EMPTY, id: uuidv7(), known: event.at, ...event, workspace, site });
  return writer.take();
}
