// Sites of a company: what is measured, and the line that measures it.
import { randomBytes } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import type { PeopleTables } from '../../../platform/workspaces/tables.ts';
import type { AnalyticsTables } from '../tables.ts';

export type Db = Kysely<AnalyticsTables & PeopleTables>;

export interface SiteRow {
  workspace: string;
  id: string;
  key: string;
  host: string;
  other_hosts: string[];
  last_event_at: Date | null;
  created_at: Date;
}

export interface TrackerAddress {
  publicUrl: string;
  trackerPath: string;
}

const describe = (row: SiteRow, at: TrackerAddress) => ({
  id: row.id,
  key: row.key,
  host: row.host,
  otherHosts: row.other_hosts,
  snippet: `<script defer src="${at.publicUrl}${at.trackerPath}" data-site="${row.key}"></script>`,
  lastEventAt: row.last_event_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
});

const rows = (db: Db, workspace: string) => db.selectFrom('site').selectAll().where('workspace', '=', workspace);

export async function listSites(db: Db, workspace: string, at: TrackerAddress) {
  return (await rows(db, workspace).orderBy('created_at').execute()).map((row) => describe(row, at));
}

/** Adds a site, or finds the one with this host. Returns its id. */
export async function createSite(db: Db, workspace: string, host: string, who: string): Promise<string> {
  const made = await db
    .insertInto('site')
    .values({
      workspace,
      id: uuidv7(),
      key: randomBytes(9).toString('base64url'),
      host,
      other_hosts: JSON.stringify([]),
      last_event_at: null,
    })
    .onConflict((c) => c.columns(['workspace', 'host']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return (await rows(db, workspace).where('host', '=', host).executeTakeFirstOrThrow()).id;
  await writeAudit(db, { workspace, who, action: 'site.create', target: host });
  return made.id;
}

export async function addSite(db: Db, workspace: string, host: string, who: string, at: TrackerAddress) {
  const taken = await rows(db, workspace).where('host', '=', host).executeTakeFirst();
  if (taken) throw new ORPCError('CONFLICT', { message: `${host} is there already.` });
  return getSite(db, workspace, await createSite(db, workspace, host, who), at);
}

export async function siteOrThrow(db: Db, workspace: string, id: string): Promise<SiteRow> {
  const row = await rows(db, workspace).where('id', '=', id).executeTakeFirst();
  if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such site in this company.' });
  return row;
}

export const getSite = async (db: Db, workspace: string, id: string, at: TrackerAddress) =>
  describe(await siteOrThrow(db, workspace, id), at);

export async function updateSite(
  db: Db,
  workspace: string,
  id: string,
  change: { host?: string | undefined; otherHosts?: string[] | undefined },
  who: string,
  at: TrackerAddress,
) {
  const before = await siteOrThrow(db, workspace, id);
  const host = change.host ?? before.host;
  if (host !== before.host && (await rows(db, workspace).where('host', '=', host).executeTakeFirst())) {
    throw new ORPCError('CONFLICT', { message: `${host} is there already.` });
  }
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('site')
      .set({ host, other_hosts: JSON.stringify(change.otherHosts ?? before.other_hosts) })
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .execute();
    await writeAudit(tx, { workspace, who, action: 'site.update', target: before.host, details: { ...change } });
  });
  return getSite(db, workspace, id, at);
}
