// Backs a whole installation up while it runs: spool, then both engines at one moment, then files, as one archive.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import type { Config } from '../config/config.ts';
import type { FileStore } from '../files/store.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { seal } from '../secrets/seal.ts';
import { ArchiveWriter, type Written } from './archive-writer.ts';
import { dumpTable } from './clickhouse-rows.ts';
import { dumpContent } from './file-contents.ts';
import type { Progress } from './manifest.ts';
import { atOneMoment, type Moment } from './moment.ts';
import { dumpRows, quoted, sequencesOf, tablesOf } from './postgres-rows.ts';
import { IMPORT_KEY, LEFT_OUT, NOT_INSIDE, SETTINGS_ALONG } from './rules.ts';
import { dumpSpool, spoolSize } from './spool-rows.ts';

export interface BackupParts {
  config: Config;
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  store: FileStore;
  ring: KeyRing;
  version: string;
  onProgress?: Progress;
  /** called between the two engines: for tests of what is written just then */
  between?: () => Promise<void>;
}

export interface BackupDone extends Written {
  seconds: number;
  /** rows by part, without files and spool */
  rows: Record<string, number>;
  spooled: number;
  files: number;
}

/** What the archive may need at most, bytes: events compress to a fifth and less, files not at all. */
async function estimate({ pool, clickhouse, config }: BackupParts): Promise<{ needed: number; files: number }> {
  const files = Number(
    (await pool.query<{ n: string }>('SELECT coalesce(sum(size), 0) AS n FROM file_content')).rows[0]?.n,
  );
  const [rows] = await (
    await clickhouse.query({
      query: `SELECT sum(data_compressed_bytes) AS n FROM system.parts WHERE database = {database:String} AND active AND NOT startsWith(table, 'rollup_')`,
      query_params: { database: config.clickhouseDatabase },
      format: 'JSONEachRow',
    })
  ).json<{ n: string }>();
  return { needed: Math.ceil(files + Number(rows?.n ?? 0) * 1.2), files };
}

export async function migrationsOf(moment: Pick<Moment, 'client'>, clickhouse: ClickHouseClient) {
  const postgres = await moment.client.query<{ name: string }>('SELECT name FROM migration ORDER BY name');
  const events = await clickhouse.query({
    query: 'SELECT DISTINCT name FROM migration ORDER BY name',
    format: 'JSONEachRow',
  });
  return {
    postgres: postgres.rows.map(({ name }) => name),
    clickhouse: (await events.json<{ name: string }>()).map(({ name }) => name),
  };
}

export async function enginesOf(moment: Pick<Moment, 'client'>, clickhouse: ClickHouseClient) {
  const postgres = await moment.client.query<{ server_version: string }>('SHOW server_version');
  const events = await clickhouse.query({ query: 'SELECT version() AS v', format: 'JSONEachRow' });
  return {
    postgres: postgres.rows[0]?.server_version ?? '',
    clickhouse: (await events.json<{ v: string }>())[0]?.v ?? '',
  };
}

function settingsAlong(config: Config): Record<string, unknown> {
  const file = join(config.data, 'tradewind.json');
  if (!existsSync(file)) return {};
  const given = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return Object.fromEntries(SETTINGS_ALONG.flatMap((key) => (key in given ? [[key, given[key]]] : [])));
}

/** Every key of imported visitor ids, sealed with the installation's key: in the archive there is nothing in clear. */
async function sealImportKeys(moment: Moment, archive: ArchiveWriter, ring: KeyRing): Promise<void> {
  const key = ring.keys()[0];
  const found = await moment.client.query<{ id: string; import_key: Buffer }>('SELECT id, import_key FROM workspace');
  const sealed = found.rows.map((row) => ({
    workspace: row.id,
    sealed: seal(key, { workspace: row.id, name: IMPORT_KEY }, row.import_key.toString('base64')).toString('base64'),
  }));
  await archive.part('sealed/import-keys').add(Buffer.from(JSON.stringify({ keyId: key.id, keys: sealed })));
}

const selectOf = (table: string, columns: readonly string[]): string => {
  const list = columns.map((name) =>
    table === 'workspace' && name === 'import_key' ? `sha256(gen_random_uuid()::text::bytea)` : quoted(name),
  );
  return `SELECT ${list.join(', ')} FROM ${quoted(table)}`;
};

/** Throws BackupError with what to do. Nothing of the archive is left when it fails. */
export async function backUp(parts: BackupParts, target: string): Promise<BackupDone> {
  const { config, pool, clickhouse, store, ring, onProgress = () => {} } = parts;
  const began = performance.now();
  const { needed, files: fileBytes } = await estimate(parts);
  const archive = await ArchiveWriter.open(target, needed);
  try {
    const spool = join(config.data, 'spool');
    let done = 0;
    let total = fileBytes + (await spoolSize(spool));
    const step =
      (what: string) =>
      (bytes: number): void => {
        done += bytes;
        onProgress(done, Math.max(total, done), what);
      };
    const spooled = await dumpSpool(spool, archive);
    const at = {
      pool,
      clickhouse,
      database: config.clickhouseDatabase,
      ...(parts.between ? { between: parts.between } : {}),
    };
    return await atOneMoment(at, async (moment) => {
      const tables = (await tablesOf(moment.client)).filter(({ name }) => !(name in LEFT_OUT));
      total += moment.snapshot.tables.reduce((sum, table) => sum + table.bytes, 0);
      total += tables.reduce((sum, table) => sum + table.size, 0);
      const rows: Record<string, number> = {};
      for (const table of moment.snapshot.tables) {
        await dumpTable(clickhouse, archive, moment.snapshot, table, step('events'));
        rows[`clickhouse/${table.name}`] = table.rows;
      }
      for (const { name, columns } of tables) {
        const of = { table: name, columns, select: selectOf(name, columns) };
        rows[`postgres/${name}`] = await dumpRows(moment.client, archive, of, step('tables'));
      }
      await sealImportKeys(moment, archive, ring);
      const contents = await moment.client.query<{ sha256: string; size: number }>(
        'SELECT sha256, size FROM file_content WHERE sha256 IN (SELECT sha256 FROM file) ORDER BY sha256',
      );
      const missingContents: string[] = [];
      for (const content of contents.rows)
        if (!(await dumpContent(store, archive, content, step('files')))) missingContents.push(content.sha256);
      const keys = await moment.client.query<{ key_id: string }>('SELECT DISTINCT key_id FROM secret');
      const written = await archive.finish({
        program: parts.version,
        createdAt: new Date().toISOString(),
        engines: await enginesOf(moment, clickhouse),
        migrations: await migrationsOf(moment, clickhouse),
        sequences: await sequencesOf(moment.client),
        settings: settingsAlong(config),
        keyIds: keys.rows.map((row) => row.key_id),
        missingContents,
        leftOut: [...NOT_INSIDE],
      });
      const files = contents.rows.length - missingContents.length;
      return { ...written, seconds: (performance.now() - began) / 1000, rows, spooled, files };
    });
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}
