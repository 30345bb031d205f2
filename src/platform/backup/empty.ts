// A restore writes over nothing: folder and databases must be empty, or hold the beginnings of a restore that was cut off.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import pg from 'pg';
import type { Config } from '../config/config.ts';
import { readRunFile } from '../config/run-file.ts';
import { HALF_RESTORED } from '../installation.ts';
import { BackupError } from './manifest.ts';

/** May lie there before: keys that were moved, and settings. */
const WELCOME = new Set(['key', 'secret', 'tradewind.json', 'lost+found']);

async function refuseFullPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_%' ORDER BY 1 LIMIT 1`,
    );
    if (found.rows[0])
      throw new BackupError(
        `The database of DATABASE_URL is not empty (it has the table ${found.rows[0].name}). Restore into a new database. ` +
          'If these are the remains of a restore that was cut off: DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS pgboss CASCADE; CREATE SCHEMA public;',
      );
  } finally {
    await client.end();
  }
}

async function refuseFullClickHouse(url: string, database: string): Promise<void> {
  const client = createClient({ url });
  try {
    const answer = await client.query({
      query: 'SELECT name FROM system.tables WHERE database = {database:String} ORDER BY name LIMIT 1',
      query_params: { database },
      format: 'JSONEachRow',
    });
    const [table] = await answer.json<{ name: string }>();
    if (table)
      throw new BackupError(
        `The database ${database} of CLICKHOUSE_URL is not empty (it has the table ${table.name}). Restore into a new one ` +
          `(CLICKHOUSE_DATABASE). If these are the remains of a restore that was cut off: DROP DATABASE ${database} SYNC`,
      );
  } finally {
    await client.close();
  }
}

const clear = (data: string): void => {
  for (const name of readdirSync(data))
    if (!WELCOME.has(name) && name !== HALF_RESTORED) rmSync(join(data, name), { recursive: true, force: true });
};

/** Takes the place for a restore. Returns what gives it up again: after success, or leaving nothing behind. */
export async function takeEmptyPlace(config: Config): Promise<{ done(): void; failed(): void }> {
  const { data } = config;
  const marker = join(data, HALF_RESTORED);
  if (readRunFile(data)) throw new BackupError(`Tradewind runs on ${data}. Restore into an empty folder.`);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const there = readdirSync(data).filter((name) => !WELCOME.has(name));
  if (there.length > 0 && !existsSync(marker))
    throw new BackupError(
      `${data} is not empty (it has ${there.slice(0, 3).join(', ')}). Restore into an empty folder: --data DIR. Only key, secret and tradewind.json may be there.`,
    );
  if (config.databaseUrl) await refuseFullPostgres(config.databaseUrl);
  if (config.clickhouseUrl) await refuseFullClickHouse(config.clickhouseUrl, config.clickhouseDatabase);
  writeFileSync(marker, 'What lies here is half a restore.\n', { mode: 0o600 });
  clear(data);
  return {
    done: () => rmSync(marker, { force: true }),
    failed: () => {
      clear(data);
      rmSync(marker, { force: true });
    },
  };
}
