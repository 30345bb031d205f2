// The door of analytics: what composes it into the server, and what others may call.
import { implement, ORPCError } from '@orpc/server';
import type { RequestContext } from '../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../platform/api/gate.ts';
import { currentTexts, publishTexts } from './consent/consent.ts';
import { analyticsContract } from './contract.ts';
import type { DemoCompany } from './demo/demo-company.ts';
import { vocabulary } from './report/facts.ts';
import type { Reports } from './report/report.ts';
import { differencesOf } from './segments/differences.ts';
import { describeSegment, keptSegments } from './segments/segments.ts';
import { addSite, type Db, listSites, type TrackerAddress, updateSite } from './sites/sites.ts';

export { actsRouter } from './acts/router.ts';
export { type AlarmParts, checkAlarms } from './alarms/alarms.ts';
export { alarmsRouter } from './alarms/router.ts';
export { type EraseParts, erasePerson } from './care/person/erase.ts';
export { type RecountParts, recount } from './care/recount.ts';
export { type KeepLimitParts, keepLimit } from './care/retention.ts';
export { careRouter } from './care/router.ts';
export type { Collector } from './collect/collector.ts';
export { SHOP_EVENTS } from './collect/ecommerce.ts';
export { reportQuery } from './contract.ts';
export { dashboardsRouter } from './dashboards/router.ts';
export { DEMO_SIZE, type DemoSize } from './demo/demo-company.ts';
export { CHANNELS, channelOf, deriveClient, deriveCountry, deriveSource } from './derive/index.ts';
export { type DeriveAgainParts, daysOf, deriveAgain, deriveOldAgain } from './derive-again.ts';
export { explorerRouter } from './explorer/router.ts';
export { funnelFinder, goalFinder, pageFinder, reportFinder, segmentFinder, siteFinder } from './finders.ts';
export { funnelsRouter } from './funnels/router.ts';
export type { Goal } from './goals/contract.ts';
export { describeGoal, keptGoals } from './goals/goals.ts';
export { goalsRouter } from './goals/router.ts';
export { type ImportLogParts, importLogJob } from './import-log/job.ts';
export { logImportsRouter } from './import-log/router.ts';
export { type MailingParts, mailReports } from './mailings/mailings.ts';
export { mailingsRouter } from './mailings/router.ts';
export { pathsRouter } from './paths/router.ts';
export { reportTable } from './report/export.ts';
export { propertiesOf } from './report/filter.ts';
export type { PlainFilter } from './report/filter-contract.ts';
export { chooseSites, type Opened, type Question } from './report/open-scope.ts';
export { eventsOf, localDate, quote, salesOf, visitsOf } from './report/own-rows.ts';
export type { Reports } from './report/report.ts';
export { retentionRouter } from './retention/router.ts';
export { sharingRouter } from './sharing/router.ts';
export { shopRouter } from './shop/router.ts';
export { siteOrThrow } from './sites/sites.ts';
export type { AnalyticsTables } from './tables.ts';

export interface AnalyticsDeps extends ApiDeps {
  db: Db;
  reports: Reports;
  demo: DemoCompany;
  at: TrackerAddress;
}

export function analyticsRouter(deps: AnalyticsDeps) {
  const { db, at, reports, demo } = deps;
  const os = implement(analyticsContract).$context<RequestContext>().use(gate(deps));
  const segments = keptSegments(db);
  const workspaceOf = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    sites: {
      list: os.sites.list.handler(({ context }) => listSites(db, workspaceOf(context), at)),
      create: os.sites.create.handler(({ input, context }) =>
        addSite(db, workspaceOf(context), input.host, whoIs(context), at),
      ),
      update: os.sites.update.handler(({ input, context }) =>
        updateSite(db, workspaceOf(context), input.site, input, whoIs(context), at),
      ),
    },
    consent: {
      get: os.consent.get.handler(({ input, context }) => currentTexts(db, workspaceOf(context), input.site)),
      set: os.consent.set.handler(({ input, context }) =>
        publishTexts(db, workspaceOf(context), input.site, input.texts, whoIs(context)),
      ),
    },
    reports: {
      run: os.reports.run.handler(({ input, context }) => reports.run(workspaceOf(context), input)),
      live: os.reports.live.handler(({ input, context }) => reports.live(workspaceOf(context), input.site)),
      vocabulary: os.reports.vocabulary.handler(() => vocabulary()),
    },
    segments: {
      list: os.segments.list.handler(async ({ input, context }) =>
        (await segments.list(workspaceOf(context), input.state)).map(describeSegment),
      ),
      create: os.segments.create.handler(async ({ input: { name, site, definition }, context }) =>
        describeSegment(await segments.create(workspaceOf(context), { name, site, definition }, whoIs(context))),
      ),
      update: os.segments.update.handler(async ({ input: { segment, workspace: _, ...change }, context }) =>
        describeSegment(await segments.update(workspaceOf(context), segment, change, whoIs(context))),
      ),
      archive: os.segments.archive.handler(async ({ input, context }) =>
        describeSegment(await segments.archive(workspaceOf(context), input.segment, whoIs(context))),
      ),
      undo: os.segments.undo.handler(async ({ input, context }) =>
        describeSegment(await segments.undo(workspaceOf(context), input.segment, whoIs(context))),
      ),
      count: os.segments.count.handler(({ input, context, signal }) =>
        reports.count(workspaceOf(context), input, signal),
      ),
      differences: os.segments.differences.handler(({ input: { workspace: _, ...input }, context }) =>
        differencesOf(reports, workspaceOf(context), input),
      ),
    },
    demo: {
      start: os.demo.start.handler(({ context }) => {
        const user = context.actor?.user;
        if (!user) throw new ORPCError('FORBIDDEN', { message: 'A person must look around.' });
        return demo.start(user);
      }),
      status: os.demo.status.handler(() => demo.status()),
    },
  };
}
