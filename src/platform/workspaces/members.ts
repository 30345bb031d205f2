// People of a company and the invitations that bring them in. A company never loses its last owner.
import { ORPCError } from '@orpc/server';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Role } from '../api/contract-base.ts';
import { writeAudit } from '../audit/audit.ts';
import { verifyPassword } from '../auth/auth.ts';
import { uuidv7 } from '../ids/uuid.ts';
import { createUser, normalizeEmail } from './people.ts';
import type { PeopleTables } from './tables.ts';
import { addMember, type MailInvitation } from './workspaces.ts';

type Db = Kysely<PeopleTables>;
const INVITATION_MS = 7 * 86_400_000;

const people = (db: Db, workspace: string) =>
  db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['user.id as user', 'user.name', 'user.email', 'user.twoFactorEnabled', 'member.role', 'member.createdAt'])
    .where('member.organizationId', '=', workspace);

interface MemberRow {
  user: string;
  name: string;
  email: string;
  twoFactorEnabled: boolean | null;
  role: Role;
  createdAt: Date;
}

const describe = (row: MemberRow) => ({
  user: row.user,
  twoFactor: row.twoFactorEnabled === true,
  name: row.name,
  email: row.email,
  role: row.role,
  joinedAt: row.createdAt.toISOString(),
});

export async function listMembers(db: Db, workspace: string) {
  return (await people(db, workspace).orderBy('member.createdAt').execute()).map(describe);
}

async function mustKeepAnOwner(tx: Transaction<PeopleTables>, workspace: string, leaving: string): Promise<void> {
  const owners = await tx
    .selectFrom('member')
    .select('userId')
    .where('organizationId', '=', workspace)
    .where('role', '=', 'owner')
    .forUpdate()
    .execute();
  if (owners.length === 1 && owners[0]!.userId === leaving) {
    throw new ORPCError('CONFLICT', { message: 'This is the only owner. Make someone else an owner first.' });
  }
}

/** Only an owner makes or unmakes owners. */
function mustBeOwnerFor(actorRole: Role, ...roles: Role[]): void {
  if (roles.includes('owner') && actorRole !== 'owner') {
    throw new ORPCError('FORBIDDEN', { message: 'Only an owner can change who owns the company.' });
  }
}

async function memberOrThrow(db: Db, workspace: string, user: string) {
  const member = await people(db, workspace).where('user.id', '=', user).executeTakeFirst();
  if (!member) throw new ORPCError('NOT_FOUND', { message: 'This person is not in the company.' });
  return member;
}

export async function setRole(db: Db, at: { workspace: string; role: Role; who: string }, user: string, role: Role) {
  const member = await memberOrThrow(db, at.workspace, user);
  mustBeOwnerFor(at.role, role, member.role);
  await db.transaction().execute(async (tx) => {
    if (role !== 'owner') await mustKeepAnOwner(tx, at.workspace, user);
    await tx
      .updateTable('member')
      .set({ role })
      .where('organizationId', '=', at.workspace)
      .where('userId', '=', user)
      .execute();
    await writeAudit(tx, {
      workspace: at.workspace,
      who: at.who,
      action: 'member.role',
      target: member.email,
      details: { from: member.role, to: role },
    });
  });
  return describe({ ...member, role });
}

export async function removeMember(db: Db, at: { workspace: string; role: Role; who: string }, user: string) {
  const member = await memberOrThrow(db, at.workspace, user);
  mustBeOwnerFor(at.role, member.role);
  await db.transaction().execute(async (tx) => {
    await mustKeepAnOwner(tx, at.workspace, user);
    await tx.deleteFrom('member').where('organizationId', '=', at.workspace).where('userId', '=', user).execute();
    await writeAudit(tx, { workspace: at.workspace, who: at.who, action: 'member.remove', target: member.email });
  });
  return { removed: true };
}

/** A phone is lost, someone leaves in anger: they are out at once wherever they are signed in, and may sign in again. */
export async function endSessions(db: Db, at: { workspace: string; role: Role; who: string }, user: string) {
  const member = await memberOrThrow(db, at.workspace, user);
  mustBeOwnerFor(at.role, member.role);
  return db.transaction().execute(async (tx) => {
    const gone = await tx.deleteFrom('session').where('userId', '=', user).returning('id').execute();
    const entry = { who: at.who, action: 'member.sign-out', target: member.email, details: { sessions: gone.length } };
    for (const workspace of [at.workspace, null]) await writeAudit(tx, { workspace, ...entry });
    return { ended: gone.length };
  });
}

const open = (db: Db) =>
  db.selectFrom('invitation').where('status', '=', 'pending').where('expiresAt', '>', new Date());

export async function listInvitations(db: Db, workspace: string, publicUrl: string) {
  const rows = await open(db)
    .innerJoin('user', 'user.id', 'invitation.inviterId')
    .leftJoin('mail_message', (join) => join.on('mail_message.about', '=', sql<string>`'invitation/' || invitation.id`))
    .select([
      'invitation.id',
      'invitation.email',
      'invitation.role',
      'invitation.expiresAt',
      'user.name as invitedBy',
      'mail_message.state',
      'mail_message.answer',
    ])
    .where('organizationId', '=', workspace)
    .orderBy('invitation.createdAt')
    .execute();
  return rows.map(({ state, answer, ...row }) => ({
    ...row,
    link: `${publicUrl}/invite/${row.id}`,
    expiresAt: row.expiresAt.toISOString(),
    mail: state === null ? null : { state, answer },
  }));
}

