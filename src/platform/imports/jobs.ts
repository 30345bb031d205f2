// An import as background work: the dry run, the writing, the taking back. Each step of each is one transaction that also says
// how far it is, so a run that is killed at any moment goes on and has the effect of one.
import { sql, type Updateable } from 'kysely';
import { z } from 'zod';
import { defineJob, type JobContext, JobFailed } from '../jobs/index.ts';
import type { ImportResult, ImportState, ImportSummary } from './contract.ts';
import { ImportFileError } from './errors.ts';
import type { OpenedKind } from './kind.ts';
import { type ImportParts, type ImportRecord, type ImportTx, kindOf } from './parts.ts';
import { rowsOf } from './reading/source.ts';
import { rejectsFile } from './rejects.ts';
import { valuesReader } from './row-values.ts';
import { clearStage, ImportMovedOn, mergedRows, stageRows } from './stage.ts';
import type { ImportTables } from './tables.ts';

const payload = z.object({ import: z.uuid() });
type Context = JobContext<{ import: string }>;
const SAMPLE = 10;
const EMPTY: ImportResult = {
  added: 0,
  changed: 0,
  same: 0,
  days: 0,
  firstDay: null,
  lastDay: null,
  undone: 0,
  kept: 0,
};

async function recordOf({ db }: ImportParts, context: Context, state: ImportState): Promise<ImportRecord> {
  const record = await db
    .selectFrom('import')
    .selectAll()
    .where('workspace', '=', context.workspace)
    .where('id', '=', context.payload.import)
    .executeTakeFirst();
  if (!record || record.run !== context.run || record.state !== state)
    throw new JobFailed('This import went another way meanwhile; open it to see where it stands.');
  return record;
}

const opened = (parts: ImportParts, record: ImportRecord): Promise<OpenedKind<unknown, unknown>> =>
  kindOf(parts, record.kind).open(parts.db as never, {
    workspace: record.workspace,
    import: record.id,
    source: record.source,
    who: record.created_by,
  });

/** Words for people where no further try can help. */
async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportFileError) throw new JobFailed(error.message);
    throw error;
  }
}

export const checkImport = defineJob({
  name: 'check-import',
  title: 'jobs.names.checkTable',
  payload,
  lane: 'long',
  retry: { limit: 3, delaySeconds: 5 },
  run: (context, parts: ImportParts) => telling(() => check(context, parts)),
});

async function check(context: Context, parts: ImportParts): Promise<ImportSummary> {
  const { db, files } = parts;
  const record = await recordOf(parts, context, 'checking');
  const { workspace, id } = record;
  const kind = kindOf(parts, record.kind);
  const file = record.file === null ? undefined : await files.find(workspace, record.file);
  if (!file) throw new JobFailed(`${record.file_name} is no longer here. Upload it again.`);
  const { options } = await kind.choices(db as never, workspace);
  const read = valuesReader({ kind, ...record.settings, options });
  const own = await opened(parts, record);
  const { sample, staged } = await files.withPath(file, async (path) => {
    let bytes = 0;
    const rows = rowsOf(path, record.settings.reading, (seen) => {
      bytes = seen;
    });
    const all = await stageRows(db, record, rows, read, own, async (count) => {
      context.signal.throwIfAborted();
      context.progress(bytes, file.size, 'jobs.words.readingTable');
      await context.checkpoint.save({ staged: count });
    });
    return { staged: all, sample: await sampleOf(path, record, read) };
  });

  const counts = { added: 0, changed: 0, same: 0 };
  const days = new Set<string>();
  const { rows: tally } = await sql<{ reason: string; rows: number }>`
    SELECT reason, count(*) AS rows FROM import_reject WHERE import = ${id} GROUP BY reason ORDER BY rows DESC, reason`.execute(
    db,
  );
  const rejected = tally.reduce((sum, one) => sum + one.rows, 0);
  for await (const { rows } of mergedRows(db, record, null, own.merge)) {
    context.signal.throwIfAborted();
    const change = await db.transaction().execute((tx) => own.compare(tx as never, rows));
    for (const name of ['added', 'changed', 'same'] as const) counts[name] += change[name];
    for (const day of change.days) days.add(day);
    context.progress(counts.added + counts.changed + counts.same, staged - rejected, 'jobs.words.comparingRows');
  }
  const sorted = [...days].sort();
  const rejects = await db
    .selectFrom('import_reject')
    .select(['line', 'reason', 'cells'])
    .where('import', '=', id)
    .orderBy('line')
    .limit(SAMPLE)
    .execute();
  const summary: ImportSummary = {
    ...counts,
    rows: staged,
    rejected,
    merged: staged - rejected - counts.added - counts.changed - counts.same,
    days: days.size,
    firstDay: sorted[0] ?? null,
    lastDay: sorted.at(-1) ?? null,
    reasons: tally,
    rejects,
    sample,
  };
  const kept = await rejectsFile(parts, record, kind);
  await db.transaction().execute(async (tx) => {
    await move(tx, record, 'checking', {
      state: 'checked',
      summary: JSON.stringify(summary),
      rejects_file: kept.file,
    });
    await tx.deleteFrom('import_reject').where('import', '=', id).execute();
  });
  return summary;
}

