// Contract of retention → rules.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { retentionContract } from './contract.ts';
import { runRetention } from './retention.ts';

export function retentionRouter(deps: ApiDeps & { db: Db; reports: Reports }) {
  const os = implement(retentionContract).$context<RequestContext>().use(gate(deps));
  return {
    retention: {
      run: os.retention.run.handler(({ input: { workspace: _, ...question }, context }) =>
        runRetention(deps, memberOnly(context).workspace, question),
      ),
    },
  };
}
