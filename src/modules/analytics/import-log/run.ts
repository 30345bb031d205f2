// One import over the database: found or begun, its rows, its visits, its roll-ups, and what it says of itself in the end.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { localDays, markDirty, noteEvents } from '../../../platform/events/flusher.ts';
import type { EventStore, WorkspaceFacts } from '../../../platform/events/store.ts';
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import type { Installation } from '../../../platform/installation.ts';
import { inTransaction } from '../../../platform/jobs/index.ts';
import { rulesOf } from '../care/counting-rules.ts';
import { addLeftOut } from '../care/excluded.ts';
import type { RollUps } from '../report/rollups.ts';
import type { Db } from '../sites/sites.ts';
import { importLog } from './import-log.ts';
import type { ImportProgress, LogPosition, LogSink, Summary } from './types.ts';

export interface LogImportParts {
  db: Db;
  store: EventStore;
  rollUps: RollUps;
  installation: Installation;
}

/** The same files at the same sizes are the same import; standard input can't be recognised. */
function fingerprintOf(files: readonly string[] | 'stdin'): string {
  if (files === 'stdin') return `stdin ${uuidv7()}`;
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(`${resolve(file)}\u0000${statSync(file, { throwIfNoEntry: false })?.size ?? -1}\u0000`);
  return hash.digest('hex');
}

function sinkOf(
  parts: LogImportParts,
  facts: WorkspaceFacts,
  site: string,
  importId: string,
  resumed: boolean,
  onDays: (days: ReadonlySet<number>) => void,
): LogSink {
  const { db, store, installation } = parts;
  const { workspace } = facts;
  const ownRows = async (days: ReadonlySet<number>): Promise<number> => {
    const list = [...days].map((day) => `'${new Date(day * 86_400_000).toISOString().slice(0, 10)}'`).join(', ');
    const answer = await installation.clickhouse.query({
      query: `SELECT count() AS n FROM events WHERE workspace = '${workspace}' AND site = '${site}' AND day IN (${list}) AND import = '${importId}'`,
      format: 'JSONEachRow',
    });
    return Number((await answer.json<{ n: string }>())[0]?.n ?? 0);
  };
  return {
    insert: (batch) =>
      store.asOnlyWriter(workspace, async () => {
        const own = resumed ? await ownRows(batch.days) : 0;
        await markDirty(installation.pool, facts, site, localDays(batch.days));
        const done = await store.insert({
          workspace,
          sites: [site],
          days: batch.days,
          rows: batch.rows,
          count: batch.count,
        });
        // rows this import stored before it was cut off are not somebody else's
        const before = Math.min(own, done.duplicates);
        return { inserted: done.inserted + before, duplicates: done.duplicates - before };
      }),
    deriveVisits: (days) =>
      store.asOnlyWriter(workspace, async () => {
        onDays(days);
        const changed = await store.deriveDays(facts, site, days);
        await markDirty(installation.pool, facts, site, changed);
      }),
    checkpoint: (state, leftOut) =>
      db.transaction().execute(async (tx) => {
        await tx
          .updateTable('log_import')
          .set({ state: JSON.stringify(state) })
          .where('workspace', '=', workspace)
          .where('id', '=', importId)
          .execute();
        const counts = [...leftOut].flatMap(([rule, days]) =>
          [...days].map(([day, events]) => ({ workspace, site, rule, day, events })),
        );
        await inTransaction(tx as never, (query) => addLeftOut({ query }, counts));
      }),
    reject: async (rows) => {
      if (rows.length === 0) return;
      await db
        .insertInto('log_import_reject')
        .values(
          rows.map((row) => ({ workspace, import: importId, line: row.line, reason: row.reason, text: row.text })),
        )
        .onConflict((c) => c.columns(['import', 'line']).doNothing())
        .execute();
    },
  };
}

export type FileSummary = Summary & {
  visits: number;
  visitors: number;
  /** days in the workspace's zone; null without visits */
  firstDay: string | null;
  lastDay: string | null;
};

