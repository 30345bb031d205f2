// Contract → rules of data care, nothing more.
import { implement } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { describeRun, type Jobs, type JobTables } from '../../../platform/jobs/index.ts';
import type { Reports } from '../report/report.ts';
import { type Db, siteOrThrow } from '../sites/sites.ts';
import { careContract } from './contract.ts';
import { describeRule, keptRules, leftOutByDay, listRules } from './counting-rules.ts';
import { erasePerson } from './person/erase.ts';
import { type AlsoKept, exportPerson, findPeople } from './person/person.ts';
import { recountState, startRecount } from './recount-state.ts';
import { retentionOf, setRetention, wouldDelete } from './retention.ts';
import { robotsOf, suspectsOf } from './robots.ts';

export function careRouter(deps: ApiDeps & { db: Db; reports: Reports; jobs: Jobs; alsoKept: AlsoKept }) {
  const os = implement(careContract).$context<RequestContext>().use(gate(deps));
  const { db } = deps;
  const rules = keptRules(db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  const describe = async (workspace: string, run: string) => {
    const rows = db as unknown as Kysely<JobTables>;
    const row = await rows
      .selectFrom('job_run')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', run)
      .executeTakeFirstOrThrow();
    return describeRun(deps.jobs, row);
  };
  return {
    persons: {
      find: os.persons.find.handler(({ input, context }) => findPeople(db, deps.reports, of(context), input.id)),
      export: os.persons.export.handler(async ({ input: { site, visitor }, context }) => {
        const { host } = await siteOrThrow(db, of(context), site);
        await writeAudit(db, { workspace: of(context), who: whoIs(context), action: 'person.export', target: host });
        return exportPerson(deps, of(context), site, visitor);
      }),
      erase: os.persons.erase.handler(async ({ input: { site, visitor }, context }) => {
        const [workspace, who] = [of(context), whoIs(context)];
        const { host } = await siteOrThrow(db, workspace, site);
        const run = await db.transaction().execute(async (tx) => {
          const made = await deps.jobs.enqueue(tx, workspace, erasePerson, { site, visitor }, { who });
          // who was erased is not what an erasure leaves behind
          await writeAudit(tx, { workspace, who, action: 'person.erase', target: host });
          return made.run;
        });
        return describe(workspace, run);
      }),
    },
    keeping: {
      get: os.keeping.get.handler(({ context }) => retentionOf(db, of(context))),
      set: os.keeping.set.handler(({ input, context }) => setRetention(db, of(context), input.months, whoIs(context))),
      preview: os.keeping.preview.handler(({ input, context }) => wouldDelete(deps.reports, of(context), input.months)),
    },
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
