// Rules of imports: a file is looked at, tried, imported, taken back. One job at a time works on an import.
import { ORPCError } from '@orpc/server';
import { sql, type Updateable } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { Job } from '../jobs/index.ts';
import type { ImportState } from './contract.ts';
import { checkImport, undoImport, writeImport } from './jobs.ts';
import type { ImportKind } from './kind.ts';
import { type Looked, lookAt } from './look.ts';
import { type ImportRecord, type ImportRulesParts, type ImportTx, kindOf } from './parts.ts';
import { currencyIn } from './reading/currency.ts';
import type { ImportSettings, Reading } from './settings-contract.ts';
import type { ImportTables } from './tables.ts';

/** Days a file that was looked at and not imported is kept for going on. */
const KEPT = 7;

export interface Who {
  workspace: string;
  who: string;
}

const noImport = () => new ORPCError('NOT_FOUND', { message: 'There is no such import in this company.' });

export async function findImport(parts: ImportRulesParts, workspace: string, id: string): Promise<ImportRecord> {
  const row = await parts.db
    .selectFrom('import')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw noImport();
  return row;
}

export async function openImport(
  parts: ImportRulesParts,
  { workspace, who }: Who,
  of: { file: string; kind: ImportKind },
): Promise<{ id: string; looked: Looked }> {
  const { db, files } = parts;
  const file = await files.find(workspace, of.file);
  if (!file) throw new ORPCError('NOT_FOUND', { message: 'The file is no longer here. Upload it again.' });
  const looked = await lookAt(parts, { workspace, kind: of.kind, file, given: {} });
  const id = uuidv7();
  // those nobody went on with make room
  await db
    .deleteFrom('import')
    .where('workspace', '=', workspace)
    .where('state', 'in', ['draft', 'checked', 'checking'])
    .where('created_at', '<', new Date(Date.now() - KEPT * 86_400_000))
    .execute();
  await db
    .insertInto('import')
    .values({
      workspace,
      id,
      kind: of.kind.name,
      source: looked.source,
      file: file.id,
      file_name: file.name,
      file_size: file.size,
      state: 'draft',
      settings: JSON.stringify({ reading: looked.reading, mapping: looked.mapping }),
      headers: JSON.stringify(looked.headers),
      run: null,
      written_key: null,
      rejects_file: null,
      created_by: who,
      finished_at: null,
    })
    .execute();
  return { id, looked };
}

export async function lookAgain(
  parts: ImportRulesParts,
  { workspace }: Who,
  id: string,
  given: Partial<Reading>,
): Promise<Looked> {
  const record = await findImport(parts, workspace, id);
  const file = record.file === null ? undefined : await parts.files.find(workspace, record.file);
  if (!file) throw new ORPCError('NOT_FOUND', { message: 'The file is no longer here. Upload it again.' });
  const looked = await lookAt(parts, { workspace, kind: kindOf(parts, record.kind), file, given });
  await parts.db.transaction().execute(async (tx) => {
    await held(
      tx,
      workspace,
      id,
      ['draft', 'checking', 'checked'],
      'Only an import that has not begun can be looked at again.',
    );
    await set(tx, workspace, id, {
      state: 'draft',
      run: null,
      settings: JSON.stringify({ reading: looked.reading, mapping: looked.mapping }),
      headers: JSON.stringify(looked.headers),
      summary: null,
    });
  });
  return looked;
}

/** Locks the import and makes sure that nothing works on it. */
async function held(
  tx: ImportTx,
  workspace: string,
  id: string,
  states: readonly ImportState[],
  otherwise: string,
): Promise<ImportRecord> {
  const row = await tx
    .selectFrom('import')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw noImport();
  if (!states.includes(row.state)) throw new ORPCError('CONFLICT', { message: otherwise });
  // in the other states its work is over, though the run may need a moment to say so
  if (row.run !== null && ['checking', 'writing', 'undoing'].includes(row.state)) {
    const run = await tx.selectFrom('job_run').select('state').where('id', '=', row.run).executeTakeFirst();
    if (run?.state === 'waiting' || run?.state === 'running')
      throw new ORPCError('CONFLICT', { message: 'This import is being worked on. Wait for it, or stop it first.' });
  }
  return row;
}

const set = (tx: ImportTx, workspace: string, id: string, to: Updateable<ImportTables['import']>) =>
  tx.updateTable('import').set(to).where('workspace', '=', workspace).where('id', '=', id).execute();

async function enqueue(
  parts: ImportRulesParts,
  tx: ImportTx,
  { workspace, who }: Who,
  id: string,
  job: Job,
): Promise<string> {
  const { run } = await parts.jobs.enqueue(tx, workspace, job, { import: id }, { who, singletonKey: id });
  return run;
}

