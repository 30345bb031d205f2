// Row type of connected services.
import type { ColumnType } from 'kysely';
import type { ConnectionState } from './states-contract.ts';

type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export interface ConnectionTables {
  connection: {
    workspace: string;
    id: string;
    provider: string;
    name: string;
    settings: ColumnType<Record<string, unknown>, string, string>;
    state: ConnectionState;
    checked_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    said: string | null;
    created_at: Timestamp;
  };
}
