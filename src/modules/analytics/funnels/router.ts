// Contract of funnels → rules.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { runDropped, runFunnel } from './answer.ts';
import { funnelsContract } from './contract.ts';
import { describeFunnel, keptFunnels } from './funnels.ts';

export function funnelsRouter(deps: ApiDeps & { db: Db; reports: Reports }) {
  const os = implement(funnelsContract).$context<RequestContext>().use(gate(deps));
  const funnels = keptFunnels(deps.db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    funnels: {
      list: os.funnels.list.handler(async ({ input, context }) =>
        (await funnels.list(of(context), input.state)).map(describeFunnel),
      ),
      create: os.funnels.create.handler(async ({ input: { name, definition }, context }) =>
        describeFunnel(await funnels.create(of(context), { name, definition }, whoIs(context))),
      ),
      update: os.funnels.update.handler(async ({ input: { funnel, workspace: _, ...change }, context }) =>
        describeFunnel(await funnels.update(of(context), funnel, change, whoIs(context))),
      ),
      archive: os.funnels.archive.handler(async ({ input, context }) =>
        describeFunnel(await funnels.archive(of(context), input.funnel, whoIs(context))),
      ),
      undo: os.funnels.undo.handler(async ({ input, context }) =>
        describeFunnel(await funnels.undo(of(context), input.funnel, whoIs(context))),
      ),
      run: os.funnels.run.handler(({ input: { workspace: _, ...question }, context }) =>
        runFunnel(deps, of(context), question),
      ),
      dropped: os.funnels.dropped.handler(({ input: { workspace: _, ...question }, context }) =>
        runDropped(deps, of(context), question),
      ),
    },
  };
}
