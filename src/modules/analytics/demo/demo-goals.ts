// Goals of the demo company: what its shop and its offers for groups are for.
import type { GoalDefinition } from '../goals/contract.ts';
import { keptGoals } from '../goals/goals.ts';
import type { Db } from '../sites/sites.ts';

const event = (value: string): GoalDefinition => ({
  version: 1,
  act: { what: 'event', where: { property: 'event', is: 'equals', value } },
});
const GOALS: readonly { name: string; definition: GoalDefinition; worth: number | null }[] = [
  { name: 'Order', definition: event('purchase'), worth: null },
  { name: 'Request for a group offer', definition: event('form_submit'), worth: 180_00 },
  { name: 'Put in the basket', definition: event('add_to_cart'), worth: null },
  {
    name: 'Article read to the end',
    definition: {
      version: 1,
      act: {
        what: 'attention',
        where: {
          and: [
            { property: 'scroll', is: 'greater', value: 89 },
            { property: 'page', is: 'starts-with', value: '/blog/' },
          ],
        },
      },
    },
    worth: null,
  },
  {
    name: 'Three minutes on the site',
    definition: { version: 1, visit: { property: 'seconds', is: 'greater', value: 179 } },
    worth: null,
  },
];

export async function demoGoals(db: Db, workspace: string): Promise<void> {
  for (const goal of GOALS) await keptGoals(db).create(workspace, { ...goal, site: null }, 'Tradewind');
}
