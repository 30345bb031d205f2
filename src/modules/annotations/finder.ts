// Notes by their words.
import type { RecordFinder } from '../../platform/finder/finder.ts';
import type { Db } from './annotations.ts';

export const noteFinder = (db: Db): RecordFinder => ({
  kind: 'note',
  permission: 'analytics:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('annotation')
      .select(['id', 'text', 'day'])
      .where('workspace', '=', workspace)
      .where('text', 'ilike', pattern)
      .orderBy('day', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id, text, day }) => ({ id, title: text, detail: day, path: 'notes', search: {} }));
  },
});
