// Contract → rules of alarms, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { describeAlarms, keptAlarms, settingsOf, watchEachMorning } from './alarms.ts';
import { alarmsContract } from './contract.ts';
import { watch } from './watch.ts';

export function alarmsRouter(deps: ApiDeps & { db: Db; reports: Reports }) {
  const os = implement(alarmsContract).$context<RequestContext>().use(gate(deps));
  const { db } = deps;
  const kept = keptAlarms(db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  const one = async (workspace: string, row: Parameters<typeof describeAlarms>[2][number]) =>
    (await describeAlarms(db, workspace, [row]))[0]!;
  return {
    alarms: {
      list: os.alarms.list.handler(async ({ input, context }) =>
        describeAlarms(db, of(context), await kept.list(of(context), input.state)),
      ),
      create: os.alarms.create.handler(async ({ input: { name, definition }, context }) => {
        const made = await kept.create(of(context), { name, definition }, whoIs(context));
        await watchEachMorning(db, of(context));
        return one(of(context), made);
      }),
      update: os.alarms.update.handler(async ({ input: { alarm, workspace: _, ...change }, context }) =>
        one(of(context), await kept.update(of(context), alarm, change, whoIs(context))),
      ),
      archive: os.alarms.archive.handler(async ({ input, context }) =>
        one(of(context), await kept.archive(of(context), input.alarm, whoIs(context))),
      ),
      undo: os.alarms.undo.handler(async ({ input, context }) =>
        one(of(context), await kept.undo(of(context), input.alarm, whoIs(context))),
      ),
      preview: os.alarms.preview.handler(async ({ input, context }) => ({
        days: await watch(deps.reports, of(context), input.definition, (await settingsOf(db, of(context))).zone),
      })),
    },
  };
}
