// What the demo company watches: its orders, and visits from search.
import { keptAlarms, watchEachMorning } from '../alarms/alarms.ts';
import { alarmDefinition } from '../alarms/contract.ts';
import type { Db } from '../sites/sites.ts';

const ALARMS = [
  { name: 'Visits', definition: { measure: 'visits' } },
  { name: 'Fewer orders than usual', definition: { measure: 'orders', way: 'less' } },
  { name: 'Bounce rate', definition: { measure: 'bounceRate', way: 'more' } },
  {
    name: 'Visits from search',
    definition: {
      measure: 'visits',
      filters: [{ property: 'channel', operator: 'is', values: ['Organic Search'] }],
    },
  },
] as const;

export async function demoAlarms(db: Db, workspace: string): Promise<void> {
  for (const { name, definition } of ALARMS)
    await keptAlarms(db).create(
      workspace,
      { name, definition: alarmDefinition.parse({ version: 1, ...definition }) },
      'Tradewind',
    );
  await watchEachMorning(db, workspace);
}
