// Calls and codes of the demo company: a number of the van, a number for visits from ads, the promo code of its orders, and a few calls.
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import { channelOf, keptSources } from '../contact-sources.ts';
import { contactSourceDefinition } from '../contract.ts';
import type { Db } from '../tables.ts';

const DAY_MS = 86_400_000;
const SOURCES = [
  { name: 'On the van', definition: { kind: 'phone', value: '+49 30 5550 1201', source: 'van', medium: 'paid_print' } },
  {
    name: 'Shown to visits from Google ads',
    definition: {
      ...{ kind: 'phone', value: '+49 30 5550 1202', source: 'google', medium: 'cpc', instead: '+49 30 5550 1200' },
    },
  },
  {
    name: 'Podcast “Outside”',
    definition: { kind: 'promo', value: 'TRAIL10', source: 'podcast', medium: 'audio', campaign: 'outside' },
  },
] as const;
/** [days ago, minutes after midnight UTC, which number, worth in minor units] */
const CALLS: readonly (readonly [number, number, 0 | 1, number | null])[] = [
  [1, 867, 1, 12_900],
  [1, 612, 0, null],
  [3, 545, 1, null],
  [4, 733, 1, 24_500],
  [6, 901, 0, 8_900],
  [9, 488, 1, null],
  [12, 664, 0, null],
  [15, 796, 1, 18_000],
];

export async function demoContacts(db: Db, { workspace }: { workspace: string }): Promise<void> {
  const kept = [];
  for (const { name, definition } of SOURCES)
    kept.push(
      await keptSources(db).create(
        workspace,
        { name, definition: contactSourceDefinition.parse({ version: 1, ...definition }) },
        'Tradewind',
      ),
    );
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  for (const [ago, minutes, which, worth] of CALLS) {
    const { id, definition } = kept[which]!;
    await db
      .insertInto('contact')
      .values({
        ...{
          workspace,
          id: uuidv7(),
          kind: 'call',
          at: new Date(today - ago * DAY_MS + minutes * 60_000),
        },
        ...{ source_id: id, code: '', visitor: '', site: null, channel: channelOf(definition) },
        ...{ source: definition.source, medium: definition.medium, campaign: definition.campaign, landing_page: '' },
        ...{ worth, note: '', external: null, created_by: 'Tradewind', removed_at: null },
      })
      .execute();
  }
}
