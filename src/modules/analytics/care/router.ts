// Contract → rules of data care, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { careContract } from './contract.ts';
import { describeRule, keptRules, leftOutByDay, listRules } from './counting-rules.ts';
import { recountState, startRecount } from './recount-state.ts';
import { robotsOf, suspectsOf } from './robots.ts';

export function careRouter(deps: ApiDeps & { db: Db; reports: Reports; jobs: Jobs }) {
  const os = implement(careContract).$context<RequestContext>().use(gate(deps));
  const { db } = deps;
  const rules = keptRules(db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    robots: {
      list: os.robots.list.handler(({ input: { workspace: _, ...asked }, context }) =>
        robotsOf(deps.reports, of(context), asked),
      ),
      suspects: os.robots.suspects.handler(({ input: { workspace: _, ...asked }, context }) =>
        suspectsOf(deps.reports, of(context), asked),
      ),
    },
    recount: {
      state: os.recount.state.handler(({ context }) => recountState(deps, of(context))),
      start: os.recount.start.handler(({ context }) => startRecount(deps, of(context), whoIs(context))),
    },
    countingRules: {
      list: os.countingRules.list.handler(({ input, context }) => listRules(db, of(context), input.state)),
      create: os.countingRules.create.handler(async ({ input: { name, kind, pattern, site }, context }) =>
        describeRule(await rules.create(of(context), { name, kind, pattern, site }, whoIs(context))),
      ),
      update: os.countingRules.update.handler(async ({ input: { rule, workspace: _, ...change }, context }) =>
        describeRule(await rules.update(of(context), rule, change, whoIs(context))),
      ),
      archive: os.countingRules.archive.handler(async ({ input, context }) =>
        describeRule(await rules.archive(of(context), input.rule, whoIs(context))),
      ),
      undo: os.countingRules.undo.handler(async ({ input, context }) =>
        describeRule(await rules.undo(of(context), input.rule, whoIs(context))),
      ),
      excluded: os.countingRules.excluded.handler(({ input, context }) => leftOutByDay(db, of(context), input.days)),
      myAddress: os.countingRules.myAddress.handler(({ context }) => ({
        address: context.headers.get('x-tradewind-address') ?? '',
      })),
    },
  };
}
