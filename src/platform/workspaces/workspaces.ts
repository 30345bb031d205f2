// Companies: made by set-up or by someone signed in, changed by those who may.
import { randomBytes } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import type { Kysely, Transaction } from 'kysely';
import { ROLE_PERMISSIONS, type Role } from '../api/contract-base.ts';
import { writeAudit } from '../audit/audit.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { PeopleTables } from './tables.ts';

/** Sends an invitation by mail, in the transaction that makes it. False when there is no server to send it by. */
export type MailInvitation = (
  tx: Transaction<unknown>,
  invitation: {
    workspace: string;
    company: string;
    language: 'en' | 'ru';
    id: string;
    email: string;
    role: Role;
    link: string;
    inviter: string;
    who: string;
  },
) => Promise<boolean>;

export interface WorkspaceSettings {
  name: string;
  currency: string;
  timeZone: string;
  language: 'en' | 'ru';
  legalProfile: 'eu' | 'russia' | 'other';
}

/** Makes a workspace; `owner` null leaves it waiting for whoever signs up first. */
export async function createWorkspace(
  db: Kysely<PeopleTables>,
  settings: WorkspaceSettings,
  options: { owner: string | null; who: string; demo?: boolean },
): Promise<string> {
  const id = uuidv7();
  await db
    .insertInto('organization')
    .values({ id, name: settings.name, slug: id, createdAt: new Date(), metadata: null })
    .execute();
  await db
    .insertInto('workspace')
    .values({
      id,
      name: settings.name,
      currency: settings.currency,
      time_zone: settings.timeZone,
      language: settings.language,
      legal_profile: settings.legalProfile,
      demo: options.demo ?? false,
      import_key: randomBytes(32),
    })
    .execute();
  if (options.owner) await addMember(db, id, options.owner, 'owner');
  await writeAudit(db, { workspace: id, who: options.who, action: 'workspace.create', target: settings.name });
  return id;
}

export async function addMember(db: Kysely<PeopleTables>, workspace: string, user: string, role: Role): Promise<void> {
  await db
    .insertInto('member')
    .values({ id: uuidv7(), organizationId: workspace, userId: user, role, createdAt: new Date() })
    .onConflict((c) => c.columns(['organizationId', 'userId']).doNothing())
    .execute();
}

type Row = {
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  language: 'en' | 'ru';
  legal_profile: 'eu' | 'russia' | 'other';
  demo: boolean;
  created_at: Date;
  require_two_factor: boolean;
};

export const describeWorkspace = (row: Row, role: Role) => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  timeZone: row.time_zone,
  language: row.language,
  legalProfile: row.legal_profile,
  demo: row.demo,
  createdAt: row.created_at.toISOString(),
  requireTwoFactor: row.require_two_factor,
  role,
  permissions: [...ROLE_PERMISSIONS[role]],
});

export async function workspacesOf(db: Kysely<PeopleTables>, user: string) {
  const rows = await db
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.organizationId')
    .selectAll('workspace')
    .select('member.role')
    .where('member.userId', '=', user)
    .orderBy('workspace.demo')
    .orderBy('workspace.created_at')
    .execute();
  return rows.map((row) => describeWorkspace(row, row.role));
}

export async function getWorkspace(db: Kysely<PeopleTables>, workspace: string, role: Role) {
  const row = await db.selectFrom('workspace').selectAll().where('id', '=', workspace).executeTakeFirst();
  if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such workspace.' });
  return describeWorkspace(row, role);
}

/** Returns whether the time zone changed, as figures by day then need rebuilding. */
export async function updateWorkspace(
  db: Kysely<PeopleTables>,
  workspace: string,
  change: Partial<WorkspaceSettings>,
  who: string,
): Promise<{ timeZoneChanged: boolean }> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('workspace')
      .selectAll()
      .where('id', '=', workspace)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const next = {
      name: change.name ?? before.name,
      currency: change.currency ?? before.currency,
      time_zone: change.timeZone ?? before.time_zone,
      language: change.language ?? before.language,
      legal_profile: change.legalProfile ?? before.legal_profile,
    };
    await tx.updateTable('workspace').set(next).where('id', '=', workspace).execute();
    await tx.updateTable('organization').set({ name: next.name }).where('id', '=', workspace).execute();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'workspace.update',
      target: next.name,
      details: differences(before, next),
    });
    return { timeZoneChanged: next.time_zone !== before.time_zone || next.currency !== before.currency };
  });
}

function differences<T extends object>(row: T, next: Partial<T>): { before: Partial<T>; after: Partial<T> } {
  const names = (Object.keys(next) as (keyof T)[]).filter((name) => row[name] !== next[name]);
  const pick = (of: Partial<T>) => Object.fromEntries(names.map((name) => [name, of[name]])) as Partial<T>;
  return { before: pick(row), after: pick(next) };
}

/** Only an owner, who has a second factor, asks others for theirs: so nobody locks themselves out with it. */
export async function setSecurity(
  db: Kysely<PeopleTables>,
  at: { workspace: string; role: Role; actor: { user: { twoFactor: boolean } | null }; who: string },
  requireTwoFactor: boolean,
): Promise<void> {
  if (at.role !== 'owner') throw new ORPCError('FORBIDDEN', { message: 'Only an owner decides how people sign in.' });
  if (requireTwoFactor && !at.actor.user?.twoFactor)
    throw new ORPCError('CONFLICT', { message: 'Set up a second factor for yourself first, under "Your account".' });
  await db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('workspace')
      .select(['name', 'require_two_factor'])
      .where('id', '=', at.workspace)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (before.require_two_factor === requireTwoFactor) return;
    await tx
      .updateTable('workspace')
      .set({ require_two_factor: requireTwoFactor })
      .where('id', '=', at.workspace)
      .execute();
    await writeAudit(tx, {
      workspace: at.workspace,
      who: at.who,
      action: 'workspace.security',
      target: before.name,
      details: { before: { requireTwoFactor: before.require_two_factor }, after: { requireTwoFactor } },
    });
  });
}
