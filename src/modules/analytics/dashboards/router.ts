// Contract → rules of dashboards, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Db } from '../sites/sites.ts';
import { dashboardsContract } from './contract.ts';
import { describeDashboard, keptDashboards } from './dashboards.ts';

export function dashboardsRouter(deps: ApiDeps & { db: Db }) {
  const os = implement(dashboardsContract).$context<RequestContext>().use(gate(deps));
  const kept = keptDashboards(deps.db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    dashboards: {
      list: os.dashboards.list.handler(async ({ input, context }) =>
        (await kept.list(of(context), input.state)).map(describeDashboard),
      ),
      create: os.dashboards.create.handler(async ({ input: { name, definition }, context }) =>
        describeDashboard(await kept.create(of(context), { name, definition }, whoIs(context))),
      ),
      update: os.dashboards.update.handler(async ({ input: { dashboard, workspace: _, ...change }, context }) =>
        describeDashboard(await kept.update(of(context), dashboard, change, whoIs(context))),
      ),
      archive: os.dashboards.archive.handler(async ({ input, context }) =>
        describeDashboard(await kept.archive(of(context), input.dashboard, whoIs(context))),
      ),
      undo: os.dashboards.undo.handler(async ({ input, context }) =>
        describeDashboard(await kept.undo(of(context), input.dashboard, whoIs(context))),
      ),
    },
  };
}
