// Saved segments: kept, changed with the version before in the audit trail, put away, taken back.
import { ORPCError } from '@orpc/server';
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import type { PeopleTables } from '../../../platform/workspaces/tables.ts';
import type { Filter } from '../contract.ts';
import type { Db } from '../sites/sites.ts';
import type { AnalyticsTables } from '../tables.ts';
import type { Segment, SegmentDefinition } from './contract.ts';
import { countSql, scopeOfNow } from './count.ts';
import { segmentsIn, storedSegments } from './resolve.ts';

type Tx = Transaction<AnalyticsTables & PeopleTables>;
interface Row {
  id: string;
  site: string | null;
  name: string;
  definition: SegmentDefinition;
  version: number;
  created_by: string;
  created_at: Date;
  updated_by: string;
  updated_at: Date;
  archived_at: Date | null;
}
/** What a change can change, as the audit trail keeps the version before. */
interface Kept {
  name: string;
  site: string | null;
  definition: SegmentDefinition;
  archived: boolean;
}

const describe = (row: Row): Segment => ({
  id: row.id,
  name: row.name,
  site: row.site,
  definition: row.definition,
  version: row.version,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
  archived: row.archived_at !== null,
});
const kept = (row: Row): Kept => ({
  name: row.name,
  site: row.site,
  definition: row.definition,
  archived: row.archived_at !== null,
});

export async function listSegments(db: Db, workspace: string, state: 'active' | 'archived'): Promise<Segment[]> {
  const rows = await db
    .selectFrom('segment')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('archived_at', state === 'active' ? 'is' : 'is not', null)
    .orderBy(sql`lower(name)`)
    .execute();
  return rows.map(describe);
}

export async function createSegment(
  db: Db,
  workspace: string,
  given: Omit<Kept, 'archived'>,
  who: string,
): Promise<Segment> {
  const id = uuidv7();
  await check(db, workspace, id, given);
  return db.transaction().execute(async (tx) => {
    await checkName(tx, workspace, id, given.name);
    const row = await tx
      .insertInto('segment')
      .values({
        workspace,
        id,
        ...given,
        definition: JSON.stringify(given.definition),
        created_by: who,
        updated_by: who,
        archived_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'segment.create',
      target: given.name,
      details: { segment: id, before: null },
    });
    return describe(row);
  });
}

export async function updateSegment(
  db: Db,
  workspace: string,
  id: string,
  change: { [Key in keyof Omit<Kept, 'archived'>]?: Kept[Key] | undefined } & { version: number },
  who: string,
): Promise<Segment> {
  return changed(db, workspace, id, 'segment.update', who, (row) => {
    if (row.version !== change.version) {
      throw new ORPCError('CONFLICT', {
        message: `${row.updated_by} has changed "${row.name}" meanwhile. Load it again, then change it.`,
      });
    }
    return {
      ...kept(row),
      name: change.name ?? row.name,
      site: change.site === undefined ? row.site : change.site,
      definition: change.definition ?? row.definition,
    };
  });
}

export async function archiveSegment(db: Db, workspace: string, id: string, who: string): Promise<Segment> {
  const stored = [...(await storedSegments(db, workspace)).values()];
  const users = stored.filter((one) => {
    const { where } = one.definition as { where?: Filter };
    return !one.archived && one.id !== id && where !== undefined && segmentsIn(where).includes(id);
  });
  if (users.length > 0) {
    throw new ORPCError('CONFLICT', {
      message: `Other segments are made of it: ${users.map((one) => `"${one.name}"`).join(', ')}. Change those first.`,
    });
  }
  return changed(db, workspace, id, 'segment.archive', who, (row) => ({ ...kept(row), archived: true }));
}

/** Puts back what the last change replaced; undoing twice brings the change back. A new segment is put away. */
export async function undoSegment(db: Db, workspace: string, id: string, who: string): Promise<Segment> {
  const last = await db
    .selectFrom('audit')
    .select('details')
    .where('workspace', '=', workspace)
    .where('action', 'like', 'segment.%')
    .where(sql`details ->> 'segment'`, '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return changed(db, workspace, id, 'segment.undo', who, (row) => {
    const before = last?.details.before as Kept | null | undefined;
    return before ?? { ...kept(row), archived: row.archived_at === null };
  });
}

async function changed(
  db: Db,
  workspace: string,
  id: string,
  action: string,
  who: string,
  next: (row: Row) => Kept,
): Promise<Segment> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('segment')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such segment in this company.' });
    const after = next(row);
    if (!after.archived) {
      await check(tx, workspace, id, after);
      await checkName(tx, workspace, id, after.name);
    }
    const stored = await tx
      .updateTable('segment')
      .set({
        name: after.name,
        site: after.site,
        definition: JSON.stringify(after.definition),
        archived_at: after.archived ? (row.archived_at ?? new Date()) : null,
        version: row.version + 1,
        updated_by: who,
        updated_at: new Date(),
      })
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const details = { segment: id, version: stored.version, before: kept(row) };
    await writeAudit(tx, { workspace, who, action, target: after.name, details });
    return describe(stored);
  });
}

/** Compiles it as a count would, without running: unknown properties, archived segments and circles are told. */
async function check(db: Db | Tx, workspace: string, id: string, given: Omit<Kept, 'archived'>): Promise<void> {
  const { scope } = await scopeOfNow(db, workspace, given.site);
  const segments = await storedSegments(db, workspace);
  segments.set(id, { id, ...given, archived: false });
  const itself: SegmentDefinition = { ...given.definition, where: { segment: id } };
  countSql(scope, { definition: itself, site: null }, segments);
}

async function checkName(tx: Tx, workspace: string, id: string, name: string): Promise<void> {
  const taken = await tx
    .selectFrom('segment')
    .select('id')
    .where('workspace', '=', workspace)
    .where('archived_at', 'is', null)
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where('id', '!=', id)
    .executeTakeFirst();
  if (taken) throw new ORPCError('CONFLICT', { message: `There is a segment "${name}" already. Choose another name.` });
}
