// What a route is called with, and the one gate in front of every route: who asks, for which workspace, with which right.
import { ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { PeopleTables } from '../workspaces/tables.ts';
import { type Permission, ROLE_PERMISSIONS, type Role, type WorkspacePermission } from './contract-base.ts';

export interface Actor {
  /** null for an API key */
  user: { id: string; name: string; email: string; twoFactor: boolean } | null;
  /** id of the session, null for an API key */
  session: string | null;
  /** how the audit trail names them */
  name: string;
  /** set for an API key: the one workspace it is for, and what it may do there */
  key: { workspace: string; permissions: readonly WorkspacePermission[] } | null;
}

/** Fresh for every request. */
export interface RequestContext {
  actor: Actor | null;
  /** the workspace named by the path, if any */
  pathWorkspace: string | undefined;
  headers: Headers;
}

/** What a rule of a workspace is called with; every query in it is bound to `workspace`. */
export interface WorkspaceContext {
  workspace: string;
  role: Role;
  actor: Actor;
}

/** Whether one may do a further thing inside a route whose own right was checked: a key by its list, a person by their role. */
export const mayDo = ({ actor, role }: WorkspaceContext, permission: WorkspacePermission): boolean =>
  (actor.key?.permissions ?? ROLE_PERMISSIONS[role]).includes(permission);

/** As what a key counts where a rule asks for the role; what it may do is its own list. */
const KEY_ROLE: Role = 'marketer';

const mayNot = (permission: string): ORPCError<'FORBIDDEN', undefined> =>
  new ORPCError('FORBIDDEN', {
    message: `Your role does not include this (${permission}). Ask the owner of the company.`,
  });

const keyMayNot = (permission: string): ORPCError<'FORBIDDEN', undefined> =>
  new ORPCError('FORBIDDEN', {
    message: `This key was not given "${permission}". Make one that has it under Set up → API keys.`,
  });

/** Throws UNAUTHORIZED, NOT_FOUND (also for a workspace of others: its existence is not told) or FORBIDDEN. */
export async function authorize(
  db: Kysely<PeopleTables>,
  context: RequestContext,
  permission: Permission,
  workspace: string | undefined,
): Promise<WorkspaceContext | null> {
  if (permission === 'public') return null;
  const { actor } = context;
  if (!actor) throw new ORPCError('UNAUTHORIZED', { message: 'Sign in first, or send an API key.' });
  if (permission === 'signed-in') {
    if (!actor.user) throw new ORPCError('FORBIDDEN', { message: 'An API key works inside its workspace only.' });
    return null;
  }
  if (!workspace) throw new ORPCError('BAD_REQUEST', { message: 'The path lacks the workspace.' });
  const notFound = new ORPCError('NOT_FOUND', { message: 'There is no such workspace, or you are not in it.' });
  if (actor.key) {
    if (actor.key.workspace !== workspace) throw notFound;
    if (!actor.key.permissions.includes(permission)) throw keyMayNot(permission);
    return { workspace, role: KEY_ROLE, actor };
  }
  const member = await db
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.organizationId')
    .select(['member.role', 'workspace.require_two_factor'])
    .where('member.organizationId', '=', workspace)
    .where('member.userId', '=', actor.user!.id)
    .executeTakeFirst();
  if (!member) throw notFound;
  if (member.require_two_factor && !actor.user!.twoFactor)
    throw new ORPCError('FORBIDDEN', {
      message: 'This company asks for a second factor: set one up under "Your account", then come back.',
    });
  if (!ROLE_PERMISSIONS[member.role]?.includes(permission)) throw mayNot(permission);
  return { workspace, role: member.role, actor };
}
