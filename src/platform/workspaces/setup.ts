// The first minutes of an installation: its owner and company; a company that an import made before anyone signed up is theirs.
import { ORPCError } from '@orpc/server';
import { type Kysely, sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import { createUser } from './people.ts';
import type { PeopleTables } from './tables.ts';
import { addMember, createWorkspace, updateWorkspace, type WorkspaceSettings } from './workspaces.ts';

type Db = Kysely<PeopleTables>;

const waiting = (db: Db) =>
  db
    .selectFrom('workspace')
    .select(['id', 'name'])
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('member').select('id').whereRef('member.organizationId', '=', 'workspace.id'))),
    )
    .orderBy('created_at');

const hasUsers = async (db: Db): Promise<boolean> =>
  Boolean(await db.selectFrom('user').select('id').limit(1).executeTakeFirst());

export async function setupStatus(db: Db) {
  if (await hasUsers(db)) return { empty: false, waitingWorkspace: null };
  const found = await waiting(db).executeTakeFirst();
  return { empty: true, waitingWorkspace: found ? { name: found.name, site: found.name } : null };
}

/** Throws CONFLICT once somebody has an account. Two people racing: one wins. */
export async function setUp(
  db: Db,
  input: {
    owner: { name: string; email: string; password: string };
    workspace: WorkspaceSettings;
    site: string;
  },
  createSite: (workspace: string, host: string, who: string) => Promise<string>,
) {
  const workspace = await db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext('tradewind setup'))`.execute(tx);
    if (await hasUsers(tx))
      throw new ORPCError('CONFLICT', { message: 'This installation has an owner already: sign in.' });
    const owner = await createUser(tx, input.owner);
    const left = await waiting(tx).execute();
    const first = left[0];
    for (const other of left) await addMember(tx, other.id, owner, 'owner');
    if (!first) return createWorkspace(tx, input.workspace, { owner, who: input.owner.email });
    await writeAudit(tx, {
      workspace: first.id,
      who: input.owner.email,
      action: 'workspace.take-over',
      target: first.name,
    });
    return first.id;
  });
  // a transaction of its own: it takes the row lock
  await updateWorkspace(db, workspace, input.workspace, input.owner.email);
  return { workspace, site: await createSite(workspace, input.site, input.owner.email) };
}
