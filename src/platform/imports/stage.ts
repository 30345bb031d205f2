// Rows of a file are staged in PostgreSQL before anything is written: understood rows by day and key, the others with their
// reason. Rows, rejects and how far the file is read are one transaction, so a reading cut off goes on where it was.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { OpenedKind } from './kind.ts';
import type { ImportDb, ImportRecord } from './parts.ts';
import type { RawRow } from './reading/rows.ts';
import type { Values } from './row-values.ts';

const BATCH = 2000;
const PAGE = 2000;

interface Staged {
  key: string;
  line: number;
  data: unknown;
}
interface Rejected {
  line: number;
  reason: string;
  cells: readonly string[];
}

/** The run was taken over, or the import went another way meanwhile. */
export class ImportMovedOn extends Error {
  override name = 'ImportMovedOn';
}

/** Keys in the order of days: what lies together in the table is written together. */
export const stageKey = (day: string, key: string): string => `${day} ${hash('sha256', key, 'base64url').slice(0, 22)}`;

export async function stageRows(
  db: ImportDb,
  record: ImportRecord,
  rows: AsyncIterable<RawRow>,
  read: (cells: readonly string[]) => Values,
  kind: OpenedKind<unknown, unknown>,
  onBatch: (staged: number) => Promise<void> | void,
): Promise<number> {
  const { headerLine } = record.settings.reading;
  let staged = record.staged;
  if (staged === 0) await clearStage(db, record.id);
  let seen = 0;
  let good: Staged[] = [];
  let bad: Rejected[] = [];
  const flush = async (): Promise<void> => {
    const count = good.length + bad.length;
    if (count === 0) return;
    await put(db, record, staged, good, bad);
    staged += count;
    good = [];
    bad = [];
    await onBatch(staged);
  };
  for await (const { line, cells } of rows) {
    if (line <= headerLine) continue;
    if (seen++ < staged) continue;
    const values = read(cells);
    const understood = values.ok ? kind.understand(values.values) : values.reason;
    if (typeof understood === 'string') bad.push({ line, reason: understood, cells });
    else good.push({ key: stageKey(understood.day, understood.key), line, data: understood.row });
    if (good.length + bad.length === BATCH) await flush();
  }
  await flush();
  return staged;
}

async function put(
  db: ImportDb,
  { workspace, id, run }: ImportRecord,
  expected: number,
  good: readonly Staged[],
  bad: readonly Rejected[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('import')
      .set({ staged: expected + good.length + bad.length })
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .where('run', '=', run)
      .where('state', '=', 'checking')
      .where('staged', '=', expected)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new ImportMovedOn('Another run has this import now.');
    if (good.length > 0)
      await sql`INSERT INTO import_row (workspace, import, key, line, data)
        SELECT ${workspace}, ${id}, key, line, data
        FROM json_to_recordset(${JSON.stringify(good)}::json) AS i(key text, line bigint, data json)`.execute(tx);
    if (bad.length > 0)
      await sql`INSERT INTO import_reject (workspace, import, line, reason, cells)
        SELECT ${workspace}, ${id}, line, reason, cells
        FROM json_to_recordset(${JSON.stringify(bad)}::json) AS i(line bigint, reason text, cells json)`.execute(tx);
  });
}

export async function clearStage(db: ImportDb, id: string): Promise<void> {
  await db.deleteFrom('import_row').where('import', '=', id).execute();
  await db.deleteFrom('import_reject').where('import', '=', id).execute();
}

export interface Merged<Row> {
  rows: Row[];
  /** of the last row: what was written up to it need not be looked at again */
  key: string;
}

/** Staged rows in the order of their keys, those of one key merged, about two thousand at a time. */
export async function* mergedRows<Row>(
  db: ImportDb,
  of: { workspace: string; id: string },
  after: string | null,
  merge: (first: Row, second: Row) => Row,
): AsyncGenerator<Merged<Row>> {
  let cursor = { key: after ?? '', line: Number.MAX_SAFE_INTEGER };
  let rows: Row[] = [];
  let open: { key: string; row: Row } | undefined;
  let lastKey = '';
  for (;;) {
    const page = await sql<{ key: string; line: number; data: Row }>`
      SELECT key, line, data FROM import_row
      WHERE workspace = ${of.workspace} AND import = ${of.id} AND (key, line) > (${cursor.key}, ${cursor.line})
      ORDER BY key, line LIMIT ${PAGE}`.execute(db);
    for (const { key, data } of page.rows) {
      if (open?.key === key) {
        open.row = merge(open.row, data);
        continue;
      }
      if (open) {
        rows.push(open.row);
        lastKey = open.key;
      }
      open = { key, row: data };
    }
    const last = page.rows.at(-1);
    const isEnd = page.rows.length < PAGE;
    if (isEnd && open) {
      rows.push(open.row);
      lastKey = open.key;
    }
    if (rows.length > 0 && (isEnd || rows.length >= PAGE / 2)) {
      yield { rows, key: lastKey };
      rows = [];
    }
    if (isEnd || !last) return;
    cursor = { key: last.key, line: last.line };
  }
}
