// Keys of a company for other programs: what each may do is chosen when it is made, out of what its maker may do.
import { createHash } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { Actor } from '../api/context.ts';
import { KEY_PERMISSIONS, ROLE_PERMISSIONS, type Role, type WorkspacePermission } from '../api/contract-base.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Auth } from '../auth/auth.ts';
import type { PeopleTables } from './tables.ts';

type Db = Kysely<PeopleTables>;
const DAY_S = 86_400;
const CACHE_MS = 10_000;
/** where better-auth keeps what a key may do */
const NAMED = 'tradewind';

/** Keys of before there was a choice may do what a marketer may. */
const OF_OLD = KEY_PERMISSIONS.filter((one) => ROLE_PERMISSIONS.marketer.includes(one));

function permissionsOf(stored: unknown): WorkspacePermission[] {
  const named = typeof stored === 'string' ? (JSON.parse(stored) as Record<string, string[]> | null) : stored;
  const list = (named as Record<string, string[]> | null)?.[NAMED];
  return list ? KEY_PERMISSIONS.filter((one) => list.includes(one)) : [...OF_OLD];
}

interface Row {
  id: string;
  name: string | null;
  start: string | null;
  permissions: string | null;
  metadata: string | null;
  expiresAt: Date | null;
  createdAt: Date;
  lastRequest: Date | null;
}

/** better-auth writes this text itself, once or twice encoded. */
function makerOf(metadata: string | null): string {
  let value: unknown = metadata;
  for (let i = 0; i < 2 && typeof value === 'string' && value !== ''; i++) value = JSON.parse(value);
  return (value as { madeBy?: string } | null)?.madeBy ?? '';
}

const describe = (row: Row) => ({
  id: row.id,
  name: row.name ?? '',
  start: row.start ?? '',
  permissions: permissionsOf(row.permissions),
  madeBy: makerOf(row.metadata),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastRequest?.toISOString() ?? null,
});

const COLUMNS = [
  'id',
  'name',
  'start',
  'permissions',
  'metadata',
  'expiresAt',
  'createdAt',
  'lastRequest',
] as const satisfies readonly (keyof Row)[];

export async function listKeys(db: Db, workspace: string) {
  const rows = await db
    .selectFrom('apikey')
    .select(COLUMNS)
    .where('referenceId', '=', workspace)
    .orderBy('createdAt', 'desc')
    .execute();
  return rows.map(describe);
}

export interface NewKey {
  name: string;
  permissions: WorkspacePermission[];
  /** whole days; null: until it is revoked */
  days: number | null;
}

export async function createKey(
  parts: { db: Db; auth: Auth },
  at: { workspace: string; role: Role; user: { id: string; email: string } },
  input: NewKey,
) {
  const beyond = input.permissions.filter((one) => !ROLE_PERMISSIONS[at.role].includes(one));
  if (beyond.length > 0)
    throw new ORPCError('FORBIDDEN', { message: `A key may do no more than you: leave out ${beyond.join(', ')}.` });
  const permissions = KEY_PERMISSIONS.filter((one) => input.permissions.includes(one));
  const made = await parts.auth.api.createApiKey({
    body: {
      name: input.name,
      organizationId: at.workspace,
      userId: at.user.id,
      permissions: { [NAMED]: permissions },
      metadata: { madeBy: at.user.email },
      ...(input.days === null ? {} : { expiresIn: input.days * DAY_S }),
    },
  });
  await writeAudit(parts.db, {
    workspace: at.workspace,
    who: at.user.email,
    action: 'api-key.create',
    target: input.name,
    details: { permissions, expiresAt: made.expiresAt?.toISOString() ?? null },
  });
  const row = await parts.db.selectFrom('apikey').select(COLUMNS).where('id', '=', made.id).executeTakeFirstOrThrow();
  return { ...describe(row), key: made.key };
}

export async function revokeKey(db: Db, at: { workspace: string; who: string }, key: string) {
  const gone = await db
    .deleteFrom('apikey')
    .where('id', '=', key)
    .where('referenceId', '=', at.workspace)
    .returning('name')
    .executeTakeFirst();
  if (!gone) throw new ORPCError('NOT_FOUND', { message: 'There is no such key.' });
  await writeAudit(db, { ...at, action: 'api-key.revoke', target: gone.name ?? key });
  return { revoked: true };
}

/** Whose key a request carries; remembered for some seconds, as programs send events one after another. */
export class KeyActors {
  readonly #auth: Auth;
  readonly #known = new Map<string, { until: number; actor: Actor | null }>();
  constructor(auth: Auth) {
    this.#auth = auth;
  }

  /** null for a key that is unknown, revoked or past its day */
  async of(key: string): Promise<Actor | null> {
    const hashed = createHash('sha256').update(key).digest('hex');
    const cached = this.#known.get(hashed);
    if (cached && cached.until > Date.now()) return cached.actor;
    const answer = await this.#auth.api.verifyApiKey({ body: { key } });
    const actor: Actor | null =
      answer.valid && answer.key
        ? {
            user: null,
            session: null,
            name: `api-key ${answer.key.name ?? ''}`.trim(),
            key: { workspace: answer.key.referenceId, permissions: permissionsOf(answer.key.permissions) },
          }
        : null;
    if (this.#known.size > 1000) this.#known.clear();
    this.#known.set(hashed, { until: Date.now() + CACHE_MS, actor });
    return actor;
  }

  /** A revoked key stops at once in this process, in others within seconds. */
  forget(): void {
    this.#known.clear();
  }
}
