// People, companies and access: set-up, workspaces, members, invitations, API keys and the audit trail.
import { z } from 'zod';
import { KEY_PERMISSIONS, type PERMISSIONS, ROLES, route } from '../api/contract-base.ts';

export const LANGUAGES = ['en', 'ru'] as const;
export const LEGAL_PROFILES = ['eu', 'russia', 'other'] as const;

const id = z.uuid();
export const workspacePath = z.object({ workspace: id });
const password = z.string().min(10, 'Use at least 10 characters').max(200);
const timeZone = z.string().max(64).refine(isTimeZone, 'Unknown time zone: use a name like Europe/Berlin');
const currency = z.string().regex(/^[A-Z]{3}$/, 'Use a three-letter code like EUR');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const workspaceSettings = z.object({
  name: z.string().trim().min(1, 'Name the company').max(120),
  currency,
  timeZone,
  language: z.enum(LANGUAGES),
  legalProfile: z.enum(LEGAL_PROFILES),
});
export const workspace = workspaceSettings.extend({
  id,
  demo: z.boolean(),
  createdAt: z.string(),
  /** people without a second factor reach nothing here until they set one up */
  requireTwoFactor: z.boolean(),
});
export const membership = workspace.extend({ role: z.enum(ROLES), permissions: z.array(z.string()) });
export const user = z.object({ id, name: z.string(), email: z.email() });

