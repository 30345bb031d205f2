// What the palette finds in analytics: segments, sites, and the addresses people visit.
import type { RecordFinder } from '../../platform/finder/finder.ts';
import type { Db } from './sites/sites.ts';

export const segmentFinder = (db: Db): RecordFinder => ({
  kind: 'segment',
  permission: 'analytics:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('segment')
      .select(['id', 'name'])
      .where('workspace', '=', workspace)
      .where('archived_at', 'is', null)
      .where('name', 'ilike', pattern)
      .orderBy('name')
      .limit(limit)
      .execute();
    return rows.map(({ id, name }) => ({ id, title: name, detail: null, path: 'segments', search: { edit: id } }));
  },
});

export const siteFinder = (db: Db): RecordFinder => ({
  kind: 'site',
  permission: 'analytics:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('site')
      .select(['id', 'host'])
      .where('workspace', '=', workspace)
      .where('host', 'ilike', pattern)
      .orderBy('host')
      .limit(limit)
      .execute();
    return rows.map(({ id, host }) => ({ id, title: host, detail: null, path: 'overview', search: { site: id } }));
  },
});

/** Finding a page opens the overview filtered by it: that is what one does next. */
export const pageFinder = (
  topPages: (workspace: string, text: string, limit: number) => Promise<{ page: string; views: number }[]>,
): RecordFinder => ({
  kind: 'page',
  permission: 'analytics:read',
  find: async ({ workspace, text, limit }) =>
    (await topPages(workspace, text, limit)).map(({ page }) => ({
      id: page,
      title: page,
      detail: null,
      path: 'overview',
      search: { filters: [['page', 'is', page]] },
    })),
});
