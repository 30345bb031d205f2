// GET <collect>/goals/SITEKEY: what tw-goals.js is told. Open to everyone, like the site's page itself.
import type { FastifyInstance } from 'fastify';
import { minorDigits } from '../../../platform/money/money.ts';
import type { ToldCondition, ToldGoals } from '../../../tracker/wire.ts';
import { goalDefinition } from '../../analytics/contract.ts';
import type { Db } from '../tables.ts';

const CACHE_S = 300;

/** Null when no site has the key. */
export async function toldGoals(db: Db, key: string): Promise<ToldGoals | null> {
  const site = await db
    .selectFrom('site')
    .innerJoin('workspace', 'workspace.id', 'site.workspace')
    .select(['site.id', 'site.workspace', 'workspace.currency'])
    .where('site.key', '=', key)
    .executeTakeFirst();
  if (!site) return null;
  const rows = await db
    .selectFrom('forwarded_goal as f')
    .innerJoin('goal as g', (on) => on.onRef('g.id', '=', 'f.goal').onRef('g.workspace', '=', 'f.workspace'))
    .leftJoin('counter as c', (on) =>
      on.onRef('c.workspace', '=', 'f.workspace').onRef('c.site', '=', 'f.site').on('c.counter', '=', 'metrica'),
    )
    .select(['g.id', 'g.definition', 'g.worth', 'f.counter', 'f.name', 'c.number'])
    .where('f.workspace', '=', site.workspace)
    .where('f.site', '=', site.id)
    .where('g.archived_at', 'is', null)
    .where((or) => or('g.site', 'is', null).or('g.site', '=', site.id))
    .orderBy('g.id')
    .execute();
  const goals = new Map<string, ToldGoals['goals'][number]>();
  for (const { id, definition, worth, counter, name } of rows) {
    const parsed = goalDefinition.safeParse(definition);
    // changed since it was chosen into one that no page can tell
    if (!parsed.success || !('act' in parsed.data)) continue;
    const { what, where } = parsed.data.act;
    const goal = goals.get(id) ?? {
      what,
      where: where as ToldCondition | undefined,
      worth: worth === null ? undefined : Number(worth) / 10 ** minorDigits(site.currency),
      currency: site.currency,
    };
    goals.set(id, { ...goal, [counter]: name });
  }
  return { metrica: rows.find((row) => row.number !== null)?.number ?? null, goals: [...goals.values()] };
}

export function forwardRoutes(scope: FastifyInstance, parts: { db: Db; trackerPath: string }): void {
  const base = parts.trackerPath.replace(/[^/]+$/, '');
  scope.get<{ Params: { key: string } }>(`${base}collect/goals/:key`, async (request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    const told = await toldGoals(parts.db, request.params.key.slice(0, 64));
    if (!told) return reply.status(404).send({ code: 'NOT_FOUND', message: 'No site has this key.' });
    return reply.header('cache-control', `public, max-age=${CACHE_S}`).send(told);
  });
}
