// PostgreSQL's side of a company that comes in: rows land in a table of their own first, and only what may belong to the new
// company goes on from there, under its id whatever the archive says.
import type pg from 'pg';
import type { ArchiveReader } from '../backup/archive-reader.ts';
import { copyIn } from '../backup/copy-rows.ts';
import { BackupError, type Part } from '../backup/manifest.ts';
import { quoted } from '../backup/postgres-rows.ts';
import type { CompanyTable } from './catalog.ts';
import { outOfDate } from './events.ts';
import type { NewIds } from './new-ids.ts';
import { COMES, KEEPS, TAKEN } from './rules.ts';

/** Learns every id of the company's rows, so that it is known wherever it is named. */
export async function learnIds(archive: ArchiveReader, ids: NewIds): Promise<void> {
  for (const part of archive.parts('postgres/')) {
    const at = part.columns.indexOf('id');
    if (at < 0) continue;
    for await (const { data } of archive.chunks(part))
      for (const line of data.toString('utf8').split('\n')) {
        const id = line.split('\t', at + 1)[at];
        if (id) ids.add(id);
      }
  }
}

async function* renewed(archive: ArchiveReader, part: Part, ids: NewIds, keeps: readonly string[]) {
  const asIs = new Set(part.columns.flatMap((name, at) => (keeps.includes(name) ? [at] : [])));
  for await (const { data } of archive.chunks(part)) {
    const text = data.toString('utf8');
    if (asIs.size === 0) {
      yield Buffer.from(ids.inText(text));
      continue;
    }
    const lines = text.split('\n').map((line) =>
      line
        .split('\t')
        .map((cell, at) => (asIs.has(at) ? cell : ids.inText(cell)))
        .join('\t'),
    );
    yield Buffer.from(lines.join('\n'));
  }
}

export interface Comes {
  workspace: string;
  ids: NewIds;
  /** sha256 of the files that came along */
  contents: readonly string[];
}

/** Loads a table. Returns how many rows the company has of it. */
export async function loadTable(
  client: pg.ClientBase,
  archive: ArchiveReader,
  part: Part,
  table: CompanyTable,
  { workspace, ids, contents }: Comes,
): Promise<number> {
  const unknown = part.columns.find((name) => !table.columns.includes(name));
  if (unknown) throw new BackupError(outOfDate(table.name, unknown));
  const columns = part.columns.map(quoted).join(', ');
  await client.query(
    `CREATE TEMPORARY TABLE coming ON COMMIT DROP AS SELECT ${columns} FROM ${quoted(table.name)} WITH NO DATA`,
  );
  await copyIn(client, `COPY coming (${columns}) FROM STDIN`, renewed(archive, part, ids, KEEPS[table.name] ?? []));
  const values = part.columns.map((name) => {
    if (name === table.owner) return `'${workspace}'`;
    if (table.people.some(({ column }) => column === name)) return 'NULL';
    return COMES[table.name]?.[name] ?? `t.${quoted(name)}`;
  });
  const taken = TAKEN[table.name] ?? 'true';
  const params = taken.includes('$1') ? [contents] : [];
  const answer = await client.query(
    `INSERT INTO ${quoted(table.name)} (${columns}) SELECT ${values.join(', ')} FROM coming t WHERE ${taken}`,
    params,
  );
  await client.query('DROP TABLE coming');
  return answer.rowCount ?? 0;
}

/** A row of the new company names rows of that company only. Throws BackupError when one names another's. */
export async function refuseStrangers(
  client: pg.ClientBase,
  tables: readonly CompanyTable[],
  workspace: string,
): Promise<void> {
  const found = await client.query<{ child: string; child_column: string; parent: string; parent_column: string }>(
    `SELECT c.relname AS child, a.attname AS child_column, p.relname AS parent, b.attname AS parent_column
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1] JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace AND cardinality(k.conkey) = 1`,
  );
  const own = new Set(tables.filter(({ owner }) => owner === 'workspace').map(({ name }) => name));
  for (const { child, child_column, parent, parent_column } of found.rows) {
    if (!own.has(child) || !own.has(parent)) continue;
    const strange = await client.query(
      `SELECT 1 FROM ${quoted(child)} c JOIN ${quoted(parent)} p ON p.${quoted(parent_column)} = c.${quoted(child_column)}
       WHERE c.workspace = $1 AND p.workspace <> $1 LIMIT 1`,
      [workspace],
    );
    if (strange.rows.length > 0)
      throw new BackupError(
        `The archive names rows of ${parent} that are not in it. It was not made by Tradewind as it is, and nothing was taken.`,
      );
  }
}
