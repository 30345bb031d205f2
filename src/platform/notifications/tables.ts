// Row types of what people are told.
import type { ColumnType } from 'kysely';

export interface NotificationTables {
  notification: {
    workspace: string;
    id: string;
    user_id: string;
    kind: string;
    details: ColumnType<Record<string, string | number | null>, string, string>;
    path: string | null;
    at: ColumnType<Date, Date | undefined, Date>;
    read_at: Date | null;
  };
}