async function sampleOf(path: string, { settings }: ImportRecord, read: ReturnType<typeof valuesReader>) {
  const sample: Record<string, string>[] = [];
  let seen = 0;
  for await (const { line, cells } of rowsOf(path, settings.reading)) {
    if (line <= settings.reading.headerLine) continue;
    const values = read(cells);
    if (values.ok) sample.push(values.values);
    if (sample.length === SAMPLE || ++seen > 200) break;
  }
  return sample;
}

/** Changes the import while it is still this run's. */
async function move(
  tx: ImportTx,
  record: ImportRecord,
  from: ImportState,
  to: Updateable<ImportTables['import']>,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('import')
    .set(to)
    .where('workspace', '=', record.workspace)
    .where('id', '=', record.id)
    .where('run', '=', record.run)
    .where('state', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new ImportMovedOn('Another run has this import now.');
}

export const writeImport = defineJob({
  name: 'write-import',
  title: 'jobs.names.writeTable',
  payload,
  lane: 'long',
  retry: { limit: 5, delaySeconds: 5 },
  run: async (context: Context, parts: ImportParts) => {
    const { db, files } = parts;
    const record = await recordOf(parts, context, 'writing');
    const own = await opened(parts, record);
    const total = (record.summary?.rows ?? 0) - (record.summary?.rejected ?? 0) - (record.summary?.merged ?? 0);
    let result: ImportResult = { ...EMPTY, ...record.result };
    let writtenKey = record.written_key;
    const done = (): number => result.added + result.changed + result.same;
    context.progress(done(), total, 'jobs.words.writingRows');
    for await (const { rows, key } of mergedRows(db, record, writtenKey, own.merge)) {
      context.signal.throwIfAborted();
      result = await db.transaction().execute(async (tx) => {
        const at = await tx
          .selectFrom('import')
          .select(['written_key', 'run', 'state'])
          .where('workspace', '=', record.workspace)
          .where('id', '=', record.id)
          .forUpdate()
          .executeTakeFirst();
        if (at?.run !== context.run || at.state !== 'writing' || at.written_key !== writtenKey)
          throw new ImportMovedOn('Another run has this import now.');
        const { undo, ...change } = await own.write(tx as never, rows);
        const next = added(result, change);
        if (undo.length > 0)
          await sql`INSERT INTO import_undo (workspace, import, seq, entries)
            SELECT ${record.workspace}, ${record.id}, coalesce(max(seq), 0) + 1, ${JSON.stringify(undo)}::json
            FROM import_undo WHERE import = ${record.id}`.execute(tx);
        await move(tx, record, 'writing', { written_key: key, result: JSON.stringify(next) });
        return next;
      });
      writtenKey = key;
      context.progress(done(), total, 'jobs.words.writingRows');
      await context.checkpoint.save({ written: done() });
    }
    const file = record.file;
    await db.transaction().execute(async (tx) => {
      await move(tx, record, 'writing', {
        state: 'done',
        finished_at: new Date(),
        file: null,
        result: JSON.stringify(result),
      });
      await tx.deleteFrom('import_row').where('import', '=', record.id).execute();
    });
    if (file !== null) await files.remove(record.workspace, file);
    return result;
  },
});

/** Keys come in the order of days, so a day not after the last one was counted already. */
function added(
  before: ImportResult,
  change: { added: number; changed: number; same: number; days: readonly string[] },
): ImportResult {
  const fresh = change.days.filter((day) => before.lastDay === null || day > before.lastDay);
  return {
    ...before,
    added: before.added + change.added,
    changed: before.changed + change.changed,
    same: before.same + change.same,
    days: before.days + fresh.length,
    firstDay: before.firstDay ?? change.days[0] ?? null,
    lastDay: fresh.at(-1) ?? before.lastDay,
  };
}

export const undoImport = defineJob({
  name: 'undo-import',
  title: 'jobs.names.undoTable',
  payload,
  lane: 'long',
  retry: { limit: 5, delaySeconds: 5 },
  run: async (context: Context, parts: ImportParts) => {
    const { db, files } = parts;
    const record = await recordOf(parts, context, 'undoing');
    const own = await opened(parts, record);
    let result: ImportResult = { ...EMPTY, ...record.result };
    const total = result.added + result.changed;
    for (;;) {
      context.signal.throwIfAborted();
      context.progress(result.undone + result.kept, total, 'jobs.words.puttingBack');
      const next = await db.transaction().execute(async (tx) => {
        await move(tx, record, 'undoing', { state: 'undoing' });
        const batch = await tx
          .selectFrom('import_undo')
          .select(['seq', 'entries'])
          .where('import', '=', record.id)
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (!batch) return null;
        const { undone, kept } = await own.undo(tx as never, batch.entries);
        await tx.deleteFrom('import_undo').where('import', '=', record.id).where('seq', '=', batch.seq).execute();
        const counted = { ...result, undone: result.undone + undone, kept: result.kept + kept };
        await move(tx, record, 'undoing', { result: JSON.stringify(counted) });
        return counted;
      });
      if (next === null) break;
      result = next;
      await context.checkpoint.save({ undone: result.undone + result.kept });
    }
    await clearStage(db, record.id);
    const file = record.file;
    await db
      .transaction()
      .execute((tx) => move(tx, record, 'undoing', { state: 'undone', finished_at: new Date(), file: null }));
    if (file !== null) await files.remove(record.workspace, file);
    return result;
  },
});

export const importJobs = (parts: ImportParts) => [
  checkImport.with(parts),
  writeImport.with(parts),
  undoImport.with(parts),
];
