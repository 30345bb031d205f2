// One pair of embedded engines for the whole run, whichever projects are in it; every test file gets databases of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Logger, pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../src/platform/database/migrate.ts';
import { openPool } from '../../src/platform/database/postgres.ts';
import { startEmbeddedClickHouse } from '../../src/platform/engines/clickhouse.ts';
import { startEmbeddedPostgres } from '../../src/platform/engines/postgres.ts';
import { startOwnEngines } from './own-engines.ts';

declare module 'vitest' {
  interface ProvidedContext {
    socketFolder: string;
    clickhouseUrl: string;
  }
}

interface Engines {
  users: number;
  started: Promise<{ socketFolder: string; clickhouseUrl: string; stop(): Promise<void> }>;
}
const shared = globalThis as { tradewindTestEngines?: Engines };

async function startEmbedded(log: Logger) {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-test-'));
  const [postgres, clickhouse] = await Promise.all([
    startEmbeddedPostgres({ folder: join(folder, 'postgres'), log }),
    startEmbeddedClickHouse({ folder: join(folder, 'clickhouse'), log }),
  ]);
  return { postgres, clickhouse, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function startBoth() {
  const log = pino({ level: 'error' });
  const { postgres, clickhouse, remove } = await (process.env.TEST_ENGINES === 'own'
    ? startOwnEngines()
    : startEmbedded(log));
  const admin = new pg.Client({ host: postgres.socketFolder(), user: 'tradewind', database: 'postgres' });
  await admin.connect();
  await admin.query('CREATE DATABASE template_tradewind');
  await admin.end();
  const pool = openPool({ socketFolder: postgres.socketFolder, database: 'template_tradewind', log });
  await migratePostgres(pool);
  await pool.end();
  return {
    socketFolder: postgres.socketFolder(),
    clickhouseUrl: clickhouse.url(),
    stop: async () => {
      await Promise.all([postgres.stop(), clickhouse.stop()]);
      remove();
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.tradewindTestEngines ??= { users: 0, started: startBoth() };
  const engines = shared.tradewindTestEngines;
  engines.users++;
  const { socketFolder, clickhouseUrl, stop } = await engines.started;
  project.provide('socketFolder', socketFolder);
  project.provide('clickhouseUrl', clickhouseUrl);
  return async () => {
    engines.users--;
    if (engines.users > 0) return;
    delete shared.tradewindTestEngines;
    await stop();
  };
}
