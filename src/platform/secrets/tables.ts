// Row type of encrypted values.
import type { ColumnType } from 'kysely';

export interface SecretTables {
  secret: {
    id: string;
    workspace: string | null;
    name: string;
    key_id: string;
    sealed: Buffer;
    ends_with: string;
    set_at: ColumnType<Date, Date | string | undefined, Date | string>;
  };
}
