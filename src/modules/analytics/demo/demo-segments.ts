// Segments of the demo company: two that no ready-made one says.
import type { SegmentDefinition } from '../segments/contract.ts';
import { keptSegments } from '../segments/segments.ts';
import type { Db } from '../sites/sites.ts';

const did = (event: string) => ({
  what: 'event' as const,
  where: { property: 'event', is: 'equals', value: event } as const,
});
const MONTH = { days: 30 };

const SEGMENTS: readonly { name: string; definition: SegmentDefinition }[] = [
  {
    name: 'Cart without an order',
    definition: {
      version: 1,
      selects: 'visitors',
      where: {
        and: [
          { did: { ...did('add_to_cart'), times: { atLeast: 1 }, within: MONTH } },
          { never: { ...did('purchase'), within: MONTH } },
        ],
      },
    },
  },
  {
    name: 'Back three times in a month',
    definition: { version: 1, selects: 'visitors', where: { visited: { times: { atLeast: 3 }, within: MONTH } } },
  },
];

export async function demoSegments(db: Db, workspace: string): Promise<void> {
  for (const { name, definition } of SEGMENTS)
    await keptSegments(db).create(workspace, { name, site: null, definition }, 'Tradewind');
}
