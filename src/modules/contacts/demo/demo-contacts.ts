// Calls and codes of the demo company: a number of the van, a number for visits from ads, the promo code of its orders, and a few calls.
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import { channelOf, keptSources } from '../contact-sources.ts';
import { contactSourceDefinition } from '../contract.ts';
import type { Db } from '../tables.ts';

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
/** [days ago, which number, worth in minor units] */
const CALLS: readonly (readonly [number, 0 | 1, number | null])[] = [
  [1, 1, 12_900],
  [1, 0, null],
  [3, 1, null],
  [4, 1, 24_500],
  [6, 0, 8_900],
  [9, 1, null],
  [12, 0, null],
  [15, 1, 18_000],
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
  for (const [ago, which, worth] of CALLS) {
    const { id, definition } = kept[which]!;
    await db
      .insertInto('contact')
      .values({
        ...{
          workspace,
          id: uuidv7(),
          kind: 'call',
          at: new Date(Date.now() - ago * 86_400_000 - 3_600_000 * (ago % 5)),
        },
        ...{ source_id: id, code: '', visitor: '', site: null, channel: channelOf(definition) },
        ...{ source: definition.source, medium: definition.medium, campaign: definition.campaign, landing_page: '' },
        ...{ worth, note: '', external: null, created_by: 'Tradewind', removed_at: null },
      })
      .execute();
  }
}
