// Puts the permission of the contract in front of every handler, so that no handler can forget it.
import { ORPCError, os } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { PeopleTables } from '../workspaces/tables.ts';
import { authorize, type RequestContext, type WorkspaceContext } from './context.ts';
import type { RouteMeta } from './contract-base.ts';

export interface ApiDeps {
  db: Kysely<PeopleTables>;
}

export interface Gated {
  member: WorkspaceContext | null;
}

/** Every router begins with `implement(contract).$context<RequestContext>().use(gate(deps))`. */
export const gate = (deps: ApiDeps) =>
  os
    .$context<RequestContext>()
    .$meta<RouteMeta>({ permission: 'workspace:manage' })
    .middleware(async ({ context, next, procedure }, input) => {
      const { permission } = procedure['~orpc'].meta as RouteMeta;
      const workspace = (input as { workspace?: unknown } | undefined)?.workspace;
      if (permission !== 'public' && permission !== 'signed-in' && workspace !== context.pathWorkspace) {
        throw new ORPCError('BAD_REQUEST', { message: 'The workspace is named by the path alone.' });
      }
      const member = await authorize(deps.db, context, permission, context.pathWorkspace);
      return next({ context: { member } satisfies Gated });
    });

/** For handlers of a workspace's routes; the gate has run. */
export function memberOnly(context: Gated): WorkspaceContext {
  if (!context.member) throw new Error('This route is not declared as one of a workspace');
  return context.member;
}

export const whoIs = (context: RequestContext): string => context.actor?.name ?? 'nobody';
