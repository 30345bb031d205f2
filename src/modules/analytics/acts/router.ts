// Contract → questions about acts, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { actTable, behindAct } from './acts.ts';
import { actsContract } from './contract.ts';
import { describeParameters, searchParametersOf, setSearchParameters } from './search-parameters.ts';

export function actsRouter(deps: ApiDeps & { db: Db; reports: Reports }) {
  const os = implement(actsContract).$context<RequestContext>().use(gate(deps));
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    acts: {
      table: os.acts.table.handler(async ({ input: { workspace: _, ...asked }, context }) =>
        actTable(deps.reports, of(context), asked, await searchParametersOf(deps.db, of(context))),
      ),
      detail: os.acts.detail.handler(async ({ input: { workspace: _, ...asked }, context }) =>
        behindAct(deps.reports, of(context), asked, await searchParametersOf(deps.db, of(context))),
      ),
      searchParameters: os.acts.searchParameters.handler(async ({ context }) =>
        describeParameters(await searchParametersOf(deps.db, of(context))),
      ),
      setSearchParameters: os.acts.setSearchParameters.handler(({ input, context }) =>
        setSearchParameters(deps.db, of(context), input.parameters, whoIs(context)),
      ),
    },
  };
}
