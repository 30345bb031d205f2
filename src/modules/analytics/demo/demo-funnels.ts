// Funnels of the demo company: how products become orders, and how visits become questions about a group.
import type { FunnelDefinition } from '../funnels/contract.ts';
import { keptFunnels } from '../funnels/funnels.ts';
import type { Db } from '../sites/sites.ts';

const event = (value: string) => ({
  what: 'event' as const,
  where: { property: 'event', is: 'equals', value } as const,
});
const WEEK = 7 * 1440;

const FUNNELS: readonly { name: string; definition: FunnelDefinition }[] = [
  {
    name: 'Product to order',
    definition: {
      version: 1,
      order: 'ordered',
      by: 'visitor',
      minutes: WEEK,
      steps: [
        { name: 'Product', act: event('view_item') },
        { name: 'Cart', act: event('add_to_cart') },
        { name: 'Checkout', act: event('begin_checkout') },
        { name: 'Order', act: event('purchase') },
      ],
    },
  },
  {
    name: 'Group offer',
    definition: {
      version: 1,
      order: 'ordered',
      by: 'visit',
      minutes: 1440,
      steps: [
        { name: 'Came', act: { what: 'view' } },
        { name: 'Product', act: event('view_item') },
        {
          name: 'Asked for an offer',
          act: {
            what: 'event',
            where: {
              and: [
                { property: 'event', is: 'equals', value: 'form_submit' },
                { property: 'property:form', is: 'equals', value: 'group-offer' },
              ],
            },
          },
        },
      ],
    },
  },
];

export async function demoFunnels(db: Db, workspace: string): Promise<void> {
  const funnels = keptFunnels(db);
  for (const funnel of FUNNELS) await funnels.create(workspace, funnel, 'Tradewind');
}
