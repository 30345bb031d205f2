// Every change leaves a row: who, what, on what, when.
import type { Kysely, Transaction } from 'kysely';
import { uuidv7 } from '../ids/uuid.ts';
import type { PeopleTables } from '../workspaces/tables.ts';

export interface AuditEntry {
  /** null for what belongs to no workspace, like a sign-in */
  workspace: string | null;
  /** e-mail, or `api-key NAME`, or `command line` */
  who: string;
  /** noun.verb, like member.role */
  action: string;
  target: string;
  /** what changed; never a secret */
  details?: Record<string, unknown>;
}

export async function writeAudit<T extends PeopleTables>(
  db: Kysely<T> | Transaction<T>,
  entry: AuditEntry,
): Promise<void> {
  await (db as unknown as Kysely<PeopleTables>)
    .insertInto('audit')
    .values({
      workspace: entry.workspace,
      id: uuidv7(),
      who: entry.who,
      action: entry.action,
      target: entry.target,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
