// Row type of the log of calls out.
import type { ColumnType } from 'kysely';

/** How a call went; `bytes` of the answer, `ms` milliseconds. */
export interface CallEnd {
  method: string;
  host: string;
  path: string;
  status: number | null;
  ms: number;
  bytes: number;
  attempt: number;
  error: string | null;
}

export interface OutboundTables {
  outbound_call: CallEnd & {
    id: string;
    workspace: string | null;
    provider: string;
    connection: string | null;
    at: ColumnType<Date, Date | string | undefined, Date | string>;
  };
}
