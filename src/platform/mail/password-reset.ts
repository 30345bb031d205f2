// A new password by mail: asked for on the sign-in page, answered the same whether or not anyone has the address.
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Logger } from 'pino';
import { writeAudit } from '../audit/audit.ts';
import { redactor } from '../secrets/redactor.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { Mail } from './mail.ts';
import type { MailTables } from './tables.ts';

const MOST_AN_HOUR = 3;

interface Person {
  id: string;
  email: string;
}

export class PasswordReset {
  readonly #db: Kysely<PeopleTables & MailTables>;
  readonly #mail: Mail;
  readonly #publicUrl: string;
  readonly #log: Logger;

  constructor(parts: { db: Kysely<PeopleTables & MailTables>; mail: Mail; publicUrl: string; log: Logger }) {
    this.#db = parts.db;
    this.#mail = parts.mail;
    this.#publicUrl = parts.publicUrl;
    this.#log = parts.log;
  }

  /** Comes back at once, so that the time of the answer says nothing about whether the address is known. */
  asked(person: Person, token: string): void {
    redactor.learn(token);
    this.#send(person, token).catch((err: unknown) => this.#log.error({ err }, 'a password reset was not mailed'));
  }

  async done(person: Person): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await tx.deleteFrom('session').where('userId', '=', person.id).execute();
      await tx.deleteFrom('verification').where('value', '=', person.id).execute();
      await writeAudit(tx as unknown as Transaction<PeopleTables>, {
        workspace: null,
        who: person.email,
        action: 'password.reset',
        target: person.email,
      });
    });
  }

  async #send(person: Person, token: string): Promise<void> {
    const { language, workspace } = await this.#where(person.id);
    await this.#db.transaction().execute(async (tx) => {
      // requests that come at once are counted one after another
      await sql`SELECT pg_advisory_xact_lock(hashtext(${`password-reset ${person.email}`}))`.execute(tx);
      const { asked } = await tx
        .selectFrom('mail_message')
        .select((eb) => eb.fn.countAll<number>().as('asked'))
        .where('recipient', '=', person.email)
        .where('template', '=', 'password-reset')
        .where('created_at', '>', new Date(Date.now() - 3_600_000))
        .executeTakeFirstOrThrow();
      if (asked >= MOST_AN_HOUR) return;
      await this.#mail.enqueue(tx as unknown as Transaction<unknown>, {
        workspace,
        to: person.email,
        language,
        template: 'password-reset',
        // after "#" it is in no log and no referrer
        values: { link: `${this.#publicUrl}/new-password#${token}` },
      });
      await writeAudit(tx as unknown as Transaction<PeopleTables>, {
        workspace: null,
        who: person.email,
        action: 'password.reset-asked',
        target: person.email,
      });
    });
  }

  /** By the installation's server; without one, by the server of a company the person works for. */
  async #where(user: string): Promise<{ workspace: string | null; language: 'en' | 'ru' }> {
    const companies = await this.#db
      .selectFrom('member')
      .innerJoin('workspace', 'workspace.id', 'member.organizationId')
      .select(['workspace.id', 'workspace.language'])
      .where('member.userId', '=', user)
      .orderBy('member.createdAt')
      .execute();
    const language = companies[0]?.language ?? 'en';
    if (await this.#mail.canSend(null)) return { workspace: null, language };
    for (const company of companies)
      if (await this.#mail.canSend(company.id)) return { workspace: company.id, language: company.language };
    return { workspace: null, language };
  }
}
