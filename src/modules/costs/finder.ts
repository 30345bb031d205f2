// Campaigns money was spent on, by name.
import type { RecordFinder } from '../../platform/finder/finder.ts';
import type { Db } from './tables.ts';

export const campaignFinder = (db: Db): RecordFinder => ({
  kind: 'campaign',
  permission: 'costs:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('cost')
      .select(['campaign', 'source'])
      .distinct()
      .where('workspace', '=', workspace)
      .where('campaign', '<>', '')
      .where('campaign', 'ilike', pattern)
      .orderBy('campaign')
      .limit(limit)
      .execute();
    return rows.map(({ campaign, source }) => ({
      id: `${source} ${campaign}`,
      title: campaign,
      detail: source,
      path: 'overview',
      search: { filters: [['campaign', 'is', campaign]] },
    }));
  },
});
