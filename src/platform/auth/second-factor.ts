// Codes from a phone after the password: one code opens the door once, wrong ones are counted, what happened is in the trail.
// The check itself, its lock and the encrypted key are better-auth's.
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { Auth } from './auth.ts';
import { fieldsOf, refusal, type SignInCall } from './call.ts';

/** longer than a code is taken: its own half minute and one on either side */
const REMEMBERED_MS = 5 * 60_000;

interface Person {
  id: string;
  email: string;
  /** the code ends a sign-in; else it is given by someone signed in, to finish the set-up */
  signingIn: boolean;
  enabled: boolean;
}

export class SecondFactor {
  readonly #db: Kysely<PeopleTables>;
  readonly #auth: Auth;
  readonly #secret: string;
  constructor(parts: { db: Kysely<PeopleTables>; auth: Auth; secret: string }) {
    this.#db = parts.db;
    this.#auth = parts.auth;
    this.#secret = parts.secret;
  }

  async verify(call: SignInCall): Promise<Response> {
    const code = fieldsOf(call.body)?.code;
    if (typeof code !== 'string' || code.length > 64) return refusal(400, 'INVALID_BODY', 'Send a code as JSON.');
    const person = await this.#person(call.headers);
    const wrong = refusal(401, 'INVALID_CODE', 'This code is not right. Codes change every half minute.');
    if (!person) return call.send({ code });
    const hash = createHmac('sha256', this.#secret).update(`${person.id} ${code}`).digest('hex');
    if (!(await this.#take(person.id, hash))) return wrong;
    // nothing but the code goes on: a browser is not trusted for a month because it asks for it
    const response = await call.send({ code });
    if (response.ok) {
      await this.#opened(person, call.path);
      return response;
    }
    await this.#db.deleteFrom('second_factor_code').where('code_hash', '=', hash).execute();
    if (person.signingIn) await this.#refused(person, response.status);
    return response;
  }

  /** False when this code was used already. */
  async #take(user: string, hash: string): Promise<boolean> {
    await this.#db
      .deleteFrom('second_factor_code')
      .where('used_at', '<', new Date(Date.now() - REMEMBERED_MS))
      .execute();
    const made = await this.#db
      .insertInto('second_factor_code')
      .values({ user_id: user, code_hash: hash })
      .onConflict((c) => c.columns(['user_id', 'code_hash']).doNothing())
      .returning('user_id')
      .executeTakeFirst();
    return made !== undefined;
  }

  async #opened(person: Person, path: string): Promise<void> {
    const by = path.endsWith('backup-code') ? 'backup code' : 'code';
    if (person.signingIn) {
      const entry = { workspace: null, who: person.email, action: 'sign-in', target: person.email };
      await writeAudit(this.#db, { ...entry, details: { secondFactor: by } });
    } else if (!person.enabled) await auditPerson(this.#db, person, 'two-factor.on', person.email);
  }

  async #refused(person: Person, status: number): Promise<void> {
    const { email } = person;
    const row = await this.#db
      .selectFrom('twoFactor')
      .select(['lockedUntil', 'failedVerificationCount'])
      .where('userId', '=', person.id)
      .executeTakeFirst();
    const locked = row?.lockedUntil != null && row.lockedUntil.getTime() > Date.now();
    const action = status === 401 && locked ? 'sign-in.locked' : 'sign-in.code-refused';
    await writeAudit(this.#db, { workspace: null, who: email, action, target: email });
  }

  async #person(headers: Headers): Promise<Person | null> {
    const session = await this.#auth.api.getSession({ headers });
    if (session) {
      const { id, email, twoFactorEnabled } = session.user;
      return { id, email, signingIn: false, enabled: twoFactorEnabled === true };
    }
    const context = await this.#auth.$context;
    const { name } = context.createAuthCookie('two_factor');
    const cookie = (headers.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(`${name}=`));
    const challenge = cookie && /^(.+)\.[^.]+$/.exec(decoded(cookie.slice(name.length + 1)))?.[1];
    const pending = challenge ? await context.internalAdapter.findVerificationValue(challenge) : null;
    if (!pending || pending.expiresAt < new Date()) return null;
    const user = await this.#db
      .selectFrom('user')
      .select(['id', 'email'])
      .where('id', '=', pending.value)
      .executeTakeFirst();
    return user ? { ...user, signingIn: true, enabled: true } : null;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** What concerns someone's account is told to every company they work for: they answer for who can get in. */
export async function auditPerson(
  db: Kysely<PeopleTables>,
  person: { id: string; email: string },
  action: string,
  who: string,
): Promise<void> {
  const companies = await db
    .selectFrom('member')
    .select('organizationId as workspace')
    .where('userId', '=', person.id)
    .execute();
  for (const { workspace } of [{ workspace: null }, ...companies])
    await writeAudit(db, { workspace, who, action, target: person.email });
}

/** For someone locked out, by whoever has the machine. False when it was not on. */
export async function switchOffSecondFactor(db: Kysely<PeopleTables>, email: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const person = await tx
      .updateTable('user')
      .set({ twoFactorEnabled: false })
      .where('email', '=', email)
      .returning('id')
      .executeTakeFirst();
    if (!person) return false;
    const gone = await tx.deleteFrom('twoFactor').where('userId', '=', person.id).returning('verified').execute();
    if (!gone.some((row) => row.verified)) return false;
    await auditPerson(tx, { id: person.id, email }, 'two-factor.off', 'command line');
    return true;
  });
}