/** Imports files into a site. An import of the same files that was cut off goes on where it was. */
export async function runLogImport(
  parts: LogImportParts,
  of: {
    workspace: string;
    site: string;
    files: readonly string[] | 'stdin';
    /** what makes this import the same as one that was cut off; made of paths and sizes when left out */
    fingerprint?: string;
    who: string;
    onProgress?: (progress: ImportProgress) => void;
    signal?: AbortSignal;
  },
): Promise<FileSummary & { import: string }> {
  const { db, installation, rollUps } = parts;
  const settings = await db
    .selectFrom('workspace')
    .selectAll()
    .where('id', '=', of.workspace)
    .executeTakeFirstOrThrow();
  const site = await db
    .selectFrom('site')
    .selectAll()
    .where('workspace', '=', of.workspace)
    .where('id', '=', of.site)
    .executeTakeFirstOrThrow();
  const facts: WorkspaceFacts = { workspace: of.workspace, timeZone: settings.time_zone };
  const fingerprint = of.fingerprint ?? fingerprintOf(of.files);
  const cut = await db
    .selectFrom('log_import')
    .select(['id', 'state'])
    .where('workspace', '=', of.workspace)
    .where('site', '=', of.site)
    .where('fingerprint', '=', fingerprint)
    .where('finished_at', 'is', null)
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
  const id = cut?.id ?? uuidv7();
  if (!cut) {
    await db
      .insertInto('log_import')
      .values({
        workspace: of.workspace,
        id,
        site: of.site,
        fingerprint,
        state: null,
        summary: null,
        finished_at: null,
      })
      .execute();
  }
  const spillFolder = join(installation.config.data, 'imports', id);
  rmSync(spillFolder, { recursive: true, force: true });
  mkdirSync(spillFolder, { recursive: true });
  const days = new Set<number>();
  try {
    const summary = await importLog({
      files: of.files,
      site: { workspace: of.workspace, id: of.site, host: site.host, otherHosts: site.other_hosts },
      importId: id,
      importKey: settings.import_key,
      rules: await rulesOf(installation.pool, of.workspace, of.site),
      sink: sinkOf(parts, facts, of.site, id, cut !== undefined, (step) => {
        for (const day of step) days.add(day);
      }),
      spillFolder,
      resume: (cut?.state as LogPosition | null | undefined) ?? undefined,
      ...(of.onProgress ? { onProgress: of.onProgress } : {}),
      ...(of.signal ? { signal: of.signal } : {}),
    });
    if (days.size > 0) await noteEvents(installation.pool, of.workspace, of.site, days);
    await rollUps.rebuild({ workspace: of.workspace });
    const counted = { ...summary, ...(await visitsOf(parts, facts, of.site, days)) };
    await db
      .updateTable('log_import')
      .set({ summary: JSON.stringify(counted), finished_at: new Date() })
      .where('workspace', '=', of.workspace)
      .where('id', '=', id)
      .execute();
    await writeAudit(db, {
      workspace: of.workspace,
      who: of.who,
      action: 'log.import',
      target: site.host,
      details: {
        lines: summary.lines,
        accepted: summary.accepted,
        rejected: summary.rejected,
        duplicates: summary.duplicates,
      },
    });
    return { ...counted, import: id };
  } finally {
    rmSync(spillFolder, { recursive: true, force: true });
  }
}

/** Visits and visitors of people that imports have brought on these UTC days, and the local days they are on. */
async function visitsOf(
  { installation }: LogImportParts,
  { workspace, timeZone }: WorkspaceFacts,
  site: string,
  days: ReadonlySet<number>,
) {
  if (days.size === 0) return { visits: 0, visitors: 0, firstDay: null, lastDay: null };
  const list = [...days].map((day) => `'${new Date(day * 86_400_000).toISOString().slice(0, 10)}'`).join(', ');
  const answer = await installation.clickhouse.query({
    query: `SELECT count() AS visits, uniqExact(visitor) AS visitors,
        toString(toDate(min(start), {zone:String})) AS firstDay, toString(toDate(max(start), {zone:String})) AS lastDay
      FROM visits FINAL
      WHERE workspace = '${workspace}' AND site = '${site}' AND day IN (${list}) AND bot = 0 AND visitor_kind = 'imported'`,
    query_params: { zone: timeZone },
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ visits: string; visitors: string; firstDay: string; lastDay: string }>();
  const visits = Number(row?.visits ?? 0);
  return {
    visits,
    visitors: Number(row?.visitors ?? 0),
    firstDay: visits > 0 ? row!.firstDay : null,
    lastDay: visits > 0 ? row!.lastDay : null,
  };
}
