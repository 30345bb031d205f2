// The oldest PostgreSQL that is supported (Debian's 15) and a ClickHouse endpoint that runs as a program of its own: what an
// installation with DATABASE_URL and CLICKHOUSE_URL has. For runs with TEST_ENGINES=own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import pg from 'pg';
import { freePort } from '../support/free-port.ts';

const PASSWORD = randomBytes(16).toString('hex');
const BIN = '/usr/lib/postgresql/15/bin';

const number = (name: 'uid' | 'gid'): number =>
  Number(execFileSync('id', [name === 'uid' ? '-u' : '-g', 'postgres'], { encoding: 'utf8' }));

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

async function until(what: string, holds: () => Promise<unknown>): Promise<void> {
  let last: unknown;
  for (let i = 0; i < 300; i++) {
    try {
      await holds();
      return;
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`${what} does not answer: ${String(last)}`);
}

async function startDebianPostgres(folder: string) {
  const of = { uid: number('uid'), gid: number('gid') };
  const cluster = join(folder, 'cluster');
  const socketFolder = join(folder, 'socket');
  mkdirSync(folder);
  mkdirSync(socketFolder);
  for (const path of [folder, socketFolder]) {
    chmodSync(path, 0o755);
    chownSync(path, of.uid, of.gid);
  }
  const init = ['-D', cluster, '-U', 'tradewind', '-E', 'UTF8', '--locale=C.UTF-8', '--auth-local=trust'];
  execFileSync(join(BIN, 'initdb'), [...init, '--auth-host=reject', '--no-instructions'], {
    ...of,
    cwd: folder,
    stdio: 'ignore',
  });
  const settings = ['-c', 'listen_addresses=', '-c', 'max_connections=80', '-c', 'timezone=UTC'];
  const child = spawn(join(BIN, 'postgres'), ['-D', cluster, '-k', socketFolder, ...settings], {
    ...of,
    cwd: folder,
    stdio: 'ignore',
  });
  await until('PostgreSQL 15', async () => {
    const client = new pg.Client({ host: socketFolder, user: 'tradewind', database: 'postgres' });
    try {
      await client.connect();
    } finally {
      await client.end().catch(() => {});
    }
  });
  return {
    socketFolder: () => socketFolder,
    stop: async () => {
      child.kill('SIGINT');
      await ended(child);
    },
  };
}

async function startClickHouseEndpoint(folder: string) {
  const port = await freePort();
  const program = join(import.meta.dirname, '../../src/platform/engines/clickhouse-child.ts');
  mkdirSync(folder);
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      TRADEWIND_CLICKHOUSE_FOLDER: folder,
      TRADEWIND_CLICKHOUSE_PASSWORD: PASSWORD,
      TRADEWIND_CLICKHOUSE_PORT: String(port),
    },
    stdio: 'ignore',
  });
  const url = `http://default:${PASSWORD}@127.0.0.1:${port}`;
  await until('ClickHouse', async () => {
    const client = createClient({ url, log: { level: ClickHouseLogLevel.OFF } });
    try {
      await (await client.query({ query: 'SELECT 1', format: 'JSONEachRow' })).text();
    } finally {
      await client.close();
    }
  });
  return {
    url: () => url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}

export async function startOwnEngines() {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-own-engines-'));
  chmodSync(folder, 0o755);
  const postgres = await startDebianPostgres(join(folder, 'postgres'));
  const clickhouse = await startClickHouseEndpoint(join(folder, 'clickhouse')).catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  return { postgres, clickhouse, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
