// Row type of the log of calls out.
import type { ColumnType } from 'kysely';

export interface OutboundTables {
  outbound_call: {
    id: string;
    workspace: string | null;
    provider: string;
    connection: string | null;
    at: ColumnType<Date, Date | string | undefined, Date | string>;
    method: string;
    host: string;
    path: string;
    status: number | null;
    ms: number;
    bytes: number;
    attempt: number;
    error: string | null;
  };
}
