// Row types of files.
import type { ColumnType } from 'kysely';

type Defaulted = ColumnType<Date, Date | string | undefined, Date | string>;

export interface FileTables {
  file_content: { sha256: string; size: number; touched_at: Defaulted };
  file: {
    workspace: string;
    id: string;
    sha256: string;
    name: string;
    type: string;
    size: number;
    created_by: string;
    created_at: Defaulted;
    expires_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  };
  file_upload: {
    workspace: string;
    id: string;
    name: string;
    size: number;
    created_by: string;
    created_at: Defaulted;
    touched_at: Defaulted;
  };
}
