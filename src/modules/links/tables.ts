// Row types of links in PostgreSQL.
import type { ColumnType, Kysely } from 'kysely';
import type { KeptRow } from '../../platform/kept/kept.ts';
import type { PeopleTables } from '../../platform/workspaces/tables.ts';
import type { AnalyticsTables } from '../analytics/index.ts';
import type { Convention } from './convention-contract.ts';

export interface LinkTables {
  link: KeptRow & {
    target: string;
    source: string;
    medium: string;
    campaign: string;
    content: string;
    term: string;
    code: string;
    active: boolean;
    /** YYYY-MM-DD */
    last_day: string | null;
  };
  link_settings: {
    workspace: string;
    convention: ColumnType<Convention, string, string>;
    domain: string | null;
    left_alone: ColumnType<string[], string, string>;
    updated_by: string;
    updated_at: ColumnType<Date, Date | undefined, Date>;
  };
  link_click: {
    workspace: string;
    link: string;
    day: string;
    country: string;
    device: string;
    way: 'click' | 'scan' | 'robot';
    count: number;
  };
}
export type Db = Kysely<LinkTables & AnalyticsTables & PeopleTables>;
