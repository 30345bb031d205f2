// A company comes in from a file: everything is checked first, then its events and files are laid down where nobody sees them,
// and one transaction makes the company. Whatever ends the work before that leaves nothing a person could see.
import { randomBytes } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { ArchiveReader } from '../backup/archive-reader.ts';
import { loadContents } from '../backup/file-contents.ts';
import { BackupError, type Manifest, type Progress } from '../backup/manifest.ts';
import { PLAIN, raiseSequences } from '../backup/postgres-rows.ts';
import { refuseNewer } from '../backup/restore.ts';
import { localDays } from '../events/flusher.ts';
import { MS_PER_DAY } from '../events/row.ts';
import type { FileStore } from '../files/index.ts';
import { uuidv7 } from '../ids/uuid.ts';
import { companyTables } from './catalog.ts';
import { loadEvents } from './events.ts';
import { type Comes, learnIds, loadTable, refuseStrangers } from './import-rows.ts';
import { NewIds } from './new-ids.ts';
import { invitePeople, type PersonOfCompany } from './people.ts';
import { CAME_ALONG } from './rules.ts';

/** More changes than any installation has seen: a number beyond it is a forgery that would use the sequence up. */
const MOST_VERSIONS = 1e13;

export interface CompanyImportParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  /** of ClickHouse */
  database: string;
  store: FileStore;
  /** where temporary files lie */
  folder: string;
  /** most bytes of all files of one company */
  room: number;
  onProgress?: Progress;
  signal?: AbortSignal;
}

export interface CompanyImport {
  /** the archive in what people are told; not given: its path */
  called?: string;
  owner: { id: string; email: string };
  who: string;
  /** called with the id the company will have before the first of its rows is written */
  begins(workspace: string): Promise<void>;
  /** called inside the transaction that makes the company */
  ends(client: pg.ClientBase, done: Imported): Promise<void>;
}

export interface Imported {
  workspace: string;
  name: string;
  /** of the archive */
  createdAt: string;
  rows: Record<string, number>;
  files: number;
  invited: number;
  /** connections that need their passwords */
  connections: string[];
  /** sites whose line must be changed, as another company here has their key */
  newKeys: string[];
}

/** Throws BackupError unless it is a company this program can take. */
export async function openCompany(
  path: string,
  onRead?: (done: number, total: number) => void,
  called = path,
): Promise<ArchiveReader> {
  const archive = await ArchiveReader.open(path, onRead, called);
  try {
    if (!archive.manifest.company)
      throw new BackupError(
        `${called} is a whole installation, not one company. Restore it into an empty folder: tradewind restore FILE --data DIR`,
      );
    refuseNewer(archive.manifest);
    if ((archive.manifest.sequences.row_version ?? 0) > MOST_VERSIONS)
      throw new BackupError(`${called} is damaged: its versions can't be true.`);
    return archive;
  } catch (error) {
    await archive.close();
    throw error;
  }
}

export async function importCompany(parts: CompanyImportParts, path: string, of: CompanyImport): Promise<Imported> {
  const { signal, onProgress = () => {} } = parts;
  const onRead = (done: number, total: number): void => {
    signal?.throwIfAborted();
    onProgress(done, total, 'checking');
  };
  const archive = await openCompany(path, onRead, of.called);
  try {
    const company = archive.manifest.company!;
    const ids = new NewIds(randomBytes(16).toString('hex'));
    ids.add(company.id);
    await learnIds(archive, ids);
    const workspace = ids.of(company.id);
    refuseTooMuch(archive.manifest, parts.room);
    await of.begins(workspace);
    const rows = archive.manifest.parts.reduce((sum, part) => sum + part.rows, 0);
    let done = 0;
    for (const part of archive.parts('clickhouse/'))
      await loadEvents(parts.clickhouse, archive, part, {
        database: parts.database,
        workspace,
        ids,
        onRows: (count) => {
          signal?.throwIfAborted();
          done += count;
          onProgress(done, rows, 'events');
        },
      });
    const contents = await keepContents(parts, archive);
    signal?.throwIfAborted();
    onProgress(done, rows, 'tables');
    return await makeCompany(parts, archive, of, { workspace, ids, contents });
  } finally {
    await archive.close();
  }
}

function refuseTooMuch(manifest: Manifest, room: number): void {
  const size = manifest.parts.reduce((sum, part) => sum + (part.name.startsWith('files/') ? part.bytes : 0), 0);
  if (size > room)
    throw new BackupError(
      `The files of this company have ${Math.ceil(size / 1e6)} MB, and one company may have ${Math.floor(room / 1e6)} MB here. Let the administrator raise filesLimitMb, then try again.`,
    );
}

/** The row of a content is made before its bytes are, so that nothing in the store is unknown. */
async function keepContents(
  { pool, store, folder, signal }: CompanyImportParts,
  archive: ArchiveReader,
): Promise<string[]> {
  const contents = archive
    .parts('files/')
    .map(({ name, bytes }) => ({ sha256: name.slice('files/'.length), size: bytes }));
  await touch(pool, contents);
  await loadContents(archive, store, folder, () => signal?.throwIfAborted());
  return contents.map(({ sha256 }) => sha256);
}

