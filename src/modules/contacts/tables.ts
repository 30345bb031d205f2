// Row types of calls, chats and what tells their source.
import type { ColumnType, Kysely } from 'kysely';
import type { KeptRow } from '../../platform/kept/kept.ts';
import type { PeopleTables } from '../../platform/workspaces/tables.ts';
import type { AnalyticsTables } from '../analytics/index.ts';
import type { ContactSourceDefinition } from './contract.ts';

export interface ContactTables {
  contact_source: KeptRow & { definition: ColumnType<ContactSourceDefinition, string, string> };
  contact_code: {
    workspace: string;
    site: string;
    code: string;
    /** the number by which events know a visitor */
    visitor: string;
    seen_at: ColumnType<Date, Date | undefined, Date>;
  };
  contact: {
    workspace: string;
    id: string;
    kind: 'call' | 'chat';
    at: ColumnType<Date, Date, Date>;
    source_id: string | null;
    code: string;
    visitor: string;
    site: string | null;
    channel: string;
    source: string;
    medium: string;
    campaign: string;
    landing_page: string;
    worth: string | number | null;
    note: string;
    external: string | null;
    created_by: string;
    created_at: ColumnType<Date, Date | undefined, Date>;
    removed_at: Date | null;
  };
}
export type Db = Kysely<ContactTables & AnalyticsTables & PeopleTables>;