export async function checkRows(
  parts: ImportRulesParts,
  by: Who,
  id: string,
  { source, settings }: { source: string; settings: ImportSettings },
): Promise<void> {
  const record = await findImport(parts, by.workspace, id);
  await validate(parts, record, kindOf(parts, record.kind), source, settings);
  await parts.db.transaction().execute(async (tx) => {
    const { settings: before } = await held(
      tx,
      by.workspace,
      id,
      ['draft', 'checking', 'checked'],
      'This import has begun: undo it, and upload the file again.',
    );
    const run = await enqueue(parts, tx, by, id, checkImport);
    await set(tx, by.workspace, id, {
      state: 'checking',
      run,
      source,
      settings: JSON.stringify({ ...settings, reading: { ...settings.reading, format: before.reading.format } }),
      staged: 0,
      summary: null,
      rejects_file: null,
    });
  });
}

async function validate(
  parts: ImportRulesParts,
  record: ImportRecord,
  kind: ImportKind,
  source: string,
  { mapping }: ImportSettings,
): Promise<void> {
  const wrong = (message: string) => new ORPCError('BAD_REQUEST', { message });
  if (source.toLowerCase() === 'manual')
    throw wrong('“manual” is the name of what is entered by hand: call the source something else.');
  const { options } = await kind.choices(parts.db as never, record.workspace);
  for (const field of kind.fields) {
    const from = mapping[field.name];
    const label = field.label.en;
    if (from === undefined || ('value' in from && from.value === '')) {
      if (field.required)
        throw wrong(
          `${label}: say which column it is${field.from === 'column' ? '' : ', or one value for the whole file'}.`,
        );
    } else if ('column' in from) {
      if (field.from === 'file') throw wrong(`${label}: choose one value for the whole file.`);
      if (from.column >= record.headers.length) throw wrong(`${label}: the file has no such column.`);
    } else {
      if (field.from === 'column') throw wrong(`${label}: say which column it is.`);
      if (field.type === 'choice' && !options[field.name]?.some((one) => one.value === from.value))
        throw wrong(`${label}: choose one of yours.`);
      if (field.type === 'currency' && currencyIn(from.value) !== from.value)
        throw wrong(`${label}: a currency is a three-letter code like EUR.`);
    }
  }
}

export async function startImport(parts: ImportRulesParts, by: Who, id: string): Promise<void> {
  await parts.db.transaction().execute(async (tx) => {
    const { workspace, who } = by;
    const record = await held(
      tx,
      workspace,
      id,
      ['checked', 'writing'],
      'Check the rows first; an import that is done can’t begin again.',
    );
    const run = await enqueue(parts, tx, by, id, writeImport);
    await set(tx, workspace, id, { state: 'writing', run });
    if (record.state === 'writing') return;
    const saved = {
      headers: JSON.stringify(record.headers),
      settings: JSON.stringify(record.settings),
      used_at: new Date(),
    };
    await tx
      .insertInto('import_mapping')
      .values({ workspace, id: uuidv7(), kind: record.kind, source: record.source, ...saved })
      .onConflict((c) => c.columns(['workspace', 'kind', 'source']).doUpdateSet(saved))
      .execute();
    const { rows = 0, rejected = 0, days = 0 } = record.summary ?? {};
    await writeAudit(tx, {
      workspace,
      who,
      action: 'import.start',
      target: record.file_name,
      details: { kind: record.kind, source: record.source, rows, rejected, days },
    });
  });
}

export async function undoWhole(parts: ImportRulesParts, by: Who, id: string): Promise<void> {
  await parts.db.transaction().execute(async (tx) => {
    const record = await held(
      tx,
      by.workspace,
      id,
      ['done', 'writing', 'undoing'],
      'There is nothing of this import to take back.',
    );
    const run = await enqueue(parts, tx, by, id, undoImport);
    await set(tx, by.workspace, id, { state: 'undoing', run });
    await writeAudit(tx, {
      workspace: by.workspace,
      who: by.who,
      action: 'import.undo',
      target: record.file_name,
      details: { kind: record.kind, source: record.source },
    });
  });
}

export async function removeImport(parts: ImportRulesParts, by: Who, id: string): Promise<{ removed: boolean }> {
  const file = await parts.db.transaction().execute(async (tx) => {
    const record = await held(
      tx,
      by.workspace,
      id,
      ['draft', 'checking', 'checked'],
      'This import has begun. Undo it if its rows shall go.',
    );
    await sql`DELETE FROM import WHERE workspace = ${by.workspace} AND id = ${id}`.execute(tx);
    await writeAudit(tx, { workspace: by.workspace, who: by.who, action: 'import.remove', target: record.file_name });
    return record.file;
  });
  if (file !== null) await parts.files.remove(by.workspace, file);
  return { removed: true };
}
