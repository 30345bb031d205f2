// Restores an installation: everything is checked first, data is loaded in the shape it was written in, then migrated forward,
// and at last made alive: roll-ups to be rebuilt, changes to be handed over again, jobs back in line.
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { knownMigrations, migrateClickHouse, migratePostgres } from '../database/migrate.ts';
import type { FileStore } from '../files/store.ts';
import { type Installation, openInstallation } from '../installation.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { makeAlive } from './alive.ts';
import { ArchiveReader } from './archive-reader.ts';
import { contentOf, loadTable } from './clickhouse-rows.ts';
import { takeEmptyPlace } from './empty.ts';
import { loadContents } from './file-contents.ts';
import { placeKeys } from './keys-file.ts';
import { BackupError, type Manifest, type Progress } from './manifest.ts';
import { loadRows, PLAIN, quoted, raiseSequences, tablesOf } from './postgres-rows.ts';
import { loadSpool } from './spool-rows.ts';

export interface RestoreParts {
  config: Config;
  log: Logger;
  storeOf(installation: Installation): FileStore;
  ringOf(config: Config): KeyRing;
  onProgress?: Progress;
  say?: (line: string) => void;
}

export interface RestoreDone {
  seconds: number;
  createdAt: string;
  rows: Record<string, number>;
  spooled: number;
  files: number;
  /** changes that are handed over again */
  replayed: number;
  /** stored passwords whose key is not here */
  unopened: number;
}

/** Throws BackupError when the archive needs a newer program than this. */
export function refuseNewer(of: Manifest): void {
  for (const engine of ['postgres', 'clickhouse'] as const) {
    const known = new Set(knownMigrations(engine));
    const unknown = of.migrations[engine].filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new BackupError(
        `The archive was made by a newer Tradewind (${of.program}; this one does not know ${unknown.join(', ')}). Update this one first, then restore.`,
      );
  }
}

/** Sees that what arrived is what left: counts always, hashes where both engines reckon them alike. */
async function compare({ clickhouse }: Installation, archive: ArchiveReader): Promise<void> {
  const [version] = await (await clickhouse.query({ query: 'SELECT version() AS v', format: 'JSONEachRow' })).json<{
    v: string;
  }>();
  for (const part of archive.parts('clickhouse/')) {
    const table = part.name.slice('clickhouse/'.length);
    const found = await contentOf(clickhouse, `\`${table}\``, part.columns);
    // merges take replaced rows away, never add any
    const isWhole = found.rows === part.rows || (table !== 'events' && found.rows < part.rows);
    if (!isWhole) throw new BackupError(`${table}: ${found.rows} rows arrived of ${part.rows}. Nothing was kept.`);
    if (found.rows !== part.rows || version?.v !== archive.manifest.engines.clickhouse || !part.hash) continue;
    if (found.hash !== part.hash)
      throw new BackupError(`${table}: the rows are not those that were backed up. Nothing was kept.`);
  }
}

async function loadPostgres(pool: pg.Pool, archive: ArchiveReader, onBytes: (bytes: number) => void): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(PLAIN);
    const tables = (await tablesOf(client)).map(({ name }) => name);
    const data = tables.filter((name) => name !== 'migration');
    await client.query(`TRUNCATE ${data.map(quoted).join(', ')}`);
    // a loaded row is no change: nothing is mirrored because of it
    for (const name of data) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
    const parts = new Map(archive.parts('postgres/').map((part) => [part.name.slice('postgres/'.length), part]));
    for (const name of data) {
      const part = parts.get(name);
      if (part) await loadRows(client, archive, part, quoted(name), onBytes);
      parts.delete(name);
    }
    if (parts.size > 0) throw new BackupError(`There are no tables for ${[...parts.keys()].join(', ')}.`);
    for (const name of data) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    await raiseSequences(client, archive.manifest.sequences);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** `keys`: a file that `backup --keys` wrote. Throws BackupError; then the folder is as empty as before. */
export async function restore(parts: RestoreParts, path: string, keys: string | null): Promise<RestoreDone> {
  const { config, log, onProgress = () => {}, say = () => {} } = parts;
  const began = performance.now();
  const archive = await ArchiveReader.open(path, (done, total) => onProgress(done, total, 'checking'));
  try {
    const { manifest } = archive;
    refuseNewer(manifest);
    if (manifest.company)
      throw new BackupError(
        `${path} is one company (${manifest.company.name}), not an installation. Take it into a running one: tradewind import-company ${path} --owner you@example.com`,
      );
    const place = await takeEmptyPlace(config);
    try {
      if (keys) placeKeys(keys, config.data);
      const settings = join(config.data, 'tradewind.json');
      if (!existsSync(settings) && Object.keys(manifest.settings).length > 0)
        writeFileSync(settings, `${JSON.stringify(manifest.settings, null, 2)}\n`, { mode: 0o600 });
      const installation = await openInstallation({ config, log, say, join: false, migrations: manifest.migrations });
      try {
        const done = await fill(parts, installation, archive, onProgress);
        place.done();
        return { ...done, seconds: (performance.now() - began) / 1000 };
      } finally {
        await installation.close();
      }
    } catch (error) {
      place.failed();
      throw error;
    }
  } finally {
    await archive.close();
  }
}

async function fill(parts: RestoreParts, installation: Installation, archive: ArchiveReader, onProgress: Progress) {
  const { pool, clickhouse, config } = installation;
  const { manifest } = archive;
  const total = manifest.parts.reduce((sum, part) => sum + part.bytes, 0);
  let read = 0;
  const step =
    (what: string) =>
    (bytes: number): void => {
      read += bytes;
      onProgress(read, total, what);
    };
  for (const part of archive.parts('clickhouse/')) await loadTable(clickhouse, archive, part, step('events'));
  await compare(installation, archive);
  await loadPostgres(pool, archive, step('tables'));
  const files = await loadContents(archive, parts.storeOf(installation), join(config.data, 'uploads'), step('files'));
  await migratePostgres(pool);
  await migrateClickHouse(clickhouse, clickhouse, {
    database: config.clickhouseDatabase,
    cluster: config.clickhouseCluster,
  });
  const ring = parts.ringOf(config);
  const alive = await makeAlive(installation, archive, ring, () => randomBytes(32));
  const spooled = await loadSpool(archive, join(config.data, 'spool'));
  const rows = Object.fromEntries(
    manifest.parts.filter(({ name }) => /^(postgres|clickhouse)\//.test(name)).map(({ name, rows: n }) => [name, n]),
  );
  return { createdAt: manifest.createdAt, rows, spooled, files, ...alive };
}
