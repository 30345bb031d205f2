// Contract of the explorer → rules.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { answerQuestion } from './answer.ts';
import { explorerContract } from './contract.ts';
import { propertiesSeen } from './properties.ts';
import { describeReport, keptReports } from './saved-reports.ts';

export function explorerRouter(deps: ApiDeps & { db: Db; reports: Reports }) {
  const os = implement(explorerContract).$context<RequestContext>().use(gate(deps));
  const reports = keptReports(deps.db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    explorer: {
      answer: os.explorer.answer.handler(({ input: { question, find }, context }) =>
        answerQuestion(deps, of(context), question, find),
      ),
      properties: os.explorer.properties.handler(({ context }) => propertiesSeen(deps.reports, of(context))),
    },
    savedReports: {
      list: os.savedReports.list.handler(async ({ input, context }) =>
        (await reports.list(of(context), input.state)).map(describeReport),
      ),
      create: os.savedReports.create.handler(async ({ input: { name, description, definition }, context }) =>
        describeReport(await reports.create(of(context), { name, description, definition }, whoIs(context))),
      ),
      update: os.savedReports.update.handler(async ({ input: { report, workspace: _, ...change }, context }) =>
        describeReport(await reports.update(of(context), report, change, whoIs(context))),
      ),
      archive: os.savedReports.archive.handler(async ({ input, context }) =>
        describeReport(await reports.archive(of(context), input.report, whoIs(context))),
      ),
      undo: os.savedReports.undo.handler(async ({ input, context }) =>
        describeReport(await reports.undo(of(context), input.report, whoIs(context))),
      ),
    },
  };
}
