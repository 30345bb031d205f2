// ClickHouse's side of an archive. A moment is kept as tables that share their files with the true ones, which costs nothing and
// holds still while it is read out in ClickHouse's own format, a bounded piece at a time.
import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type { ArchiveReader } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import type { Part } from './manifest.ts';

/** bytes of one piece before compression */
const CHUNK = 24 * 1024 * 1024;
/** derived from visits and events, and rebuilt after a restore */
const DERIVED = /^rollup_/;

export interface SnapshotTable {
  name: string;
  columns: string[];
  rows: number;
  bytes: number;
}
export interface Snapshot {
  database: string;
  tables: SnapshotTable[];
  drop(): Promise<void>;
}

async function ask<T>(clickhouse: ClickHouseClient, query: string, params: Record<string, unknown> = {}): Promise<T[]> {
  return (await clickhouse.query({ query, query_params: params, format: 'JSONEachRow' })).json<T>();
}

const prefixOf = (database: string): string => `${database}_backup_`;

/** Drops what a backup left that was killed. Call it while holding the lock of backups. */
export async function dropStaleSnapshots(clickhouse: ClickHouseClient, database: string): Promise<number> {
  const found = await ask<{ name: string }>(
    clickhouse,
    'SELECT name FROM system.databases WHERE startsWith(name, {prefix:String})',
    { prefix: prefixOf(database) },
  );
  for (const { name } of found) await clickhouse.command({ query: `DROP DATABASE IF EXISTS \`${name}\` SYNC` });
  return found.length;
}

/** Names of the tables that hold what can't be derived. */
export async function eventTables(clickhouse: ClickHouseClient, database: string): Promise<string[]> {
  const tables = await ask<{ name: string }>(
    clickhouse,
    `SELECT name FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree' AND name != 'migration' ORDER BY name`,
    { database },
  );
  return tables.map(({ name }) => name).filter((name) => !DERIVED.test(name));
}

export async function takeSnapshot(clickhouse: ClickHouseClient, database: string): Promise<Snapshot> {
  const copy = `${prefixOf(database)}${Date.now()}`;
  const names = await eventTables(clickhouse, database);
  await clickhouse.command({ query: `CREATE DATABASE \`${copy}\` ENGINE = Atomic` });
  const drop = async (): Promise<void> => {
    await clickhouse.command({ query: `DROP DATABASE IF EXISTS \`${copy}\` SYNC` });
  };
  try {
    for (const name of names) {
      await clickhouse.command({ query: `CREATE TABLE \`${copy}\`.\`${name}\` AS \`${database}\`.\`${name}\`` });
      await clickhouse.command({ query: `SYSTEM STOP MERGES \`${copy}\`.\`${name}\`` });
    }
    // one right after the other: the moment
    for (const name of names)
      await clickhouse.command({
        query: `ALTER TABLE \`${copy}\`.\`${name}\` ATTACH PARTITION ALL FROM \`${database}\`.\`${name}\``,
      });
    const tables: SnapshotTable[] = [];
    for (const name of names) {
      const columns = await ask<{ name: string }>(
        clickhouse,
        `SELECT name FROM system.columns WHERE database = {copy:String} AND table = {name:String} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS') ORDER BY position`,
        { copy, name },
      );
      const [size] = await ask<{ rows: string; bytes: string }>(
        clickhouse,
        'SELECT sum(rows) AS rows, sum(data_uncompressed_bytes) AS bytes FROM system.parts WHERE database = {copy:String} AND table = {name:String} AND active',
        { copy, name },
      );
      tables.push({
        name,
        columns: columns.map((column) => column.name),
        rows: Number(size?.rows ?? 0),
        bytes: Number(size?.bytes ?? 0),
      });
    }
    return { database: copy, tables, drop };
  } catch (error) {
    await drop().catch(() => {});
    throw error;
  }
}

