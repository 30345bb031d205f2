// An open data folder: both engines reachable and migrated. Either this process starts them, or it joins a running server's.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { readRunFile, takeFolder } from './config/run-file.ts';
import { migrateClickHouse, migratePostgres } from './database/migrate.ts';
import { openPool } from './database/postgres.ts';
import { startEmbeddedClickHouse } from './engines/clickhouse.ts';
import { startEmbeddedPostgres } from './engines/postgres.ts';

export interface Installation {
  config: Config;
  log: Logger;
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  /** signs cookies and hashes; from TRADEWIND_SECRET or a file of mode 0600 */
  secret: string;
  /** the server whose engines these are, when another process has the folder */
  joined: boolean;
  /** process ids of embedded engines, for doctor and tests */
  pids(): { postgres: number | undefined; clickhouse: number | undefined };
  /** the address this server answers at is written beside the engines' */
  announce(url: string): void;
  close(): Promise<void>;
}

const clickHouseAt = (url: string, database: string): ClickHouseClient =>
  createClient({
    url,
    database,
    request_timeout: 600_000,
    max_open_connections: 16,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    log: { level: ClickHouseLogLevel.OFF },
    application: 'tradewind',
  });

export function readSecret(data: string): string {
  if (process.env.TRADEWIND_SECRET) return process.env.TRADEWIND_SECRET;
  const path = join(data, 'secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}

async function ensureDatabase(socketFolder: string, name: string): Promise<void> {
  const client = new pg.Client({ host: socketFolder, user: 'tradewind', database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${name}"`);
  } finally {
    await client.end();
  }
}

async function migrate(
  config: Config,
  pool: pg.Pool,
  server: ClickHouseClient,
  clickhouse: ClickHouseClient,
  only?: OpenOptions['migrations'],
): Promise<void> {
  await migratePostgres(pool, only?.postgres);
  await migrateClickHouse(server, clickhouse, {
    database: config.clickhouseDatabase,
    cluster: config.clickhouseCluster,
    only: only?.clickhouse,
  });
}

/** Lies in a data folder while a restore fills it: what is there is not whole. */
export const HALF_RESTORED = 'restore-unfinished';

export class HalfRestored extends Error {
  override name = 'HalfRestored';
  constructor(data: string) {
    super(`A restore into ${data} did not come to its end. Run it again: tradewind restore FILE --data ${data}`);
  }
}

export interface OpenOptions {
  config: Config;
  log: Logger;
  /** a line of what is being done, for a person who waits */
  say?: (line: string) => void;
  /** join the engines of a running server instead of refusing the folder */
  join: boolean;
  /** a restore loads data of an older version: only these migrations are applied, and a folder it began to fill is taken */
  migrations?: { postgres: readonly string[]; clickhouse: readonly string[] };
}

export async function openInstallation(options: OpenOptions): Promise<Installation> {
  const { config, log, say = () => {} } = options;
  const running = options.join ? readRunFile(config.data) : null;
  if (running && (running.socketFolder || config.databaseUrl) && (running.clickhouseUrl || config.clickhouseUrl)) {
    return joinRunning(options, running.socketFolder, running.clickhouseUrl);
  }
  if (!options.migrations && existsSync(join(config.data, HALF_RESTORED))) throw new HalfRestored(config.data);
  const folder = takeFolder(config.data);
  const started: { stop(): Promise<void> }[] = [];
  try {
    mkdirSync(join(config.data, 'spool'), { recursive: true });
    const secret = readSecret(config.data);
    if (!config.databaseUrl) say('Starting PostgreSQL');
    if (!config.clickhouseUrl) say('Starting ClickHouse');
    const [postgres, clickhouseEngine] = await Promise.allSettled([
      config.databaseUrl ? null : startEmbeddedPostgres({ folder: join(config.data, 'postgres'), log }),
      config.clickhouseUrl ? null : startEmbeddedClickHouse({ folder: join(config.data, 'clickhouse'), log }),
    ]);
    for (const engine of [clickhouseEngine, postgres])
      if (engine.status === 'fulfilled' && engine.value) started.push(engine.value);
    if (postgres.status === 'rejected') throw postgres.reason;
    if (clickhouseEngine.status === 'rejected') throw clickhouseEngine.reason;
    const embedded = postgres.value;
    const engine = clickhouseEngine.value;
    if (embedded) await ensureDatabase(embedded.socketFolder(), 'tradewind');
    const pool = openPool({ url: config.databaseUrl, socketFolder: embedded?.socketFolder, log });
    const clickhouseUrl = config.clickhouseUrl ?? engine!.url();
    const server = clickHouseAt(clickhouseUrl, 'default');
    const clickhouse = clickHouseAt(clickhouseUrl, config.clickhouseDatabase);
    started.unshift({
      stop: async () => {
        await clickhouse.close();
        await pool.end();
      },
    });
    await migrate(config, pool, server, clickhouse, options.migrations);
    await server.close();
    folder.update({
      databaseUrl: config.databaseUrl ?? null,
      socketFolder: embedded?.socketFolder() ?? null,
      clickhouseUrl,
    });
    return {
      config,
      log,
      pool,
      clickhouse,
      secret,
      joined: false,
      pids: () => ({ postgres: embedded?.pid(), clickhouse: engine?.pid() }),
      announce: (url) => folder.update({ url }),
      close: async () => {
        for (const part of started) await part.stop();
        folder.release();
      },
    };
  } catch (error) {
    for (const part of started) await part.stop().catch(() => {});
    folder.release();
    throw error;
  }
}

async function joinRunning(
  { config, log }: OpenOptions,
  socketFolder: string | null,
  clickhouseUrl: string | null,
): Promise<Installation> {
  const pool = openPool({
    url: config.databaseUrl,
    socketFolder: socketFolder ? () => socketFolder : undefined,
    log,
    max: 6,
  });
  const clickhouse = clickHouseAt(config.clickhouseUrl ?? clickhouseUrl!, config.clickhouseDatabase);
  return {
    config,
    log,
    pool,
    clickhouse,
    secret: readSecret(config.data),
    joined: true,
    pids: () => ({ postgres: undefined, clickhouse: undefined }),
    announce: () => {},
    close: async () => {
      await clickhouse.close();
      await pool.end();
    },
  };
}
