// Contract of the shop → rules.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import { shopContract } from './contract.ts';
import { shopSummary, shopTable } from './shop.ts';

export function shopRouter(deps: ApiDeps & { reports: Reports }) {
  const os = implement(shopContract).$context<RequestContext>().use(gate(deps));
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    shop: {
      summary: os.shop.summary.handler(({ input: { workspace: _, ...question }, context }) =>
        shopSummary(deps.reports, of(context), question),
      ),
      table: os.shop.table.handler(({ input: { workspace: _, ...question }, context }) =>
        shopTable(deps.reports, of(context), question),
      ),
    },
  };
}
