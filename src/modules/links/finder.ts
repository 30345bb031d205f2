// Links by their name, address, tags or code.
import type { RecordFinder } from '../../platform/finder/finder.ts';
import type { Db } from './tables.ts';

export const linkFinder = (db: Db): RecordFinder => ({
  kind: 'link',
  permission: 'analytics:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('link')
      .select(['id', 'name', 'source', 'medium', 'campaign'])
      .where('workspace', '=', workspace)
      .where('archived_at', 'is', null)
      .where((eb) =>
        eb.or((['name', 'target', 'campaign', 'code'] as const).map((column) => eb(column, 'ilike', pattern))),
      )
      .orderBy('updated_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id, name, source, medium, campaign }) => ({
      id,
      title: name,
      detail: [source, medium, campaign].filter(Boolean).join(' / '),
      path: 'links',
      search: { link: id },
    }));
  },
});
