// Row types of other counters in PostgreSQL.
import type { ColumnType, Kysely } from 'kysely';
import type { PeopleTables } from '../../platform/workspaces/tables.ts';
import type { AnalyticsTables } from '../analytics/index.ts';
import type { Counter } from './contract.ts';

export interface CounterTables {
  counter_day: {
    workspace: string;
    id: string;
    site: string;
    counter: Counter;
    day: string;
    source: ColumnType<string, string | undefined, string>;
    visits: number;
    visitors: number | null;
    views: number | null;
    conversions: number | null;
    import: string | null;
    updated_at: ColumnType<Date, Date | undefined, Date>;
  };
  counter: {
    workspace: string;
    site: string;
    counter: Counter;
    zone: string | null;
    number: ColumnType<string | null, string | null | undefined, string | null>;
  };
  forwarded_goal: { workspace: string; site: string; goal: string; counter: 'metrica' | 'ga4'; name: string };
}

export type Db = Kysely<CounterTables & PeopleTables & AnalyticsTables>;
