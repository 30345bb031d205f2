// One company leaves as one file, at one moment of both engines, while everything goes on. The file is an archive like that of a
// whole installation, and its manifest says whose it is.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { ArchiveWriter, type Written } from '../backup/archive-writer.ts';
import { enginesOf, migrationsOf } from '../backup/backup.ts';
import { dumpTable } from '../backup/clickhouse-rows.ts';
import { dumpContent } from '../backup/file-contents.ts';
import type { Progress } from '../backup/manifest.ts';
import { atOneMoment, type Moment } from '../backup/moment.ts';
import { dumpRows, sequencesOf } from '../backup/postgres-rows.ts';
import type { FileStore } from '../files/index.ts';
import { companyTables, selectOf } from './catalog.ts';
import { keptColumns } from './events.ts';
import { peopleOf } from './people.ts';
import { NOT_INSIDE } from './rules.ts';

export interface ExportParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  /** of ClickHouse */
  database: string;
  store: FileStore;
  version: string;
  /** stores events that were acknowledged and still wait */
  settle(): Promise<void>;
  onProgress?: Progress;
  signal?: AbortSignal;
}

export interface Exported extends Written {
  seconds: number;
  /** by part, without files */
  rows: Record<string, number>;
  files: number;
  people: number;
}

/** What the archive may need, bytes: its files, and its share of the events. */
async function estimate({ pool, clickhouse, database }: ExportParts, workspace: string): Promise<number> {
  const files = await pool.query<{ n: string }>('SELECT coalesce(sum(size), 0) AS n FROM file WHERE workspace = $1', [
    workspace,
  ]);
  const answer = await clickhouse.query({
    query: `SELECT (SELECT sum(data_compressed_bytes) FROM system.parts WHERE database = {database:String} AND active AND NOT startsWith(table, 'rollup_'))
      * (SELECT count() FROM events WHERE workspace = {workspace:UUID}) / greatest(1, (SELECT count() FROM events)) AS n`,
    query_params: { database, workspace },
    format: 'JSONEachRow',
  });
  const [events] = await answer.json<{ n: string }>();
  return Math.ceil(Number(files.rows[0]?.n ?? 0) + Number(events?.n ?? 0) * 1.2);
}

/** Throws BackupError with what to do. Nothing of the archive is left when it fails. */
export async function exportCompany(
  parts: ExportParts,
  company: { id: string; name: string },
  target: string,
): Promise<Exported> {
  const { pool, clickhouse, database } = parts;
  const began = performance.now();
  const archive = await ArchiveWriter.open(target, await estimate(parts, company.id));
  try {
    await parts.settle();
    const at = { pool, clickhouse, database, workspace: company.id };
    const done = await atOneMoment(at, (moment) => write(parts, company, archive, moment));
    return { ...done, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}

async function write(
  parts: ExportParts,
  company: { id: string; name: string },
  archive: ArchiveWriter,
  moment: Moment,
): Promise<Omit<Exported, 'seconds'>> {
  const { clickhouse, store, signal, onProgress = () => {} } = parts;
  const { client, snapshot } = moment;
  const workspace = company.id;
  const contents = await client.query<{ sha256: string; size: number }>(
    `SELECT DISTINCT c.sha256, c.size FROM file_content c JOIN file t ON t.sha256 = c.sha256
     WHERE t.workspace = $1 AND NOT EXISTS (SELECT 1 FROM transfer x WHERE x.file = t.id) ORDER BY c.sha256`,
    [workspace],
  );
  const tables = await companyTables(client);
  const events = snapshot.tables.filter(({ columns }) => columns.includes('workspace'));
  const steps = events.length + tables.length + contents.rows.length;
  let step = 0;
  const next = (what: string): void => {
    signal?.throwIfAborted();
    onProgress(step++, steps, what);
  };
  const rows: Record<string, number> = {};
  for (const table of events) {
    next('events');
    const only = { workspace, hashed: await keptColumns(clickhouse, snapshot.database, table) };
    rows[`clickhouse/${table.name}`] = await dumpTable(
      clickhouse,
      archive,
      snapshot,
      table,
      () => signal?.throwIfAborted(),
      only,
    );
  }
  for (const table of tables) {
    next('tables');
    const of = { table: table.name, columns: table.columns, select: selectOf(table, workspace) };
    rows[`postgres/${table.name}`] = await dumpRows(client, archive, of);
  }
  const people = await peopleOf(client, workspace);
  await archive.part('people').add(Buffer.from(JSON.stringify(people)), people.length);
  const missingContents: string[] = [];
  for (const content of contents.rows) {
    next('files');
    if (!(await dumpContent(store, archive, content, () => {}))) missingContents.push(content.sha256);
  }
  const { row_version = 0 } = await sequencesOf(client);
  const written = await archive.finish({
    company,
    program: parts.version,
    createdAt: new Date().toISOString(),
    engines: await enginesOf(moment, clickhouse),
    migrations: await migrationsOf(moment, clickhouse),
    sequences: { row_version },
    settings: {},
    keyIds: [],
    missingContents,
    leftOut: [...NOT_INSIDE],
  });
  return { ...written, rows, files: contents.rows.length - missingContents.length, people: people.length };
}
