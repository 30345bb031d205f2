// The log of calls out: what was called, how it ended, and nothing that is secret.
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { uuidv7 } from '../ids/uuid.ts';
import { redactor } from '../secrets/redactor.ts';
import type { CallEnd, OutboundTables } from './tables.ts';

export const KEPT_DAYS = 30;
const LONGEST = 300;

/** For whom a call is made. */
export interface Caller {
  /** null: for the installation */
  workspace: string | null;
  provider: string;
  connection?: string;
}

export class CallLog {
  readonly #db: Kysely<OutboundTables>;
  readonly #log: Logger;
  constructor(db: Kysely<OutboundTables>, log: Logger) {
    this.#db = db;
    this.#log = log;
  }

  /** A call that can't be written down is still a call: the fault goes to the program's log. */
  async write(caller: Caller, end: CallEnd): Promise<void> {
    try {
      await this.#db
        .insertInto('outbound_call')
        .values({
          id: uuidv7(),
          workspace: caller.workspace,
          provider: caller.provider,
          connection: caller.connection ?? null,
          ...end,
          path: redactor.clean(end.path).slice(0, LONGEST),
          error: end.error === null ? null : redactor.clean(end.error).slice(0, LONGEST),
          ms: Math.round(end.ms),
        })
        .execute();
    } catch (err) {
      this.#log.warn({ err, host: end.host }, 'a call out is missing from its log');
    }
  }

  async forgetOld(): Promise<void> {
    await this.#db
      .deleteFrom('outbound_call')
      .where('at', '<', new Date(Date.now() - KEPT_DAYS * 86_400_000))
      .execute();
  }
}
