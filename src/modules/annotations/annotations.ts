// What happened on a day: a launch, a price change, an outage. Charts show it, so that a bend in a line has its reason beside it.
import { ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import { writeAudit } from '../../platform/audit/audit.ts';
import { uuidv7 } from '../../platform/ids/uuid.ts';
import type { PeopleTables } from '../../platform/workspaces/tables.ts';
import type { AnalyticsTables } from '../analytics/index.ts';
import type { AnnotationTables } from './tables.ts';

export type Db = Kysely<AnnotationTables & AnalyticsTables & PeopleTables>;

export interface Note {
  /** null: all sites */
  site: string | null;
  /** YYYY-MM-DD in the workspace's zone */
  day: string;
  text: string;
}

const MOST = 1000;
const COLUMNS = ['id', 'site', 'day', 'text', 'created_by as createdBy'] as const;

export const listAnnotations = (
  db: Db,
  workspace: string,
  of: { from?: string | undefined; to?: string | undefined; site?: string | undefined },
) =>
  db
    .selectFrom('annotation')
    .select(COLUMNS)
    .where('workspace', '=', workspace)
    .$if(of.from !== undefined, (q) => q.where('day', '>=', of.from!))
    .$if(of.to !== undefined, (q) => q.where('day', '<', of.to!))
    .$if(of.site !== undefined, (q) => q.where((eb) => eb.or([eb('site', 'is', null), eb('site', '=', of.site!)])))
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();

export async function addAnnotation(db: Db, workspace: string, note: Note, who: string) {
  if (note.site !== null) {
    const site = await db
      .selectFrom('site')
      .select('id')
      .where('workspace', '=', workspace)
      .where('id', '=', note.site)
      .executeTakeFirst();
    if (!site) throw new ORPCError('BAD_REQUEST', { message: 'There is no such site in this company.' });
  }
  return db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('annotation')
      .values({ workspace, id: uuidv7(), ...note, import: null, created_by: who })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'annotation.create',
      target: note.day,
      details: { text: note.text },
    });
    return made;
  });
}

export async function changeAnnotation(
  db: Db,
  workspace: string,
  id: string,
  change: { day?: string | undefined; text?: string | undefined },
  who: string,
) {
  return db.transaction().execute(async (tx) => {
    const before = await rowOrThrow(tx, workspace, id);
    const next = { day: change.day ?? before.day, text: change.text ?? before.text };
    const made = await tx
      .updateTable('annotation')
      .set(next)
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    const details = { before: { day: before.day, text: before.text }, after: next };
    await writeAudit(tx, { workspace, who, action: 'annotation.update', target: before.day, details });
    return made;
  });
}

export async function removeAnnotation(
  db: Db,
  workspace: string,
  id: string,
  who: string,
): Promise<{ removed: boolean }> {
  return db.transaction().execute(async (tx) => {
    const before = await rowOrThrow(tx, workspace, id);
    await tx.deleteFrom('annotation').where('workspace', '=', workspace).where('id', '=', id).execute();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'annotation.remove',
      target: before.day,
      details: { text: before.text },
    });
    return { removed: true };
  });
}

async function rowOrThrow(db: Db, workspace: string, id: string) {
  const row = await db
    .selectFrom('annotation')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such note in this company.' });
  return row;
}
