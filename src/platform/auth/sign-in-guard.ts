// Locks an account for a quarter of an hour after ten wrong passwords, wherever they come from; the address has its own limit.
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { PeopleTables } from '../workspaces/tables.ts';

const MOST_FAILURES = 10;
const LOCK_MS = 15 * 60_000;

export class SignInGuard {
  readonly #db: Kysely<PeopleTables>;
  readonly #secret: string;
  constructor(db: Kysely<PeopleTables>, secret: string) {
    this.#db = db;
    this.#secret = secret;
  }

  async guard(body: unknown, signIn: () => Promise<Response>): Promise<Response> {
    const email = emailOf(body);
    if (email === null) return refusal(400, 'INVALID_BODY', 'Send an e-mail and a password as JSON.');
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
    const response = await signIn();
    if (response.ok) {
      if (known) await this.#db.deleteFrom('sign_in_failure').where('email_hash', '=', key).execute();
      await writeAudit(this.#db, { workspace: null, who: email, action: 'sign-in', target: email });
    } else if (response.status === 401 || response.status === 403) {
      await this.#count(key, email);
    }
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

function emailOf(body: unknown): string | null {
  try {
    const parsed: unknown = JSON.parse(body instanceof Buffer ? body.toString('utf8') : '');
    const { email, password } = parsed as { email?: unknown; password?: unknown };
    return typeof email === 'string' && email.length <= 320 && typeof password === 'string'
      ? email.trim().toLowerCase()
      : null;
  } catch {
    return null;
  }
}

const refusal = (status: number, code: string, message: string): Response =>
  new Response(JSON.stringify({ code, message }), { status, headers: { 'content-type': 'application/json' } });
