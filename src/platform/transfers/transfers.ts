// Exports and imports as rows, and the care for what one leaves that was killed: an import holds a lock of its name while it works,
// so a row whose lock is free and which has no end is a dead one, and its events go.
import type { ClickHouseClient } from '@clickhouse/client';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { BackupError } from '../backup/manifest.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { JobTables } from '../jobs/index.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import { forgetEvents } from './events.ts';
import type { Exported } from './export-company.ts';
import { type CompanyImport, type CompanyImportParts, type Imported, importCompany } from './import-company.ts';
import type { TransferResult, TransferTables } from './tables.ts';

export type TransferDb = Kysely<TransferTables & PeopleTables & JobTables>;

interface EventParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  database: string;
}

export const exportResult = (name: string, done: Exported): TransferResult => ({
  name,
  events: done.rows['clickhouse/events'] ?? 0,
  files: done.files,
  people: done.people,
  bytes: done.bytes,
  fingerprint: done.fingerprint,
});

const importResult = (done: Imported): TransferResult => ({
  name: done.name,
  events: done.rows['clickhouse/events'] ?? 0,
  files: done.files,
  people: done.invited,
  connections: done.connections,
  newKeys: done.newKeys,
});

const LOCK = `hashtextextended('transfer ' || $1, 3)`;

/** Events of an import that has no end go. The caller holds its lock. */
async function forgetLeft({ pool, clickhouse, database }: EventParts, transfer: string): Promise<void> {
  const found = await pool.query<{ target: string }>(
    `SELECT target FROM transfer WHERE id = $1 AND finished_at IS NULL AND target IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM workspace WHERE workspace.id = transfer.target)`,
    [transfer],
  );
  const target = found.rows[0]?.target;
  if (!target) return;
  await forgetEvents(clickhouse, database, target);
  await pool.query('UPDATE transfer SET target = NULL WHERE id = $1', [transfer]);
}

/** Takes a company in from a file on the disk. Throws BackupError; then nothing of it is left. */
export async function runImport(
  parts: CompanyImportParts,
  transfer: string,
  path: string,
  of: Pick<CompanyImport, 'owner' | 'who' | 'called'>,
): Promise<Imported> {
  const { pool } = parts;
  const lock = await pool.connect();
  try {
    const free = await lock.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS free`, [transfer]);
    if (!free.rows[0]?.free) throw new BackupError('This import is being worked on. Wait for its end.');
    await forgetLeft(parts, transfer);
    try {
      return await importCompany(parts, path, {
        ...of,
        begins: async (workspace) => {
          await pool.query('UPDATE transfer SET target = $2 WHERE id = $1', [transfer, workspace]);
        },
        ends: async (client, done) => {
          await client.query('UPDATE transfer SET finished_at = now(), error = NULL, result = $2 WHERE id = $1', [
            transfer,
            JSON.stringify(importResult(done)),
          ]);
        },
      });
    } catch (error) {
      await forgetLeft(parts, transfer);
      throw error;
    }
  } finally {
    lock.release(true); // a closed connection lets its lock go
  }
}

/** Takes away what imports left that were killed. */
export async function forgetCutOff(parts: EventParts): Promise<number> {
  const open = await parts.pool.query<{ id: string; run: string | null }>(
    `SELECT id, run FROM transfer WHERE direction = 'import' AND finished_at IS NULL AND target IS NOT NULL`,
  );
  let forgotten = 0;
  for (const { id, run } of open.rows) {
    const lock = await parts.pool.connect();
    try {
      const free = await lock.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS free`, [id]);
      if (!free.rows[0]?.free) continue;
      await forgetLeft(parts, id);
      // a job tries again; a command does not
      if (run === null)
        await parts.pool.query(
          `UPDATE transfer SET finished_at = now(), error = 'It was cut off, and nothing of it was kept. Import the file again.' WHERE id = $1 AND finished_at IS NULL`,
          [id],
        );
      forgotten++;
    } finally {
      lock.release(true);
    }
  }
  return forgotten;
}

export async function addTransfer(
  db: TransferDb,
  of: Pick<TransferTables['transfer'], 'workspace' | 'direction' | 'file_name' | 'who'> &
    Partial<Pick<TransferTables['transfer'], 'file' | 'owner' | 'run'>>,
): Promise<string> {
  const id = uuidv7();
  await db
    .insertInto('transfer')
    .values({
      file: null,
      run: null,
      owner: null,
      ...of,
      id,
      target: null,
      result: null,
      error: null,
      finished_at: null,
    })
    .execute();
  return id;
}

/** A name a person finds again: nord-outfitters-2026-11-25.tar */
export function archiveName(company: string, now: Date): string {
  const plain = company
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain || 'company'}-${now.toISOString().slice(0, 10)}.tar`;
}
