// What the palette finds in analytics: segments, sites, and the addresses people visit.
import type { RecordFinder } from '../../platform/finder/finder.ts';
import type { Db } from './sites/sites.ts';

/** Of a table of kept things, by their names. */
const keptFinder = (
  db: Db,
  kind: 'segment' | 'goal' | 'funnel' | 'report',
  open: (id: string) => { path: string; search: Record<string, unknown> },
): RecordFinder => ({
  kind,
  permission: 'analytics:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom(kind)
      .select(['id', 'name'])
      .where('workspace', '=', workspace)
      .where('archived_at', 'is', null)
      .where('name', 'ilike', pattern)
      .orderBy('name')
      .limit(limit)
      .execute();
    return rows.map(({ id, name }) => ({ id, title: name, detail: null, ...open(id) }));
  },
});
export const segmentFinder = (db: Db): RecordFinder =>
  keptFinder(db, 'segment', (id) => ({ path: 'segments', search: { edit: id } }));
export const goalFinder = (db: Db): RecordFinder =>
  keptFinder(db, 'goal', (id) => ({ path: 'goals', search: { goal: id } }));

export const funnelFinder = (db: Db): RecordFinder =>
  keptFinder(db, 'funnel', (id) => ({ path: 'funnels', search: { funnel: id } }));

export const reportFinder = (db: Db): RecordFinder =>
  keptFinder(db, 'report', (id) => ({ path: 'explorer', search: { report: id } }));

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
