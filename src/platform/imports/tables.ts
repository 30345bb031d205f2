// Row types of imports.
import type { ColumnType } from 'kysely';
import type { ImportResult, ImportState, ImportSummary } from './contract.ts';
import type { ImportSettings } from './settings-contract.ts';

type Json<T> = ColumnType<T, string, string>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface ImportTables {
  import: {
    workspace: string;
    id: string;
    kind: string;
    source: string;
    file: string | null;
    file_name: string;
    file_size: number;
    state: ImportState;
    settings: Json<ImportSettings>;
    headers: Json<string[]>;
    run: string | null;
    staged: Defaulted<number>;
    summary: ColumnType<ImportSummary | null, string | null | undefined, string | null>;
    result: ColumnType<ImportResult | null, string | null | undefined, string | null>;
    written_key: string | null;
    rejects_file: string | null;
    created_by: string;
    created_at: Defaulted<Date>;
    finished_at: Date | null;
  };
  import_row: { workspace: string; import: string; key: string; line: number; data: Json<unknown> };
  import_reject: { workspace: string; import: string; line: number; reason: string; cells: Json<string[]> };
  import_undo: { workspace: string; import: string; seq: number; entries: Json<unknown[]> };
  import_mapping: {
    workspace: string;
    id: string;
    kind: string;
    source: string;
    headers: Json<string[]>;
    settings: Json<ImportSettings>;
    used_at: Defaulted<Date>;
  };
}
