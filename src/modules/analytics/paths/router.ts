// Contract of paths → rules.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import { pathsContract } from './contract.ts';
import { runFlow } from './flow.ts';
import { runSequences } from './sequences.ts';

export function pathsRouter(deps: ApiDeps & { reports: Reports }) {
  const { reports } = deps;
  const os = implement(pathsContract).$context<RequestContext>().use(gate(deps));
  return {
    paths: {
      flow: os.paths.flow.handler(({ input: { workspace: _, ...question }, context }) =>
        runFlow(reports, memberOnly(context).workspace, question),
      ),
      sequences: os.paths.sequences.handler(({ input: { workspace: _, ...question }, context }) =>
        runSequences(reports, memberOnly(context).workspace, question),
      ),
    },
  };
}
