// Row type of annotations in PostgreSQL.
import type { ColumnType } from 'kysely';

export interface AnnotationTables {
  annotation: {
    workspace: string;
    id: string;
    site: string | null;
    day: string;
    text: string;
    import: string | null;
    created_by: string;
    created_at: ColumnType<Date, Date | undefined, Date>;
  };
}