const touch = (on: Pick<pg.ClientBase, 'query'>, contents: readonly { sha256: string; size: number }[]) =>
  on.query(
    `INSERT INTO file_content (sha256, size) SELECT * FROM unnest($1::text[], $2::bigint[])
     ON CONFLICT (sha256) DO UPDATE SET touched_at = now()`,
    [contents.map(({ sha256 }) => sha256), contents.map(({ size }) => size)],
  );

async function makeCompany(
  parts: CompanyImportParts,
  archive: ArchiveReader,
  of: CompanyImport,
  comes: Comes,
): Promise<Imported> {
  const { manifest } = archive;
  const { workspace } = comes;
  const client = await parts.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(PLAIN);
    await raiseSequences(client, { row_version: manifest.sequences.row_version ?? 0 });
    await touch(
      client,
      archive.parts('files/').map(({ name, bytes }) => ({ sha256: name.slice('files/'.length), size: bytes })),
    );
    const name = manifest.company!.name;
    await client.query('INSERT INTO organization (id, name, slug, "createdAt") VALUES ($1, $2, $1, now())', [
      workspace,
      name,
    ]);
    const tables = await companyTables(client);
    const left = new Map(archive.parts('postgres/').map((part) => [part.name.slice('postgres/'.length), part]));
    const rows: Record<string, number> = Object.fromEntries(
      archive.parts('clickhouse/').map((part) => [part.name, part.rows]),
    );
    for (const table of tables) {
      parts.signal?.throwIfAborted();
      const part = left.get(table.name);
      // what is handed over again is handed over; nothing else is news
      await client.query(`SET LOCAL tradewind.company_comes = '${table.name === 'outbox' ? 'off' : 'on'}'`);
      if (part) rows[part.name] = await loadTable(client, archive, part, table, comes);
      left.delete(table.name);
    }
    await client.query(`SET LOCAL tradewind.company_comes = 'off'`);
    if (left.size > 0)
      throw new BackupError(
        `There are no tables here for ${[...left.keys()].join(', ')}. Update this Tradewind first.`,
      );
    if (rows['postgres/workspace'] !== 1)
      throw new BackupError('The archive holds no company. Take another copy of it.');
    await refuseStrangers(client, tables, workspace);
    await client.query(
      `INSERT INTO member (id, "organizationId", "userId", role, "createdAt") VALUES ($1, $2, $3, 'owner', now())`,
      [uuidv7(), workspace, of.owner.id],
    );
    const people = (await archive.json<PersonOfCompany[]>('people')) ?? [];
    const invited = await invitePeople(client, { workspace, owner: of.owner, people });
    await markDays(client, parts, workspace);
    const done: Imported = {
      workspace,
      name,
      createdAt: manifest.createdAt,
      rows,
      files: comes.contents.length,
      invited,
      connections: await withoutPassword(client, workspace),
      newKeys: await newKeysOf(client, archive, workspace),
    };
    await client.query(
      `INSERT INTO audit (workspace, id, who, action, target, details) VALUES ($1, $2, $3, 'company.import', $4, $5)`,
      [
        workspace,
        uuidv7(),
        of.who,
        name,
        JSON.stringify({ fingerprint: archive.fingerprint, createdAt: manifest.createdAt, invited }),
      ],
    );
    await of.ends(client, done);
    await client.query('COMMIT');
    client.release();
    return done;
  } catch (error) {
    client.release(true);
    throw asBackupError(error);
  }
}

async function withoutPassword(client: pg.ClientBase, workspace: string): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `SELECT name FROM connection WHERE workspace = $1 AND state = 'off' AND starts_with(said, $2) ORDER BY name`,
    [workspace, CAME_ALONG],
  );
  return found.rows.map(({ name }) => name);
}

async function newKeysOf(client: pg.ClientBase, archive: ArchiveReader, workspace: string): Promise<string[]> {
  const part = archive.parts('postgres/site')[0];
  const at = part?.columns.indexOf('key') ?? -1;
  if (!part || at < 0) return [];
  const keys: string[] = [];
  for await (const { data } of archive.chunks(part))
    keys.push(
      ...data
        .toString('utf8')
        .split('\n')
        .flatMap((line) => line.split('\t')[at] ?? []),
    );
  const found = await client.query<{ host: string }>(
    'SELECT host FROM site WHERE workspace = $1 AND NOT key = ANY ($2) ORDER BY 1',
    [workspace, keys],
  );
  return found.rows.map(({ host }) => host);
}

/** Every day is read raw until its roll-up is rebuilt. */
async function markDays(client: pg.ClientBase, { clickhouse }: CompanyImportParts, workspace: string): Promise<void> {
  const answer = await clickhouse.query({
    query: `SELECT toString(site) AS site, groupUniqArray(toString(day)) AS days FROM events WHERE workspace = '${workspace}' GROUP BY site`,
    format: 'JSONEachRow',
  });
  for (const { site, days } of await answer.json<{ site: string; days: string[] }>())
    await client.query(
      `INSERT INTO dirty_day (workspace, site, day) SELECT $1, $2, day FROM unnest($3::date[]) AS day`,
      [workspace, site, [...localDays(days.map((day) => Date.parse(day) / MS_PER_DAY))]],
    );
}

/** What PostgreSQL refuses of an archive is the archive's fault: a name twice, a row without its owner. */
function asBackupError(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof BackupError || !/^(22|23)/.test(code ?? '')) return error;
  return new BackupError(
    `The archive does not fit together (${message}), and nothing was taken. Export the company again.`,
  );
}
