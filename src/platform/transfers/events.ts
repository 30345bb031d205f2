// ClickHouse's side of a company that comes in: its rows arrive under their new ids, and go again when the rest does not follow.
import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type { ArchiveReader } from '../backup/archive-reader.ts';
import { contentOf } from '../backup/clickhouse-rows.ts';
import { BackupError, type Part } from '../backup/manifest.ts';
import type { NewIds } from './new-ids.ts';
import { EVENT_KEEPS, EVENT_TEXT_IDS } from './rules.ts';

interface Column {
  name: string;
  type: string;
}

async function columnsOf(clickhouse: ClickHouseClient, database: string, table: string): Promise<Column[]> {
  const answer = await clickhouse.query({
    query:
      'SELECT name, type FROM system.columns WHERE database = {database:String} AND table = {table:String} ORDER BY position',
    query_params: { database, table },
    format: 'JSONEachRow',
  });
  return answer.json<Column>();
}

const isRenewed = (table: string, { name, type }: Column): boolean =>
  (type === 'UUID' && !EVENT_KEEPS[table]?.includes(name)) || EVENT_TEXT_IDS[table]?.includes(name) === true;

/** Columns whose values are the same before and after, so that their hash tells whether all arrived. */
export async function keptColumns(
  clickhouse: ClickHouseClient,
  database: string,
  table: { name: string; columns: readonly string[] },
): Promise<string[]> {
  const all = await columnsOf(clickhouse, database, table.name);
  const kept = all.filter((column) => table.columns.includes(column.name) && !isRenewed(table.name, column));
  return kept.map(({ name }) => name);
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

function expression(table: string, column: Column, ids: NewIds, workspace: string): string {
  const name = `\`${column.name}\``;
  if (column.name === 'workspace') return `toUUID('${workspace}')`;
  if (!isRenewed(table, column)) return name;
  if (column.type === 'UUID')
    return `if(${name} = toUUID('${NOBODY}'), ${name}, toUUID(${ids.sql(`toString(${name})`)}))`;
  return `if(${name} = '', ${name}, ${ids.sql(name)})`;
}

/** Loads a part under the new company's id. Throws BackupError when its rows or what they hold are others than the archive says. */
export async function loadEvents(
  clickhouse: ClickHouseClient,
  archive: ArchiveReader,
  part: Part,
  of: { database: string; workspace: string; ids: NewIds; onRows: (rows: number) => void },
): Promise<void> {
  const table = part.name.slice('clickhouse/'.length);
  const known = await columnsOf(clickhouse, of.database, table);
  const columns = part.columns.map((name) => {
    const column = known.find((one) => one.name === name);
    if (!column) throw new BackupError(outOfDate(table, name));
    return column;
  });
  if (!part.columns.includes('workspace')) throw new BackupError(outOfDate(table, 'workspace'));
  const list = columns.map(({ name }) => `\`${name}\``).join(', ');
  const select = columns.map((column) => expression(table, column, of.ids, of.workspace)).join(', ');
  const structure = columns
    .map(({ name, type }) => `\`${name}\` ${type}`)
    .join(', ')
    .replaceAll("'", "\\'");
  for await (const { data, rows } of archive.chunks(part)) {
    const answer = await clickhouse.exec({
      query: `INSERT INTO \`${table}\` (${list}) SELECT ${select} FROM input('${structure}') FORMAT Native`,
      values: Readable.from([data], { objectMode: false }),
      clickhouse_settings: { max_partitions_per_insert_block: '1000', insert_deduplicate: 0 },
    });
    for await (const _rest of answer.stream) {
      // the insert is done when the answer has ended
    }
    of.onRows(rows);
  }
  await compare(clickhouse, archive, part, { table, workspace: of.workspace });
}

export const outOfDate = (table: string, column: string): string =>
  `The archive holds ${table}.${column}, which this Tradewind no longer has. Restore or update the installation it came from, and export the company again.`;

async function compare(
  clickhouse: ClickHouseClient,
  archive: ArchiveReader,
  part: Part,
  { table, workspace }: { table: string; workspace: string },
): Promise<void> {
  const answer = await clickhouse.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' });
  const [engine] = await answer.json<{ version: string }>();
  const found = await contentOf(clickhouse, `\`${table}\``, part.hashed ?? ['workspace'], workspace);
  const wrong = new BackupError(`${table}: what arrived is not what the archive says, so nothing was kept. Try again.`);
  // rows that replace each other may have become fewer already
  if (found.rows > part.rows) throw wrong;
  if (found.rows !== part.rows || engine?.version !== archive.manifest.engines.clickhouse) return;
  if (part.hash && part.hashed && found.hash !== part.hash) throw wrong;
}

/** Takes away what an import left that did not come to its end. */
export async function forgetEvents(clickhouse: ClickHouseClient, database: string, workspace: string): Promise<void> {
  const answer = await clickhouse.query({
    query: `SELECT DISTINCT table FROM system.columns WHERE database = {database:String} AND name = 'workspace' ORDER BY table`,
    query_params: { database },
    format: 'JSONEachRow',
  });
  for (const { table } of await answer.json<{ table: string }>())
    await clickhouse.command({
      query: `ALTER TABLE \`${table}\` DELETE WHERE workspace = '${workspace}'`,
      clickhouse_settings: { mutations_sync: '1' },
    });
}
