// Puts the parts together over an open installation: the same for the server, the command line and tests.
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { Collector } from './modules/analytics/collect/collector.ts';
import { collectRoutes } from './modules/analytics/collect/routes.ts';
import { Salts } from './modules/analytics/collect/visitor.ts';
import { DemoCompany, type DemoSize } from './modules/analytics/demo/demo-company.ts';
import { deriveClient, deriveCountry } from './modules/analytics/derive/index.ts';
import {
  actsRouter,
  alarmsRouter,
  analyticsRouter,
  careRouter,
  dashboardsRouter,
  daysOf,
  explorerRouter,
  funnelsRouter,
  goalsRouter,
  logImportsRouter,
  mailingsRouter,
  pathsRouter,
  retentionRouter,
  sharingRouter,
  shopRouter,
} from './modules/analytics/index.ts';
import { Reports } from './modules/analytics/report/report.ts';
import { RollUps } from './modules/analytics/report/rollups.ts';
import { createSite } from './modules/analytics/sites/sites.ts';
import type { AnalyticsTables } from './modules/analytics/tables.ts';
import { annotationsRouter, demoNotes } from './modules/annotations/index.ts';
import {
  contactRoutes,
  contactsOfVisitors,
  contactsRouter,
  demoContacts,
  eraseVisitors,
  forgetCodes,
} from './modules/contacts/index.ts';
import { contract } from './modules/contracts.ts';
import { costMirrors, costRates, costsRouter, demoCosts, demoGoods, factorsOf } from './modules/costs/index.ts';
import { countersRouter, demoCounters, forwardRoutes } from './modules/counters/index.ts';
import { exportTables } from './modules/exports.ts';
import { recordFinders } from './modules/finders.ts';
import { importKinds } from './modules/imports.ts';
import { moduleJobs } from './modules/jobs.ts';
import { demoLinks, linksRouter, shortLinkRoutes } from './modules/links/index.ts';
import { providers } from './modules/providers.ts';
import { wordsOf } from './modules/words.ts';
import type { RequestContext } from './platform/api/context.ts';
import { createAuth } from './platform/auth/auth.ts';
import { accountRouter } from './platform/auth/router.ts';
import { SignInGuard } from './platform/auth/sign-in-guard.ts';
import type { Config } from './platform/config/config.ts';
import { openKysely } from './platform/database/postgres.ts';
import { Flusher, localDays, markDirty } from './platform/events/flusher.ts';
import { settled } from './platform/events/settle.ts';
import { Spool } from './platform/events/spool.ts';
import { EventStore } from './platform/events/store.ts';
import { tableRoutes } from './platform/exports/table-routes.ts';
import { fileRoutes, filesRouter, openFiles } from './platform/files/index.ts';
import { finderRouter } from './platform/finder/finder.ts';
import { describeApi } from './platform/http/open-api.ts';
import { headersOf, isForeign, type PlainRoutes } from './platform/http/server.ts';
import { isUuid } from './platform/ids/uuid.ts';
import { type ImportTables, importsRouter } from './platform/imports/index.ts';
import type { Installation } from './platform/installation.ts';
import { inTransaction, Jobs, type JobTables, JobWorker, jobsRouter } from './platform/jobs/index.ts';
import { mailInvitation } from './platform/mail/invitation-mail.ts';
import { openMail } from './platform/mail/open.ts';
import { mailRouter } from './platform/mail/router.ts';
import { Metrics } from './platform/metrics/metrics.ts';
import { forgetNotifications, notifier } from './platform/notifications/notifications.ts';
import { notificationsRouter } from './platform/notifications/router.ts';
import { openOutbound } from './platform/outbound/open.ts';
import type { OutboundTables } from './platform/outbound/tables.ts';
import { mirror } from './platform/outbox/mirror.ts';
import { Outbox } from './platform/outbox/outbox.ts';
import { Connections } from './platform/providers/connections.ts';
import { connectionsRouter } from './platform/providers/router.ts';
import { openKeyRing } from './platform/secrets/key-ring.ts';
import { Secrets } from './platform/secrets/secrets.ts';
import { type TransferJobParts, transfersRouter } from './platform/transfers/index.ts';
import { VERSION } from './platform/version.ts';
import { KeyActors } from './platform/workspaces/api-keys.ts';
import { workspacesRouter } from './platform/workspaces/router.ts';
import type { PeopleTables } from './platform/workspaces/tables.ts';

export type Program = Awaited<ReturnType<typeof compose>>;

