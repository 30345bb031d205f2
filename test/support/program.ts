// The real program over fresh databases of the run's engines, for integration and end-to-end tests.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { compose, type Program } from '../../src/compose.ts';
import { createSite } from '../../src/modules/analytics/sites/sites.ts';
import type { Role } from '../../src/platform/api/contract-base.ts';
import { type Config, loadConfig } from '../../src/platform/config/config.ts';
import { migrateClickHouse } from '../../src/platform/database/migrate.ts';
import { openPool } from '../../src/platform/database/postgres.ts';
import { buildServer } from '../../src/platform/http/server.ts';
import type { Installation } from '../../src/platform/installation.ts';
import { createUser } from '../../src/platform/workspaces/people.ts';
import { addMember, createWorkspace } from '../../src/platform/workspaces/workspaces.ts';
import { freePort } from './free-port.ts';

export interface TestProgram extends Program {
  config: Config;
  close(): Promise<void>;
}

export async function testProgram(flags: Record<string, string> = {}): Promise<TestProgram> {
  const socketFolder = inject('socketFolder');
  const clickhouseUrl = inject('clickhouseUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ host: socketFolder, user: 'tradewind', database: 'postgres' });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template_tradewind`);
  await admin.end();
  const data = mkdtempSync(join(tmpdir(), 'tradewind-data-'));
  const config = loadConfig({ data, clickhouseDatabase: name, logLevel: 'error', flushMs: '100', ...flags }, {});
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const pool = openPool({ socketFolder: () => socketFolder, database: name, log, max: 10 });
  const server = createClient({ url: clickhouseUrl });
  const clickhouse = createClient({
    url: clickhouseUrl,
    database: name,
    request_timeout: 120_000,
    log: { level: ClickHouseLogLevel.OFF },
  });
  await migrateClickHouse(server, clickhouse, { database: name });
  const installation: Installation = {
    config,
    log,
    pool,
    clickhouse,
    secret: randomBytes(32).toString('base64url'),
    joined: false,
    pids: () => ({ postgres: undefined, clickhouse: undefined }),
    announce: () => {},
    close: async () => {},
  };
  const program = await compose(installation, {
    rateLimit: flags.rateLimit === 'on',
    // enough to fill every screen, and soon made
    demo: { seed: 7, months: 2 },
  });
  return {
    ...program,
    config,
    close: async () => {
      await program.jobs.queue.close();
      await program.collector.close();
      await program.spool.close();
      await pool.end();
      await server.command({ query: `DROP DATABASE IF EXISTS ${name} SYNC` });
      await server.close();
      await clickhouse.close();
      const end = new pg.Client({ host: socketFolder, user: 'tradewind', database: 'postgres' });
      await end.connect();
      await end.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await end.end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export interface TestServer {
  url: string;
  program: TestProgram;
  stop(): Promise<void>;
}

/** The real web server on a port of its own, with flushing and roll-ups going. */
export async function startServer(flags: Record<string, string> = {}): Promise<TestServer> {
  const port = await freePort();
  const program = await testProgram({ port: String(port), ...flags });
  const app = await buildServer(program);
  await app.listen({ port, host: '127.0.0.1' });
  program.flusher.start();
  program.rollUps.start(500, 200);
  program.outbox.start(50);
  await program.worker.start();
  return {
    url: `http://localhost:${port}`,
    program,
    stop: async () => {
      await app.close();
      await program.worker.stop();
      await program.rollUps.stop();
      await program.outbox.stop();
      await program.flusher.stop();
      await program.close();
    },
  };
}

const SETTINGS = { currency: 'EUR', timeZone: 'Europe/Berlin', language: 'en', legalProfile: 'eu' } as const;

/** A company with one site and no people. */
export async function company(
  program: Program,
  name = 'Shop',
  host = 'shop.example',
  timeZone: string = SETTINGS.timeZone,
) {
  const workspace = await createWorkspace(
    program.people,
    { ...SETTINGS, timeZone, name },
    { owner: null, who: 'test' },
  );
  const site = await createSite(program.db, workspace, host, 'test');
  const { key } = await program.db.selectFrom('site').select('key').where('id', '=', site).executeTakeFirstOrThrow();
  return { workspace, site, key, host };
}

let people = 0;
/** Someone with a role in a company, signed in over HTTP. Returns the cookie header. */
export async function signedIn(
  server: TestServer,
  workspace: string | null,
  role: Role,
): Promise<{ cookie: string; email: string; id: string }> {
  const email = `person${++people}-${randomBytes(3).toString('hex')}@example.com`;
  const password = 'correct horse battery';
  const id = await createUser(server.program.people, { name: role, email, password });
  if (workspace) await addMember(server.program.people, workspace, id, role);
  const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`);
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; '),
    email,
    id,
  };
}