export async function invite(
  db: Db,
  at: { workspace: string; who: string; user: { id: string; name: string } },
  person: { email: string; role: Exclude<Role, 'owner'> },
  publicUrl: string,
  mailInvitation: MailInvitation,
) {
  const email = normalizeEmail(person.email);
  const already = await people(db, at.workspace).where('user.email', '=', email).executeTakeFirst();
  if (already) throw new ORPCError('CONFLICT', { message: `${email} is in the company already, as ${already.role}.` });
  const id = uuidv7();
  const expiresAt = new Date(Date.now() + INVITATION_MS);
  const link = `${publicUrl}/invite/${id}`;
  const company = await db
    .selectFrom('workspace')
    .select(['name', 'language'])
    .where('id', '=', at.workspace)
    .executeTakeFirstOrThrow();
  const mailed = await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('invitation')
      .set({ status: 'canceled' })
      .where('organizationId', '=', at.workspace)
      .where('email', '=', email)
      .where('status', '=', 'pending')
      .execute();
    await tx
      .insertInto('invitation')
      .values({
        id,
        organizationId: at.workspace,
        email,
        role: person.role,
        status: 'pending',
        expiresAt,
        inviterId: at.user.id,
      })
      .execute();
    await writeAudit(tx, {
      workspace: at.workspace,
      who: at.who,
      action: 'invitation.create',
      target: email,
      details: { role: person.role },
    });
    return mailInvitation(tx as unknown as Transaction<unknown>, {
      workspace: at.workspace,
      company: company.name,
      language: company.language,
      id,
      email,
      role: person.role,
      link,
      inviter: at.user.name,
      who: at.who,
    });
  });
  return {
    id,
    email,
    role: person.role,
    link,
    mail: mailed ? { state: 'queued' as const, answer: null } : null,
    expiresAt: expiresAt.toISOString(),
    invitedBy: at.user.name,
  };
}

export async function revokeInvitation(db: Db, at: { workspace: string; who: string }, id: string) {
  const done = await db
    .updateTable('invitation')
    .set({ status: 'canceled' })
    .where('id', '=', id)
    .where('organizationId', '=', at.workspace)
    .where('status', '=', 'pending')
    .returning('email')
    .executeTakeFirst();
  if (!done) throw new ORPCError('NOT_FOUND', { message: 'There is no such open invitation.' });
  await writeAudit(db, { workspace: at.workspace, who: at.who, action: 'invitation.revoke', target: done.email });
  return { revoked: true };
}

async function invitationOrThrow(db: Db, id: string) {
  const row = await open(db)
    .innerJoin('workspace', 'workspace.id', 'invitation.organizationId')
    .innerJoin('user', 'user.id', 'invitation.inviterId')
    .select([
      'invitation.email',
      'invitation.role',
      'workspace.id as workspace',
      'workspace.name',
      'user.email as inviter',
    ])
    .where('invitation.id', '=', id)
    .executeTakeFirst();
  if (!row) {
    throw new ORPCError('NOT_FOUND', {
      message: 'This invitation was used, withdrawn or is over a week old. Ask for a new one.',
    });
  }
  return row;
}

const accountOf = (db: Db, email: string) =>
  db
    .selectFrom('user')
    .innerJoin('account', 'account.userId', 'user.id')
    .select(['user.id', 'account.password'])
    .where('user.email', '=', email)
    .where('account.providerId', '=', 'credential')
    .executeTakeFirst();

export async function describeInvitation(db: Db, id: string) {
  const row = await invitationOrThrow(db, id);
  return {
    workspaceName: row.name,
    email: row.email,
    role: row.role,
    hasAccount: Boolean(await accountOf(db, row.email)),
  };
}

export interface JoinedMember {
  workspace: string;
  user: string;
  name: string;
  email: string;
  role: Role;
  /** e-mail of who invited them */
  inviter: string;
}

export type MemberJoined = (tx: Db, member: JoinedMember) => Promise<void>;

/** A new person sets a password; one who has an account proves it with theirs. */
export async function acceptInvitation(
  db: Db,
  id: string,
  person: { name?: string | undefined; password: string },
  /** called in the transaction that lets the person in */
  joined: MemberJoined,
) {
  const row = await invitationOrThrow(db, id);
  const account = await accountOf(db, row.email);
  if (account && !(account.password && (await verifyPassword(account.password, person.password)))) {
    throw new ORPCError('UNAUTHORIZED', {
      message: 'You have an account with this e-mail already: give its password.',
    });
  }
  await db.transaction().execute(async (tx) => {
    const user =
      account?.id ??
      (await createUser(tx, { name: person.name ?? row.email, email: row.email, password: person.password }));
    await addMember(tx, row.workspace, user, row.role);
    await joined(tx, {
      workspace: row.workspace,
      user,
      name: person.name ?? row.email,
      email: row.email,
      role: row.role,
      inviter: row.inviter,
    });
    await tx.updateTable('invitation').set({ status: 'accepted' }).where('id', '=', id).execute();
    await writeAudit(tx, {
      workspace: row.workspace,
      who: row.email,
      action: 'invitation.accept',
      target: row.email,
      details: { role: row.role },
    });
  });
  return { workspace: row.workspace, email: row.email };
}