export async function compose(installation: Installation, options: { rateLimit?: boolean; demo?: DemoSize } = {}) {
  const { pool, clickhouse, config, log } = installation;
  const db: Kysely<AnalyticsTables & PeopleTables & JobTables> = openKysely(pool);
  const people = db as unknown as Kysely<PeopleTables>;
  const secrets = new Secrets(openKeyRing({ data: config.data }));
  const { outbound, callLog } = openOutbound({
    db: db as unknown as Kysely<OutboundTables>,
    log,
    allowHosts: config.allowHosts,
  });
  const spool = new Spool(join(config.data, 'spool'));
  await spool.open();
  const store = new EventStore(clickhouse, pool);
  const flusher = new Flusher({ spool, store, pool, log, everyMs: config.flushMs });
  const salts = new Salts(pool);
  const collector = new Collector({ pool, spool, salts });
  const rollUps = new RollUps(pool, clickhouse, log);
  const reports = new Reports(db, clickhouse, {
    ofCosts: (of) => costRates(openKysely(pool), of),
    ofSales: (of) => factorsOf(openKysely(pool), of),
  });
  const at = { publicUrl: config.publicUrl, trackerPath: config.trackerPath };
  const demo = new DemoCompany({
    db,
    collector,
    flusher,
    rollUps,
    data: config.data,
    size: options.demo,
    more: async (of) => {
      await demoCosts({ ...imports, jobs }, of);
      await demoGoods({ ...imports, jobs }, of);
      await demoCounters({ ...imports, jobs, reports, at }, of);
      await demoNotes(openKysely(pool), of);
      await demoLinks(openKysely(pool), of);
      await demoContacts(openKysely(pool), of);
    },
  });
  const outbox = new Outbox({ pool, consumers: [mirror(clickhouse, [...costMirrors]), notifier], log });
  const jobs = new Jobs({
    pool,
    log,
    ended: async (ask, { workspace, id, ...run }) => {
      if (workspace !== null)
        await outbox.publish({ query: ask }, { workspace, topic: 'job.ended', key: id, data: { ...run } });
    },
  });
  const connections = new Connections({ db: openKysely(pool), secrets, outbound, providers });
  const { mail, passwordReset } = openMail({ pool, log, config, secrets, jobs, connections });
  const { files, uploads } = openFiles({ pool, config, secret: installation.secret });
  const logs = { db, store, rollUps, installation, files };
  const imports = { db: openKysely<ImportTables & PeopleTables & JobTables>(pool), files, kinds: importKinds };
  // beside a running server its process stores what waits
  const settle = () => (installation.joined ? settled(spool) : flusher.flush());
  const transfers: TransferJobParts = {
    db: openKysely(pool),
    pool,
    clickhouse,
    database: config.clickhouseDatabase,
    files,
    version: VERSION,
    settle,
  };
  const mailings = {
    ...{ db, reports, publicUrl: config.publicUrl, words: wordsOf },
    ...{ mail: () => mail, outbox: () => outbox },
  };
  jobs.register(
    moduleJobs({
      rates: { db: openKysely(pool), connections, jobs },
      mail: () => mail,
      logs,
      derive: { pool, clickhouse, store },
      erase: {
        ...{ db, pool, clickhouse, store, reports, settle },
        alsoErase: (workspace, site, visitors) => eraseVisitors(openKysely(pool), workspace, site, visitors),
      },
      keep: { pool, clickhouse, rollUps },
      alarms: mailings,
      mailings,
      imports,
      files,
      uploads,
      transfers,
    }),
  );
  const worker = new JobWorker(jobs);
  const auth = createAuth({
    pool,
    publicUrl: config.publicUrl,
    secret: installation.secret,
    trustedProxies: config.trustedProxies,
    passwordReset,
    rateLimit: options.rateLimit ?? true,
  });
  const signInGuard = new SignInGuard({ db: people, auth, secret: installation.secret });

  const keys = new KeyActors(auth);
  const keyIn = (headers: Headers): string | undefined =>
    headers.get('x-api-key') ?? /^Bearer (tw_\S+)$/.exec(headers.get('authorization') ?? '')?.[1];

  const contextOf = async ({ headers, path }: { headers: Headers; path: string }): Promise<RequestContext> => {
    const named = /^\/api\/v1\/workspaces\/([^/?]+)/.exec(path)?.[1];
    const pathWorkspace = named && isUuid(named) ? named : undefined;
    const key = keyIn(headers);
    if (key) return { headers, pathWorkspace, actor: await keys.of(key) };
    const session = headers.get('cookie') ? await auth.api.getSession({ headers }) : null;
    const actor = session
      ? {
          user: {
            id: session.user.id,
            name: session.user.name,
            email: session.user.email,
            twoFactor: session.user.twoFactorEnabled === true,
          },
          session: session.session.id,
          name: session.user.email,
          key: null,
        }
      : null;
    return { headers, pathWorkspace, actor };
  };

  /** Figures by day follow the zone: every day is rebuilt. Amounts are kept in their own currency. */
  const rebuildAll = async (workspace: string): Promise<void> => {
    for (const [site, days] of await daysOf(clickhouse, workspace)) {
      await markDirty(pool, { workspace, timeZone: '' }, site, localDays(days));
    }
  };

  const router = {
    ...connectionsRouter({ db: people, connections, calls: openKysely(pool) }),
    ...mailRouter({ db: people, mail, messages: openKysely(pool) }),
    ...workspacesRouter({
      db: people,
      auth,
      publicUrl: config.publicUrl,
      createSite: (workspace, host, who) => createSite(db, workspace, host, who),
      onSettingsChanged: rebuildAll,
      onKeyRevoked: () => keys.forget(),
      mailInvitation: (tx, invitation) => mailInvitation(mail, tx, invitation),
      memberJoined: (tx, { workspace, user, ...data }) =>
        inTransaction(tx as never, (ask) =>
          outbox.publish({ query: ask }, { workspace, topic: 'member.joined', key: user, data }),
        ),
    }),
    ...accountRouter({ db: people, recognise: { client: deriveClient, country: deriveCountry } }),
    ...costsRouter({ db: openKysely(pool), clickhouse, connections, jobs, files }),
    ...annotationsRouter({ db: openKysely(pool) }),
    ...jobsRouter({ db: people, jobs }),
    ...filesRouter({ db: people, files, uploads }),
    ...notificationsRouter({ db: people, notifications: openKysely(pool) }),
    ...finderRouter({
      db: people,
      finders: recordFinders({ db: openKysely(pool), topPages: (...asked) => reports.pagesNamed(...asked) }),
    }),
    ...importsRouter({ ...imports, jobs }),
    ...transfersRouter({ db: people, transfers: transfers.db, files, jobs }),
    ...actsRouter({ db, reports }),
    ...alarmsRouter({ db, reports }),
    ...dashboardsRouter({ db }),
    ...explorerRouter({ db, reports }),
    ...funnelsRouter({ db, reports }),
    ...pathsRouter({ db: people, reports }),
    ...retentionRouter({ db, reports }),
    ...mailingsRouter(mailings),
    ...sharingRouter({ db, reports, secret: installation.secret, publicUrl: config.publicUrl }),
    ...shopRouter({ db: people, reports }),
    ...logImportsRouter({ db, jobs, files }),
    ...goalsRouter({ db, reports }),
    ...careRouter({
      ...{ db, reports, jobs },
      alsoKept: async (workspace, site, visitors) => ({
        calls: await contactsOfVisitors(openKysely(pool), workspace, site, visitors),
      }),
    }),
    ...contactsRouter({ db: openKysely(pool), reports, collector }),
    ...countersRouter({ db: openKysely(pool), reports, at }),
    ...linksRouter({ db: openKysely(pool), reports, publicUrl: config.publicUrl }),
    ...analyticsRouter({ db, reports, demo, at }),
  };

  const fileParts = {
    db: people,
    files,
    uploads,
    contextOf: (request: FastifyRequest) => contextOf({ headers: headersOf(request), path: request.url }),
    isForeign: (request: FastifyRequest) => isForeign(request, config.publicUrl),
  };
  const ofRole = (role: Config['roles'][number], routes: PlainRoutes): PlainRoutes[] =>
    config.roles.includes(role) ? [routes] : [];
  const plainRoutes = [
    ...ofRole('web', (scope) => fileRoutes(scope, fileParts)),
    ...ofRole('web', (scope) => tableRoutes(scope, { ...fileParts, tables: exportTables({ pool, reports }) })),
    ...ofRole('collect', (scope) => shortLinkRoutes(scope, { pool, log })),
    ...ofRole('collect', (scope) => forwardRoutes(scope, { db: openKysely(pool), trackerPath: config.trackerPath })),
    ...ofRole('collect', (scope) =>
      contactRoutes(scope, {
        ...{ db: openKysely(pool), reports, collector, log },
        ...{ trackerPath: config.trackerPath, secret: installation.secret },
      }),
    ),
    ...ofRole('collect', (scope) =>
      collectRoutes(scope, {
        db,
        collector,
        trackerPath: config.trackerPath,
        keyOf: async (request: FastifyRequest) => {
          const key = keyIn(new Headers(request.headers as Record<string, string>));
          return key ? ((await keys.of(key))?.key ?? null) : null;
        },
      }),
    ),
  ];

  let described: Promise<object> | undefined;
  const openApi = (): Promise<object> => {
    described ??= describeApi(contract, { publicUrl: config.publicUrl, version: VERSION });
    return described;
  };

  const ready = async (): Promise<{ postgres: boolean; clickhouse: boolean }> => {
    const within = <T>(work: Promise<T>): Promise<boolean> =>
      Promise.race([
        work.then(
          () => true,
          () => false,
        ),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3000).unref()),
      ]);
    const [postgres, events] = await Promise.all([
      within(pool.query('SELECT 1')),
      within(clickhouse.query({ query: 'SELECT 1', format: 'JSONEachRow' }).then((answer) => answer.text())),
    ]);
    return { postgres, clickhouse: events };
  };

  const metrics = config.metricsToken === undefined ? null : new Metrics({ pool, spool, ready, version: VERSION });

  return {
    installation,
    metrics,
    db,
    people,
    spool,
    store,
    flusher,
    salts,
    collector,
    rollUps,
    outbox,
    reports,
    demo,
    jobs,
    worker,
    files,
    uploads,
    transfers,
    auth,
    signInGuard,
    secrets,
    outbound,
    callLog,
    forgetContactCodes: () => forgetCodes(openKysely(pool)),
    forgetNotifications: () => forgetNotifications(openKysely(pool)),
    connections,
    mail,
    router,
    openApi,
    contextOf,
    plainRoutes,
    ready,
  };
}