async function bytesOf(clickhouse: ClickHouseClient, query: string): Promise<Buffer> {
  const answer = await clickhouse.exec({ query });
  const pieces: Buffer[] = [];
  for await (const piece of answer.stream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * How many rows there are, and the sum of their hashes, which is the same whatever their order. Both of one moment: rows that replace
 * each other become fewer meanwhile.
 */
export async function contentOf(
  clickhouse: ClickHouseClient,
  table: string,
  columns: readonly string[],
  workspace?: string,
): Promise<{ rows: number; hash: string }> {
  const list = columns.map((name) => `\`${name}\``).join(', ');
  const [row] = await ask<{ n: string; hash: string }>(
    clickhouse,
    `SELECT count() AS n, toString(sum(cityHash64(${list}))) AS hash FROM ${table}${workspace ? ` WHERE workspace = '${workspace}'` : ''}`,
  );
  return { rows: Number(row?.n ?? 0), hash: row?.hash ?? '0' };
}

interface Piece {
  /** a part of the table on the disk, and rows of it in a row */
  name: string;
  first: number;
  rows: number;
}

async function piecesOf(
  clickhouse: ClickHouseClient,
  { database }: Snapshot,
  table: string,
  workspace: string | undefined,
): Promise<Piece[]> {
  if (workspace === undefined) {
    const parts = await ask<{ name: string; rows: string }>(
      clickhouse,
      'SELECT name, rows FROM system.parts WHERE database = {database:String} AND table = {table:String} AND active ORDER BY name',
      { database, table },
    );
    return parts.map(({ name, rows }) => ({ name, first: 0, rows: Number(rows) }));
  }
  // every table is sorted by workspace first, so the rows of one lie together
  const parts = await ask<{ name: string; first: string; last: string; rows: string }>(
    clickhouse,
    `SELECT _part AS name, min(_part_offset) AS first, max(_part_offset) AS last, count() AS rows
     FROM \`${database}\`.\`${table}\` WHERE workspace = {workspace:UUID} GROUP BY _part ORDER BY _part`,
    { workspace },
  );
  return parts.map(({ name, first, last, rows }) => {
    if (Number(last) - Number(first) + 1 !== Number(rows)) throw new Error(`${table} is not sorted by workspace first`);
    return { name, first: Number(first), rows: Number(rows) };
  });
}

/** Writes a table of the snapshot as a part, or only the rows of one workspace. Returns how many. */
export async function dumpTable(
  clickhouse: ClickHouseClient,
  archive: ArchiveWriter,
  snapshot: Snapshot,
  table: SnapshotTable,
  onBytes: (bytes: number) => void = () => {},
  only?: { workspace: string; hashed: readonly string[] },
): Promise<number> {
  const from = `\`${snapshot.database}\`.\`${table.name}\``;
  const columns = table.columns.map((name) => `\`${name}\``).join(', ');
  const part = archive.part(`clickhouse/${table.name}`, table.columns);
  const step = Math.max(1000, Math.floor(CHUNK / Math.max(1, table.bytes / Math.max(1, table.rows))));
  for (const { name, first, rows } of await piecesOf(clickhouse, snapshot, table.name, only?.workspace)) {
    for (let done = 0; done < rows; done += step) {
      const count = Math.min(step, rows - done);
      const where = `_part = '${name}' AND _part_offset >= ${first + done} AND _part_offset < ${first + done + count}`;
      const own = only ? `workspace = '${only.workspace}' AND ` : '';
      const bytes = await bytesOf(clickhouse, `SELECT ${columns} FROM ${from} WHERE ${own}${where} FORMAT Native`);
      if (bytes.length === 0) continue;
      await part.add(bytes, count);
      onBytes(bytes.length);
    }
  }
  part.part.hash = (await contentOf(clickhouse, from, only?.hashed ?? table.columns, only?.workspace)).hash;
  if (only) part.part.hashed = [...only.hashed];
  return part.part.rows;
}

/** Loads a part into its table, an insert a chunk. */
export async function loadTable(
  clickhouse: ClickHouseClient,
  archive: ArchiveReader,
  part: Part,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  const table = part.name.slice('clickhouse/'.length);
  const columns = part.columns.map((name) => `\`${name}\``).join(', ');
  for await (const { data } of archive.chunks(part)) {
    const answer = await clickhouse.exec({
      query: `INSERT INTO \`${table}\` (${columns}) FORMAT Native`,
      values: Readable.from([data], { objectMode: false }),
      clickhouse_settings: { max_partitions_per_insert_block: '1000', insert_deduplicate: 0 },
    });
    for await (const _rest of answer.stream) {
      // the insert is done when the answer has ended
    }
    onBytes(data.length);
  }
}
