// Sessions as people see them: device, browser, country, last seen. The address itself stays in the table.
import { ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { PeopleTables } from '../workspaces/tables.ts';
import { auditPerson } from './second-factor.ts';

type Db = Kysely<PeopleTables>;

/** What a user agent and an address say; analytics knows both. */
export interface Recognise {
  client(userAgent: string): {
    browser: string;
    system: string;
    device: 'desktop' | 'mobile' | 'tablet' | 'tv' | 'other';
  };
  country(address: string): string;
}

export interface Own {
  user: { id: string; email: string };
  session: string | null;
}

export async function listSessions(db: Db, own: Own, recognise: Recognise) {
  const rows = await db
    .selectFrom('session')
    .selectAll()
    .where('userId', '=', own.user.id)
    .where('expiresAt', '>', new Date())
    .orderBy('updatedAt', 'desc')
    .execute();
  return rows.map((row) => {
    const { browser, system, device } = recognise.client(row.userAgent ?? '');
    return {
      id: row.id,
      current: row.id === own.session,
      browser,
      system,
      device,
      country: recognise.country(row.ipAddress ?? ''),
      signedInAt: row.createdAt.toISOString(),
      seenAt: row.updatedAt.toISOString(),
    };
  });
}

export async function endSession(db: Db, own: Own, session: string): Promise<{ ended: number }> {
  const gone = await db
    .deleteFrom('session')
    .where('id', '=', session)
    .where('userId', '=', own.user.id)
    .returning('id')
    .execute();
  if (gone.length === 0) throw new ORPCError('NOT_FOUND', { message: 'This session is over already.' });
  await auditPerson(db, own.user, 'session.end', own.user.email);
  return { ended: gone.length };
}

export async function endOtherSessions(db: Db, own: Own): Promise<{ ended: number }> {
  const gone = await db
    .deleteFrom('session')
    .where('userId', '=', own.user.id)
    .where('id', '!=', own.session ?? '')
    .returning('id')
    .execute();
  if (gone.length > 0) await auditPerson(db, own.user, 'session.end', own.user.email);
  return { ended: gone.length };
}

const SHOWN = 20;

/** What belongs to no company: sign-ins, passwords, codes. */
export async function happenings(db: Db, email: string) {
  const rows = await db
    .selectFrom('audit')
    .select(['id', 'at', 'who', 'action', 'details'])
    .where('workspace', 'is', null)
    .where((eb) => eb.or([eb('who', '=', email), eb('target', '=', email)]))
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