/** A host name, with or without www, scheme or path: `https://www.shop.example/` becomes `shop.example`. */
export const siteHost = z
  .string()
  .trim()
  .max(260)
  .transform((text) =>
    text
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/[/?#].*$/, '')
      .replace(/^www\./, ''),
  )
  .refine((host) => /^[\p{L}\p{N}.-]+(:\d{1,5})?$/u.test(host), 'Give a host name like shop.example');

const member = z.object({
  user: id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  joinedAt: z.string(),
  twoFactor: z.boolean(),
});
const invitation = z.object({
  id,
  email: z.string(),
  role: z.enum(ROLES),
  link: z.string(),
  expiresAt: z.string(),
  invitedBy: z.string(),
  /** what became of its mail; null where no mail server is set up */
  mail: z
    .object({
      state: z.enum(['queued', 'sending', 'handing', 'sent', 'failed', 'unsure']),
      answer: z.string().nullable(),
    })
    .nullable(),
});
const keyPermission = z.enum(KEY_PERMISSIONS as [(typeof PERMISSIONS)[number]]);
const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string(),
  permissions: z.array(keyPermission),
  /** e-mail */
  madeBy: z.string(),
  /** null: until it is revoked */
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
const money = z.number().int().min(0).max(1e15).nullable();
const limitInput = z.object({
  /** minor units of the company's currency; null: without limit */
  moneyPerAction: money,
  moneyPerMonth: money,
  /** null: without limit */
  discountPercent: z.number().min(0).max(100).multipleOf(0.1).nullable(),
  mayPublish: z.boolean(),
  maySend: z.boolean(),
  mayErase: z.boolean(),
});
const limit = limitInput.extend({
  role: z.enum(ROLES),
  currency: z.string(),
  /** false: what the product begins with */
  changed: z.boolean(),
});
const auditRow = z.object({
  id,
  at: z.string(),
  who: z.string(),
  action: z.string(),
  target: z.string(),
  details: z.record(z.string(), z.unknown()),
});

const trailDay = z.iso.date('Use a day like 2026-11-24').optional();
const trailFilter = z.object({
  who: z.string().max(320).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(400).optional(),
  search: z.string().max(200).optional(),
  /** in the company's zone, both included */
  from: trailDay,
  to: trailDay,
});
const facet = z.object({ value: z.string(), count: z.number() });

export const workspacesContract = {
  setup: {
    status: route('public', 'GET', '/setup', 'Whether this installation still waits for its owner').output(
      z.object({ empty: z.boolean(), waitingWorkspace: z.object({ name: z.string(), site: z.string() }).nullable() }),
    ),
    create: route('public', 'POST', '/setup', 'Create the owner and the first company on an empty installation')
      .input(
        z.object({
          owner: z.object({ name: z.string().trim().min(1).max(120), email: z.email(), password }),
          workspace: workspaceSettings,
          site: siteHost,
        }),
      )
      .output(z.object({ workspace: id, site: id })),
  },
  me: route('signed-in', 'GET', '/me', 'Who is signed in, and the companies they work for').output(
    z.object({ user: user.extend({ twoFactor: z.boolean() }), workspaces: z.array(membership) }),
  ),
  workspaces: {
    create: route('signed-in', 'POST', '/workspaces', 'Add a company')
      .input(z.object({ workspace: workspaceSettings, site: siteHost }))
      .output(z.object({ workspace: id, site: id })),
    get: route('workspace:read', 'GET', '/workspaces/{workspace}', 'Settings of a company')
      .input(workspacePath)
      .output(membership),
    update: route('workspace:manage', 'PATCH', '/workspaces/{workspace}', 'Change settings of a company')
      .input(workspacePath.extend(workspaceSettings.partial().shape))
      .output(membership),
    setSecurity: route(
      'workspace:manage',
      'PUT',
      '/workspaces/{workspace}/security',
      'Whether everyone in the company needs a second factor',
    )
      .input(workspacePath.extend({ requireTwoFactor: z.boolean() }))
      .output(membership),
  },
  members: {
    list: route('members:read', 'GET', '/workspaces/{workspace}/members', 'People of a company and their roles')
      .input(workspacePath)
      .output(z.array(member)),
    setRole: route('members:manage', 'PATCH', '/workspaces/{workspace}/members/{user}', 'Change a role')
      .input(workspacePath.extend({ user: id, role: z.enum(ROLES) }))
      .output(member),
    remove: route('members:manage', 'DELETE', '/workspaces/{workspace}/members/{user}', 'Take someone off a company')
      .input(workspacePath.extend({ user: id }))
      .output(z.object({ removed: z.boolean() })),
    endSessions: route(
      'members:manage',
      'POST',
      '/workspaces/{workspace}/members/{user}/end-sessions',
      'Sign someone of the company out everywhere',
    )
      .input(workspacePath.extend({ user: id }))
      .output(z.object({ ended: z.number() })),
  },
  invitations: {
    list: route('members:manage', 'GET', '/workspaces/{workspace}/invitations', 'Invitations not yet accepted')
      .input(workspacePath)
      .output(z.array(invitation)),
    create: route('members:manage', 'POST', '/workspaces/{workspace}/invitations', 'Invite someone by link')
      .input(workspacePath.extend({ email: z.email(), role: z.enum(ROLES).exclude(['owner']) }))
      .output(invitation),
    revoke: route(
      'members:manage',
      'DELETE',
      '/workspaces/{workspace}/invitations/{invitation}',
      'Withdraw an invitation',
    )
      .input(workspacePath.extend({ invitation: id }))
      .output(z.object({ revoked: z.boolean() })),
    get: route('public', 'GET', '/invitations/{invitation}', 'What an invitation offers')
      .input(z.object({ invitation: id }))
      .output(z.object({ workspaceName: z.string(), email: z.string(), role: z.enum(ROLES), hasAccount: z.boolean() })),
    accept: route('public', 'POST', '/invitations/{invitation}/accept', 'Accept an invitation')
      .input(
        z.object({
          invitation: id,
          name: z.string().trim().min(1).max(120).optional(),
          /** a new password, or the existing account's */
          password,
        }),
      )
      .output(z.object({ workspace: id, email: z.string() })),
  },
  limits: {
    list: route('members:read', 'GET', '/workspaces/{workspace}/limits', 'How far each role may go without asking')
      .input(workspacePath)
      .output(z.array(limit)),
    set: route('members:manage', 'PUT', '/workspaces/{workspace}/limits/{role}', 'Change how far a role may go')
      .input(workspacePath.extend({ role: z.enum(ROLES) }).extend(limitInput.shape))
      .output(limit),
  },
  apiKeys: {
    list: route('keys:manage', 'GET', '/workspaces/{workspace}/api-keys', 'API keys of a company')
      .input(workspacePath)
      .output(z.array(apiKey)),
    create: route('keys:manage', 'POST', '/workspaces/{workspace}/api-keys', 'Make an API key; it is shown once')
      .input(
        workspacePath.extend({
          name: z.string().trim().min(1).max(32),
          /** out of what its maker may do */
          permissions: z.array(keyPermission).min(1, 'Choose what the key may do').max(KEY_PERMISSIONS.length),
          /** it stops working after so many days; null: when it is revoked */
          days: z.number().int().min(1).max(365).nullable().default(null),
        }),
      )
      .output(apiKey.extend({ key: z.string() })),
    revoke: route('keys:manage', 'DELETE', '/workspaces/{workspace}/api-keys/{key}', 'Revoke an API key')
      .input(workspacePath.extend({ key: z.string().max(64) }))
      .output(z.object({ revoked: z.boolean() })),
  },
  audit: {
    list: route('audit:read', 'GET', '/workspaces/{workspace}/audit', 'Who changed what and when, newest first')
      .input(
        workspacePath.extend(trailFilter.shape).extend({
          /** id of the last row of the page before */
          before: id.optional(),
          limit: z.coerce.number().int().min(1).max(200).optional(),
        }),
      )
      .output(z.array(auditRow)),
    facets: route('audit:read', 'GET', '/workspaces/{workspace}/audit/facets', 'People and actions of the trail')
      .input(workspacePath)
      .output(z.object({ people: z.array(facet), actions: z.array(facet) })),
    csv: route('audit:read', 'POST', '/workspaces/{workspace}/audit/csv', 'The trail as a CSV file')
      .input(workspacePath.extend(trailFilter.shape))
      .output(z.file()),
  },
};
