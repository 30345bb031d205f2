// Applies migrations/postgres and migrations/clickhouse in order, each once, forward only.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';

const ROOT = join(import.meta.dirname, '../../../migrations');

const list = (engine: string): { name: string; sql: string }[] =>
  readdirSync(join(ROOT, engine))
    .filter((name) => /^\d{4}-[\w-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(ROOT, engine, name), 'utf8') }));

/** Names of all migrations this version knows. */
export const knownMigrations = (engine: 'postgres' | 'clickhouse'): string[] => list(engine).map(({ name }) => name);

/**
 * One transaction a file, under a lock, so that two servers starting at once don't collide. `only` stops at the shape of an older
 * version, whose data is then loaded.
 */
export async function migratePostgres(pool: pg.Pool, only?: readonly string[]): Promise<string[]> {
  const client = await pool.connect();
  const applied: string[] = [];
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('tradewind migrations'))");
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const done = new Set((await client.query<{ name: string }>('SELECT name FROM migration')).rows.map((r) => r.name));
    for (const { name, sql } of list('postgres')) {
      if (done.has(name) || (only && !only.includes(name))) continue;
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query('INSERT INTO migration (name) VALUES ($1)', [name]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext('tradewind migrations'))").catch(() => {});
    client.release();
  }
  return applied;
}

/** Statements of a ClickHouse file, with the engine clause written for one machine or for a cluster. */
export function clickHouseStatements(sql: string, cluster: string | undefined): string[] {
  return sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll('{on_cluster}', cluster ? `ON CLUSTER \`${cluster}\`` : '')
    .replaceAll(/\{engine:(\w*MergeTree)(?:\(([^)]*)\))?\}/g, (_all, engine: string, args: string | undefined) => {
      if (!cluster) return `${engine}(${args ?? ''})`;
      const where = "'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'";
      return `Replicated${engine}(${where}${args ? `, ${args}` : ''})`;
    })
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}

export async function migrateClickHouse(
  server: ClickHouseClient,
  client: ClickHouseClient,
  options: { database: string; cluster?: string | undefined; only?: readonly string[] | undefined },
): Promise<string[]> {
  const onCluster = options.cluster ? ` ON CLUSTER \`${options.cluster}\`` : '';
  await server.command({ query: `CREATE DATABASE IF NOT EXISTS \`${options.database}\`${onCluster} ENGINE = Atomic` });
  const [table] = clickHouseStatements(
    'CREATE TABLE IF NOT EXISTS migration {on_cluster} (name String, at DateTime DEFAULT now()) ENGINE = {engine:MergeTree} ORDER BY name',
    options.cluster,
  );
  await client.command({ query: table! });
  const answer = await client.query({ query: 'SELECT name FROM migration', format: 'JSONEachRow' });
  const done = new Set((await answer.json<{ name: string }>()).map((row) => row.name));
  const applied: string[] = [];
  for (const { name, sql } of list('clickhouse')) {
    if (done.has(name) || (options.only && !options.only.includes(name))) continue;
    // ClickHouse has no transactions for tables: every statement is written so that it can be repeated
    for (const query of clickHouseStatements(sql, options.cluster)) await client.command({ query });
    await client.insert({ table: 'migration', columns: ['name'], values: [{ name }], format: 'JSONEachRow' });
    applied.push(name);
  }
  return applied;
}
