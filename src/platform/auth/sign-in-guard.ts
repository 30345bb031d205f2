// Locks an account for a quarter of an hour after ten wrong passwords, wherever they come from and whether they are given to
// sign in or to change something by someone signed in; the address has its own limit.
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { Auth } from './auth.ts';
import { fieldsOf, refusal, type SignInCall } from './call.ts';
import { auditPerson, SecondFactor } from './second-factor.ts';

const MOST_FAILURES = 10;
const LOCK_MS = 15 * 60_000;

/** Routes of someone signed in that ask for the password, and what the trail says of them. */
const CONFIRMED: Readonly<Record<string, string | null>> = {
  '/change-password': 'password.change',
  // what is begun here holds only when a code has confirmed it
  '/two-factor/enable': null,
  '/two-factor/disable': 'two-factor.off',
  '/two-factor/generate-backup-codes': 'two-factor.new-codes',
};

export class SignInGuard {
  readonly #db: Kysely<PeopleTables>;
  readonly #auth: Auth;
  readonly #secret: string;
  readonly #secondFactor: SecondFactor;
  constructor(parts: { db: Kysely<PeopleTables>; auth: Auth; secret: string }) {
    this.#db = parts.db;
    this.#auth = parts.auth;
    this.#secret = parts.secret;
    this.#secondFactor = new SecondFactor(parts);
  }

  /** Stands before every sign-in route. */
  async handle(call: SignInCall): Promise<Response> {
    if (call.path === '/sign-in/email') return this.#signIn(call);
    if (call.path.startsWith('/two-factor/verify-')) return this.#secondFactor.verify(call);
    if (call.path in CONFIRMED) return this.#confirmed(call, CONFIRMED[call.path] ?? null);
    return call.send();
  }

  async #signIn(call: SignInCall): Promise<Response> {
    const { email, password } = fieldsOf(call.body) ?? {};
    if (typeof email !== 'string' || email.length > 320 || typeof password !== 'string')
      return refusal(400, 'INVALID_BODY', 'Send an e-mail and a password as JSON.');
    const who = email.trim().toLowerCase();
    return this.#counted(
      who,
      () => call.send(),
      async (response) => {
        const { twoFactorRedirect } = (await response.clone().json()) as { twoFactorRedirect?: boolean };
        // with a second factor nobody is in yet
        if (!twoFactorRedirect) await writeAudit(this.#db, { workspace: null, who, action: 'sign-in', target: who });
      },
    );
  }

  async #confirmed(call: SignInCall, action: string | null): Promise<Response> {
    const session = await this.#auth.api.getSession({ headers: call.headers });
    if (!session) return refusal(401, 'UNAUTHORIZED', 'Sign in first.');
    const { user } = session;
    return this.#counted(
      user.email,
      () => call.send(),
      async () => {
        if (action) await auditPerson(this.#db, user, action, user.email);
      },
    );
  }

  /** Wrong passwords of an account are counted together, a right one forgets them. */
  async #counted(
    email: string,
    send: () => Promise<Response>,
    done: (response: Response) => Promise<void>,
  ): Promise<Response> {
    const key = createHmac('sha256', this.#secret).update(email).digest('hex');
    const known = await this.#db
      .selectFrom('sign_in_failure')
      .selectAll()
      .where('email_hash', '=', key)
      .executeTakeFirst();
    if (known?.locked_until && known.locked_until.getTime() > Date.now()) {
      const minutes = Math.ceil((known.locked_until.getTime() - Date.now()) / 60_000);
      return refusal(
        429,
        'LOCKED',
        `Too many wrong passwords. Try again in ${minutes} min, or have the password reset.`,
      );
    }
    const response = await send();
    if (response.ok) {
      if (known) await this.#db.deleteFrom('sign_in_failure').where('email_hash', '=', key).execute();
      await done(response);
    } else if (await isWrongPassword(response)) await this.#count(key, email);
    return response;
  }

  async #count(key: string, email: string): Promise<void> {
    const now = new Date();
    const row = await this.#db
      .insertInto('sign_in_failure')
      .values({ email_hash: key, failures: 1, locked_until: null, updated_at: now })
      .onConflict((c) =>
        c.column('email_hash').doUpdateSet((eb) => ({
          // failures of another day are forgotten
          failures: eb
            .case()
            .when('sign_in_failure.updated_at', '<', new Date(now.getTime() - LOCK_MS))
            .then(1)
            .else(eb('sign_in_failure.failures', '+', 1))
            .end(),
          updated_at: now,
        })),
      )
      .returning('failures')
      .executeTakeFirstOrThrow();
    if (row.failures < MOST_FAILURES) return;
    await this.#db
      .updateTable('sign_in_failure')
      .set({ locked_until: new Date(now.getTime() + LOCK_MS), failures: 0 })
      .where('email_hash', '=', key)
      .execute();
    await writeAudit(this.#db, { workspace: null, who: email, action: 'sign-in.locked', target: email });
  }
}

async function isWrongPassword(response: Response): Promise<boolean> {
  if (response.status === 401 || response.status === 403) return true;
  if (response.status !== 400) return false;
  const { code } = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { code?: string };
  return code === 'INVALID_PASSWORD';
}
