// Events as rows, for tests that need to say exactly what happened; what isn't said is empty.
import { EMPTY_EVENT, type EventRow, writeEvent } from '../../src/platform/events/row.ts';
import { RowWriter } from '../../src/platform/events/row-writer.ts';
import { uuidv7 } from '../../src/platform/ids/uuid.ts';

const VIEW = {
  ...EMPTY_EVENT,
  kind: 'view',
  visitorKind: 'cookieless',
  derivation: 1,
  hostname: 'shop.example',
  path: '/',
} as const;

export function eventRow(
  place: { workspace: string; site: string },
  event: Partial<EventRow> & { at: number; visitor: bigint },
): Buffer {
  const writer = new RowWriter();
  const { workspace, site } = place;
  writeEvent(writer, { ...VIEW, id: uuidv7(), known: event.at, ...event, workspace, site });
  return writer.take();
}
