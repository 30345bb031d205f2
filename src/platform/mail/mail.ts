// Mail on its way: queued in the caller's transaction, handed over by a job, and never a second time once a server may have it.
import type { Kysely, Transaction } from 'kysely';
import { uuidv7 } from '../ids/uuid.ts';
import type { Job, Jobs } from '../jobs/index.ts';
import type { Connections } from '../providers/connections.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SecretTables } from '../secrets/tables.ts';
import type { MailState, MailTemplate } from './mail-contract.ts';
import { type MergeValues, renderMail } from './render.ts';
import type { MailSender } from './sender.ts';
import { SmtpError } from './smtp.ts';
import type { MailTables } from './tables.ts';
import type { MailLanguage } from './templates/texts.ts';

export type MailDb = Kysely<MailTables & SecretTables>;
type Tx = Transaction<MailTables & SecretTables>;

export interface Letter {
  /** null: of the installation */
  workspace: string | null;
  to: string;
  language: MailLanguage;
  template: MailTemplate;
  values: MergeValues;
  /** what it is about, like invitation/ID */
  about?: string;
  who?: string;
}

export interface Via {
  by: 'company' | 'installation';
  sender: MailSender;
}

/** A try that failed for now; the job comes again. */
export class MailLater extends Error {
  override name = 'MailLater';
}
/** A message that will not leave; its row says why. */
export class MailFailed extends Error {
  override name = 'MailFailed';
}

const KEPT_DAYS = 90;
const place = (workspace: string | null, id: string) => ({ workspace, name: `mail/${id}` });

export interface MailParts {
  db: MailDb;
  secrets: Secrets;
  jobs: Jobs;
  connections: Connections;
  installation: MailSender | null;
  /** the job that hands over one message; see jobs.ts */
  jobFor(workspace: string | null): Job;
}

export class Mail {
  readonly #parts: MailParts;
  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  /** The company's own server, else the installation's. */
  async via(workspace: string | null): Promise<Via | null> {
    const own = workspace === null ? null : await this.#parts.connections.first<MailSender>(workspace, 'mail');
    if (own) return { by: 'company', sender: own.does };
    const { installation } = this.#parts;
    return installation ? { by: 'installation', sender: installation } : null;
  }

  async canSend(workspace: string | null): Promise<boolean> {
    return (await this.via(workspace).catch(() => null)) !== null;
  }

  /** For someone who is not signed in: a lost password can be replaced by mail. */
  async canSendAnywhere(): Promise<boolean> {
    return this.#parts.installation !== null || (await this.#parts.connections.anywhere('mail'));
  }

  /** Leaves after the caller's commit. Returns the message's id. */
  async enqueue(transaction: Transaction<unknown>, letter: Letter): Promise<string> {
    const tx = transaction as unknown as Tx;
    const { workspace, template, language } = letter;
    const mail = await renderMail(template, language, { ...letter.values, recipient: letter.to });
    const id = uuidv7();
    await tx
      .insertInto('mail_message')
      .values({
        id,
        workspace,
        template,
        language,
        recipient: letter.to,
        subject: mail.subject,
        about: letter.about ?? null,
        answer: null,
      })
      .execute();
    // links in it let people in
    await this.#parts.secrets.put(
      tx as unknown as Transaction<SecretTables>,
      place(workspace, id),
      JSON.stringify({ html: mail.html, text: mail.text }),
    );
    const options = letter.who === undefined ? {} : { who: letter.who };
    await this.#parts.jobs.enqueue(tx as never, workspace, this.#parts.jobFor(workspace), { message: id }, options);
    return id;
  }

  /** `last`: no try comes after this one. Throws MailLater when one should, MailFailed when none will help. */
  async deliver(id: string, last: () => boolean): Promise<string> {
    const row = await this.#claim(id);
    if (row === null) return 'nothing to do';
    if (row.state === 'handing') {
      const answer =
        'The connection was lost while the message was handed over. It may have arrived, so it is not sent again.';
      await this.#end(id, row.workspace, 'unsure', answer);
      throw new MailFailed(answer);
    }
    try {
      const via = await this.via(row.workspace);
      if (!via) throw new SmtpError('never', 'No mail server is set up: see Settings → Connections.');
      const words = await this.#parts.secrets.reveal(this.#parts.db as never, place(row.workspace, id));
      if (words === null) throw new SmtpError('never', 'The words of the message are gone.');
      const { html, text } = JSON.parse(words) as { html: string; text: string };
      const mail = { id, to: row.recipient, subject: row.subject, html, text };
      const answer = await via.sender.send({ ...mail, onBody: () => this.#handing(id) });
      await this.#end(id, row.workspace, 'sent', answer);
      return answer;
    } catch (error) {
      if (!(error instanceof SmtpError)) throw error;
      if (error.verdict === 'later' && !last()) {
        await this.#set(id, 'queued', error.message);
        throw new MailLater(error.message);
      }
      await this.#end(id, row.workspace, error.verdict === 'unsure' ? 'unsure' : 'failed', error.message);
      throw new MailFailed(error.message);
    }
  }

  async forgetOld(): Promise<void> {
    await this.#parts.db
      .deleteFrom('mail_message')
      .where('created_at', '<', new Date(Date.now() - KEPT_DAYS * 86_400_000))
      .execute();
  }

  /** Null when there is nothing left to do. A message found half handed over comes back as it was. */
  #claim(id: string) {
    return this.#parts.db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('mail_message').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row || row.state === 'sent' || row.state === 'failed' || row.state === 'unsure') return null;
      if (row.state === 'handing') return row;
      await tx
        .updateTable('mail_message')
        .set({ state: 'sending', attempts: row.attempts + 1, changed_at: new Date() })
        .where('id', '=', id)
        .execute();
      return row;
    });
  }

  async #handing(id: string): Promise<void> {
    const done = await this.#parts.db
      .updateTable('mail_message')
      .set({ state: 'handing', changed_at: new Date() })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .executeTakeFirst();
    if (done.numUpdatedRows !== 1n) throw new Error('Another worker has this message.');
  }

  async #set(id: string, state: MailState, answer: string): Promise<void> {
    await this.#parts.db
      .updateTable('mail_message')
      .set({ state, answer, changed_at: new Date() })
      .where('id', '=', id)
      .execute();
  }

  async #end(id: string, workspace: string | null, state: MailState, answer: string): Promise<void> {
    await this.#set(id, state, answer);
    await this.#parts.secrets.remove(this.#parts.db as never, place(workspace, id));
  }
}
