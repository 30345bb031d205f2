// The consumer that keeps copies of PostgreSQL's rows in ClickHouse, so that one query joins behaviour with money. Tables are
// ReplacingMergeTree(version, gone) and read with FINAL: the greatest version of a row stands, however often and in whatever order it arrives.
import type { ClickHouseClient } from '@clickhouse/client';
import type { Change, Consumer } from './outbox.ts';

/** A PostgreSQL table whose trigger is mirror_row('topic') and the ClickHouse table that holds its copy. */
export interface Mirrored {
  topic: string;
  /** of ClickHouse, with fsync_after_insert; has the columns workspace, version UInt64 and gone UInt8 besides those of `row` */
  table: string;
  /** the ClickHouse row of a changed row; of one that was deleted, its last state */
  row(data: Record<string, unknown>, change: Change): Record<string, unknown>;
}

const BATCH = 20_000;

export function mirror(clickhouse: ClickHouseClient, tables: readonly Mirrored[]): Consumer {
  const byTopic = new Map(tables.map((mirrored) => [mirrored.topic, mirrored]));
  return {
    name: 'mirror',
    topics: [],
    batch: BATCH,
    async take(changes) {
      const rows = new Map<Mirrored, Record<string, unknown>[]>();
      for (const change of changes) {
        const mirrored = byTopic.get(change.topic);
        if (!mirrored) throw new Error(`No mirror takes the topic ${change.topic}`);
        const row = { ...mirrored.row(change.data, change), workspace: change.workspace, version: change.version };
        const list = rows.get(mirrored) ?? [];
        rows.set(mirrored, list);
        list.push({ ...row, gone: change.gone ? 1 : 0 });
      }
      for (const [{ table }, values] of rows)
        await clickhouse.insert({
          table,
          values,
          format: 'JSONEachRow',
          clickhouse_settings: { date_time_input_format: 'best_effort', max_partitions_per_insert_block: '1000' },
        });
    },
  };
}
