// Contract → questions about acts, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import { actTable, behindAct } from './acts.ts';
import { actsContract } from './contract.ts';

export function actsRouter(deps: ApiDeps & { reports: Reports }) {
  const os = implement(actsContract).$context<RequestContext>().use(gate(deps));
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    acts: {
      table: os.acts.table.handler(({ input: { workspace: _, ...asked }, context }) =>
        actTable(deps.reports, of(context), asked),
      ),
      detail: os.acts.detail.handler(({ input: { workspace: _, ...asked }, context }) =>
        behindAct(deps.reports, of(context), asked),
      ),
    },
  };
}
