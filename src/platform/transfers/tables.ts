// Row types of exports and imports of companies.
import type { ColumnType } from 'kysely';

type Defaulted = ColumnType<Date, Date | undefined, Date>;

/** What people should know of an export or import that came to its end. */
export interface TransferResult {
  /** of the company */
  name: string;
  events: number;
  files: number;
  people: number;
  /** bytes of the archive; of an export */
  bytes?: number;
  fingerprint?: string;
  /** of an import: connections that need their passwords, and sites whose line must be changed */
  connections?: string[];
  newKeys?: string[];
}

export interface TransferTables {
  transfer: {
    workspace: string | null;
    id: string;
    direction: 'export' | 'import';
    file_name: string;
    file: string | null;
    run: string | null;
    target: string | null;
    owner: string | null;
    who: string;
    result: ColumnType<TransferResult | null, string | null, string | null>;
    error: string | null;
    created_at: Defaulted;
    finished_at: Date | null;
  };
}
