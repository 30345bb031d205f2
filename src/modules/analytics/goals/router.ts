// Contract → rules of goals, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { goalsContract } from './contract.ts';
import { describeGoal, keptGoals } from './goals.ts';
import { previewGoal, seenLately } from './seen.ts';

export function goalsRouter(deps: ApiDeps & { db: Db; reports: Reports }) {
  const os = implement(goalsContract).$context<RequestContext>().use(gate(deps));
  const goals = keptGoals(deps.db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    goals: {
      list: os.goals.list.handler(async ({ input, context }) =>
        (await goals.list(of(context), input.state)).map(describeGoal),
      ),
      create: os.goals.create.handler(async ({ input: { name, site, definition, worth }, context }) =>
        describeGoal(await goals.create(of(context), { name, site, definition, worth }, whoIs(context))),
      ),
      update: os.goals.update.handler(async ({ input: { goal, workspace: _, ...change }, context }) =>
        describeGoal(await goals.update(of(context), goal, change, whoIs(context))),
      ),
      archive: os.goals.archive.handler(async ({ input, context }) =>
        describeGoal(await goals.archive(of(context), input.goal, whoIs(context))),
      ),
      undo: os.goals.undo.handler(async ({ input, context }) =>
        describeGoal(await goals.undo(of(context), input.goal, whoIs(context))),
      ),
      preview: os.goals.preview.handler(({ input: { site, definition }, context }) =>
        previewGoal(deps.reports, of(context), { site, definition }),
      ),
      seen: os.goals.seen.handler(({ context }) => seenLately(deps.reports, of(context))),
    },
  };
}
