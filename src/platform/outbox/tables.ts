// Row types of the outbox.
import type { Generated } from 'kysely';

export interface OutboxTable {
  seq: Generated<number>;
  workspace: string;
  consumer: string;
  topic: string;
  key: string;
  version: Generated<number>;
  gone: Generated<boolean>;
  /** jsonb: text when written, an object when read */
  data: unknown;
  known: Generated<Date>;
  attempts: Generated<number>;
  next_at: Generated<Date>;
  error: string | null;
  done_at: Date | null;
}

export interface OutboxTables {
  outbox: OutboxTable;
}
