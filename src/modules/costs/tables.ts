// Row types of the tables of costs, rates and VAT in PostgreSQL.
import type { ColumnType, Kysely } from 'kysely';
import type { ConnectionTables } from '../../platform/providers/tables.ts';
import type { PeopleTables } from '../../platform/workspaces/tables.ts';
import type { AnalyticsTables } from '../analytics/index.ts';

type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface CostTable {
  workspace: string;
  id: string;
  site: string;
  /** who says so: the name of an import's mapping, or 'manual' */
  feed: string;
  day: string;
  source: Defaulted<string>;
  medium: Defaulted<string>;
  campaign: Defaulted<string>;
  content: Defaulted<string>;
  term: Defaulted<string>;
  page: Defaulted<string>;
  channel: Defaulted<string>;
  currency: string;
  /** minor units, without VAT */
  amount: number;
  vat: Defaulted<number>;
  impressions: number | null;
  clicks: number | null;
  import: string | null;
  updated_at: ColumnType<Date, Date | undefined, Date>;
}

export interface CostTables {
  cost: CostTable;
  exchange_rate: {
    workspace: string;
    id: string;
    day: string;
    currency: string;
    to_currency: string;
    /** a decimal number as text */
    rate: string;
    source: string;
    import: string | null;
  };
  goods_cost: {
    workspace: string;
    id: string;
    product: string;
    from_day: string;
    /** minor units */
    cost: number;
    currency: string;
    import: string | null;
    updated_at: ColumnType<Date, Date | undefined, Date>;
  };
  rate_fetch: {
    connection: string;
    workspace: string;
    day: string;
    at: ColumnType<Date, Date | undefined, Date>;
    stored: number;
  };
  vat_rate: { workspace: string; id: string; from_day: string; per_mille: number };
}

export type Db = Kysely<CostTables & PeopleTables & AnalyticsTables & ConnectionTables>;
