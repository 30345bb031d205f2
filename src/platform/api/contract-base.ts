// What every route of the API declares before its body: a permission and a summary. Browser-safe.
import { oc } from '@orpc/contract';

/** Who may call a route. `public`: anyone; `signed-in`: any user, no workspace; the others are granted to roles in a workspace. */
export const PERMISSIONS = [
  'workspace:read',
  'workspace:manage',
  'members:read',
  'members:manage',
  'keys:manage',
  'audit:read',
  'analytics:read',
  'analytics:manage',
  'costs:read',
  'costs:manage',
  'connections:read',
  'connections:manage',
  'jobs:read',
  'jobs:manage',
  'files:read',
  'files:write',
  'events:write',
] as const;
export type WorkspacePermission = (typeof PERMISSIONS)[number];
export type Permission = WorkspacePermission | 'public' | 'signed-in';

export const ROLES = ['owner', 'head', 'marketer', 'specialist', 'contractor', 'client', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do. A contractor sees only what is handed to them, so nothing of the workspace's figures. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly WorkspacePermission[]>> = {
  owner: PERMISSIONS,
  head: PERMISSIONS,
  marketer: [
    'workspace:read',
    'members:read',
    'keys:manage',
    'audit:read',
    'analytics:read',
    'analytics:manage',
    'costs:read',
    'costs:manage',
    'connections:read',
    'connections:manage',
    'jobs:read',
    'jobs:manage',
    'files:read',
    'files:write',
    'events:write',
  ],
  specialist: ['workspace:read', 'members:read', 'analytics:read', 'costs:read', 'jobs:read'],
  contractor: ['workspace:read'],
  client: ['workspace:read', 'analytics:read', 'costs:read'],
  viewer: ['workspace:read', 'analytics:read', 'costs:read'],
};

/** What an API key can be given. Keys, people and settings stay with people. */
export const KEY_PERMISSIONS: readonly WorkspacePermission[] = PERMISSIONS.filter(
  (one) => one !== 'keys:manage' && one !== 'members:manage' && one !== 'workspace:manage',
);

export interface RouteMeta {
  permission: Permission;
}

/** The errors any route can answer with. `message` says what to do next and is shown to people. */
export const base = oc.$meta<RouteMeta>({ permission: 'workspace:manage' }).errors({
  BAD_REQUEST: { status: 400 },
  UNAUTHORIZED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  TOO_MANY_REQUESTS: { status: 429 },
  SERVICE_UNAVAILABLE: { status: 503 },
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route under /api/v1. A path of a workspace begins with /workspaces/{workspace}; the id is never taken from elsewhere. */
export const route = (permission: Permission, method: Method, path: `/${string}`, summary: string) =>
  base.meta({ permission }).route({ method, path, summary, inputStructure: 'compact' });
