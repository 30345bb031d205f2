// PostgreSQL's side of an archive: all tables as one moment saw them, in an order in which they can be loaded again.
import type pg from 'pg';
import type { ArchiveReader } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import { copyIn, copyOut } from './copy-rows.ts';
import type { Part } from './manifest.ts';

const CHUNK = 4 * 1024 * 1024;

export interface Table {
  name: string;
  columns: string[];
  /** bytes on the disk */
  size: number;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** So that what one server writes another reads, whatever they are set to. */
export const PLAIN = `SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL extra_float_digits = 3;
  SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0`;

/** Tables of this program in an order in which none refers to a later one. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const found = await client.query<{ name: string; columns: string[]; size: number; needs: string[] | null }>(
    `SELECT c.relname AS name, pg_total_relation_size(c.oid) AS size,
       array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
       array(SELECT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY c.relname`,
  );
  const ordered: Table[] = [];
  const done = new Set<string>();
  let waiting = found.rows;
  while (waiting.length > 0) {
    const free = waiting.filter((table) => (table.needs ?? []).every((name) => done.has(name)));
    if (free.length === 0)
      throw new Error(`These tables refer to each other: ${waiting.map((t) => t.name).join(', ')}`);
    for (const { name, columns, size } of free) {
      ordered.push({ name, columns, size: Number(size) });
      done.add(name);
    }
    waiting = waiting.filter((table) => !done.has(table.name));
  }
  return ordered;
}

/** Writes rows of a table as a part. `select` gives columns in the order of `columns`. Returns how many rows. */
export async function dumpRows(
  client: pg.ClientBase,
  archive: ArchiveWriter,
  of: { table: string; columns: readonly string[]; select: string },
  onBytes: (bytes: number) => void = () => {},
): Promise<number> {
  const part = archive.part(`postgres/${of.table}`, of.columns);
  let pieces: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (pieces.length === 0) return;
    const [data, rows] = [Buffer.concat(pieces), pieces.length];
    pieces = [];
    size = 0;
    await part.add(data, rows);
    onBytes(data.length);
  };
  for await (const row of copyOut(client, `COPY (${of.select}) TO STDOUT`) as AsyncIterable<Buffer>) {
    pieces.push(row);
    size += row.length;
    if (size >= CHUNK) await flush();
  }
  await flush();
  return part.part.rows;
}

/** Loads a part into its table. Throws when PostgreSQL took another number of rows. */
export async function loadRows(
  client: pg.ClientBase,
  archive: ArchiveReader,
  part: Part,
  into: string,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  const columns = part.columns.map(quoted).join(', ');
  const rows = async function* (): AsyncGenerator<Buffer> {
    for await (const { data } of archive.chunks(part)) {
      yield data;
      onBytes(data.length);
    }
  };
  const count = async (): Promise<number> =>
    Number((await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${into}`)).rows[0]?.n);
  const before = await count();
  await copyIn(client, `COPY ${into} (${columns}) FROM STDIN`, rows());
  const loaded = (await count()) - before;
  if (loaded !== part.rows) throw new Error(`${part.name}: ${loaded} rows arrived of ${part.rows}`);
}

/** Last values of all sequences; they never go back, so they may be read after the rows. */
export async function sequencesOf(client: pg.ClientBase): Promise<Record<string, number>> {
  const found = await client.query<{ name: string; last: number | null }>(
    `SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = current_schema()`,
  );
  return Object.fromEntries(found.rows.flatMap(({ name, last }) => (last === null ? [] : [[name, Number(last)]])));
}

/** Moves sequences on to at least these values. */
export async function raiseSequences(client: pg.ClientBase, values: Readonly<Record<string, number>>): Promise<void> {
  const now = await sequencesOf(client);
  for (const [name, value] of Object.entries(values))
    if ((now[name] ?? 0) < value) await client.query('SELECT setval($1::regclass, $2)', [quoted(name), value]);
}
