// Accounts with a password. They are made by set-up, by an invitation or from the command line, never by signing up.
import type { Kysely } from 'kysely';
import { hashPassword } from '../auth/auth.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { PeopleTables } from './tables.ts';

export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** The e-mail must be free. Returns the id. */
export async function createUser(
  db: Kysely<PeopleTables>,
  person: { name: string; email: string; password: string },
): Promise<string> {
  const id = uuidv7();
  const password = await hashPassword(person.password);
  const now = new Date();
  await db
    .insertInto('user')
    .values({ id, name: person.name, email: normalizeEmail(person.email), emailVerified: false })
    .execute();
  await db
    .insertInto('account')
    .values({ id: uuidv7(), accountId: id, providerId: 'credential', userId: id, password, updatedAt: now })
    .execute();
  return id;
}

/** Sets a new password and ends every session. False when nobody has the e-mail. */
export async function resetPassword(db: Kysely<PeopleTables>, email: string, password: string): Promise<boolean> {
  const user = await db.selectFrom('user').select('id').where('email', '=', normalizeEmail(email)).executeTakeFirst();
  if (!user) return false;
  const hashed = await hashPassword(password);
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('account')
      .set({ password: hashed, updatedAt: new Date() })
      .where('userId', '=', user.id)
      .where('providerId', '=', 'credential')
      .execute();
    await tx.deleteFrom('session').where('userId', '=', user.id).execute();
  });
  return true;
}
