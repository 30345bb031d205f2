// Contract of people and companies → rules.
import { implement, ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../api/gate.ts';
import { listTrail, trailFacets, trailFile } from '../audit/trail.ts';
import type { Auth } from '../auth/auth.ts';
import { createKey, listKeys, revokeKey } from './api-keys.ts';
import { workspacesContract } from './contract.ts';
import { listLimits, setLimit } from './limits.ts';
import type { MemberJoined } from './members.ts';
import * as members from './members.ts';
import { setUp, setupStatus } from './setup.ts';
import type { PeopleTables } from './tables.ts';
import {
  createWorkspace,
  getWorkspace,
  type MailInvitation,
  setSecurity,
  updateWorkspace,
  workspacesOf,
} from './workspaces.ts';

export interface WorkspacesDeps extends ApiDeps {
  db: Kysely<PeopleTables>;
  auth: Auth;
  publicUrl: string;
  /** adds a site to a workspace; analytics owns sites */
  createSite(workspace: string, host: string, who: string): Promise<string>;
  /** figures by day follow the zone and the currency */
  onSettingsChanged(workspace: string): Promise<void>;
  /** what is remembered of keys is forgotten */
  onKeyRevoked(): void;
  /** false when there is no server to mail it by */
  mailInvitation: MailInvitation;
  /** called in the transaction that lets a person in */
  memberJoined: MemberJoined;
}

export function workspacesRouter(deps: WorkspacesDeps) {
  const { db, auth, publicUrl } = deps;
  const os = implement(workspacesContract).$context<RequestContext>().use(gate(deps));
  return {
    setup: {
      status: os.setup.status.handler(() => setupStatus(db)),
      create: os.setup.create.handler(({ input }) => setUp(db, input, deps.createSite)),
    },
    me: os.me.handler(async ({ context }) => {
      const user = context.actor!.user!;
      return { user, workspaces: await workspacesOf(db, user.id) };
    }),
    workspaces: {
      create: os.workspaces.create.handler(async ({ input, context }) => {
        const user = context.actor!.user!;
        const workspace = await createWorkspace(db, input.workspace, { owner: user.id, who: user.email });
        return { workspace, site: await deps.createSite(workspace, input.site, user.email) };
      }),
      get: os.workspaces.get.handler(({ context }) =>
        getWorkspace(db, memberOnly(context).workspace, memberOnly(context).role),
      ),
      update: os.workspaces.update.handler(async ({ input, context }) => {
        const at = memberOnly(context);
        const { workspace: _id, ...change } = input;
        const done = await updateWorkspace(db, at.workspace, dropUndefined(change), whoIs(context));
        if (done.timeZoneChanged) await deps.onSettingsChanged(at.workspace);
        return getWorkspace(db, at.workspace, at.role);
      }),
      setSecurity: os.workspaces.setSecurity.handler(async ({ input, context }) => {
        const at = memberOnly(context);
        await setSecurity(db, { ...at, who: whoIs(context) }, input.requireTwoFactor);
        return getWorkspace(db, at.workspace, at.role);
      }),
    },
    members: {
      list: os.members.list.handler(({ context }) => members.listMembers(db, memberOnly(context).workspace)),
      setRole: os.members.setRole.handler(({ input, context }) =>
        members.setRole(db, { ...memberOnly(context), who: whoIs(context) }, input.user, input.role),
      ),
      remove: os.members.remove.handler(({ input, context }) =>
        members.removeMember(db, { ...memberOnly(context), who: whoIs(context) }, input.user),
      ),
      endSessions: os.members.endSessions.handler(({ input, context }) =>
        members.endSessions(db, { ...memberOnly(context), who: whoIs(context) }, input.user),
      ),
    },
    invitations: {
      list: os.invitations.list.handler(({ context }) =>
        members.listInvitations(db, memberOnly(context).workspace, publicUrl),
      ),
      create: os.invitations.create.handler(({ input, context }) => {
        const user = context.actor?.user;
        if (!user) throw new ORPCError('FORBIDDEN', { message: 'A person must invite people.' });
        return members.invite(
          db,
          { workspace: memberOnly(context).workspace, who: whoIs(context), user },
          input,
          publicUrl,
          deps.mailInvitation,
        );
      }),
      revoke: os.invitations.revoke.handler(({ input, context }) =>
        members.revokeInvitation(db, { ...memberOnly(context), who: whoIs(context) }, input.invitation),
      ),
      get: os.invitations.get.handler(({ input }) => members.describeInvitation(db, input.invitation)),
      accept: os.invitations.accept.handler(({ input }) =>
        members.acceptInvitation(db, input.invitation, input, deps.memberJoined),
      ),
    },
    limits: {
      list: os.limits.list.handler(({ context }) => listLimits(db, memberOnly(context).workspace)),
      set: os.limits.set.handler(({ input: { workspace: _, role, ...limit }, context }) =>
        setLimit(db, { ...memberOnly(context), who: whoIs(context) }, role, limit),
      ),
    },
    apiKeys: {
      list: os.apiKeys.list.handler(({ context }) => listKeys(db, memberOnly(context).workspace)),
      create: os.apiKeys.create.handler(({ input, context }) => {
        const user = context.actor?.user;
        if (!user) throw new ORPCError('FORBIDDEN', { message: 'A person must make keys.' });
        return createKey({ db, auth }, { ...memberOnly(context), user }, input);
      }),
      revoke: os.apiKeys.revoke.handler(async ({ input, context }) => {
        const done = await revokeKey(db, { workspace: memberOnly(context).workspace, who: whoIs(context) }, input.key);
        deps.onKeyRevoked();
        return done;
      }),
    },
    audit: {
      list: os.audit.list.handler(({ input: { workspace: _, ...filter }, context }) =>
        listTrail(db, memberOnly(context).workspace, filter),
      ),
      facets: os.audit.facets.handler(({ context }) => trailFacets(db, memberOnly(context).workspace)),
      csv: os.audit.csv.handler(({ input: { workspace: _, ...filter }, context }) =>
        trailFile(db, memberOnly(context).workspace, filter),
      ),
    },
  };
}

const dropUndefined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
