// An export and an import as background work. What a try left is gone before the next begins, so a kill costs time only.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import { BackupError } from '../backup/manifest.ts';
import { Busy } from '../backup/moment.ts';
import { type Files, FileTooLarge } from '../files/index.ts';
import { defineJob, type JobContext, JobFailed } from '../jobs/index.ts';
import { type ExportParts, exportCompany } from './export-company.ts';
import type { CompanyImportParts } from './import-company.ts';
import { exportResult, runImport, type TransferDb } from './transfers.ts';

export interface TransferJobParts extends Omit<ExportParts, 'store' | 'onProgress' | 'signal'> {
  db: TransferDb;
  files: Files;
}

const payload = z.object({ transfer: z.uuid() });
type Context = JobContext<z.infer<typeof payload>>;
export const KEPT_DAYS = 7;

async function transferOf({ db }: TransferJobParts, { workspace, payload: { transfer } }: Context) {
  const row = await db
    .selectFrom('transfer')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('id', '=', transfer)
    .executeTakeFirst();
  if (!row) throw new JobFailed('There is no such export or import any more.');
  return row;
}

/** Words for people where no further try can help. */
async function telling<T>({ db }: TransferJobParts, context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = error instanceof BackupError || error instanceof FileTooLarge || error instanceof ORPCError;
    if (!known || error instanceof Busy) throw error;
    await db
      .updateTable('transfer')
      .set({ error: error.message, finished_at: new Date() })
      .where('id', '=', context.payload.transfer)
      .execute();
    throw new JobFailed(error.message);
  }
}

const PROGRESS: Readonly<Record<string, string>> = {
  checking: 'jobs.words.checkingArchive',
  events: 'jobs.words.companyEvents',
  tables: 'jobs.words.companyTables',
  files: 'jobs.words.companyFiles',
};

const watched = (context: Context) => ({
  signal: context.signal,
  onProgress: (done: number, total: number, what: string) =>
    context.progress(Math.min(done, total), total, PROGRESS[what]),
});

export const exportCompanyJob = defineJob({
  name: 'export-company',
  title: 'jobs.names.exportCompany',
  page: 'settings/backup',
  payload,
  lane: 'long',
  retry: { limit: 5, delaySeconds: 5 },
  run: (context: Context, parts: TransferJobParts) => telling(parts, context, () => exportOne(context, parts)),
});

async function exportOne(context: Context, parts: TransferJobParts) {
  const { db, files } = parts;
  const { workspace } = context;
  const row = await transferOf(parts, context);
  if (row.finished_at && row.result) return row.result;
  const company = await db
    .selectFrom('workspace')
    .select(['id', 'name'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const path = join(files.folder, `${row.id}.archive`);
  await rm(path, { force: true });
  try {
    const done = await exportCompany({ ...parts, store: files.store, ...watched(context) }, company, path);
    const result = exportResult(company.name, done);
    const expiresAt = new Date(Date.now() + KEPT_DAYS * 86_400_000);
    const file = await files.savePath(workspace, path, { name: row.file_name, who: row.who, expiresAt });
    await db.transaction().execute(async (tx) => {
      await tx
        .updateTable('transfer')
        .set({ file: file.id, finished_at: new Date(), error: null, result: JSON.stringify(result) })
        .where('id', '=', row.id)
        .execute();
      const details = { fingerprint: done.fingerprint, bytes: done.bytes };
      await writeAudit(tx, { workspace, who: row.who, action: 'company.export', target: row.file_name, details });
    });
    return result;
  } finally {
    await rm(path, { force: true });
  }
}

export const importCompanyJob = defineJob({
  name: 'import-company',
  title: 'jobs.names.importCompany',
  page: 'settings/backup',
  payload,
  lane: 'long',
  retry: { limit: 3, delaySeconds: 5 },
  run: (context: Context, parts: TransferJobParts) => telling(parts, context, () => importOne(context, parts)),
});

async function importOne(context: Context, parts: TransferJobParts) {
  const { db, files, pool, clickhouse, database } = parts;
  const row = await transferOf(parts, context);
  if (row.finished_at && row.result) return row.result;
  const file = row.file === null ? undefined : await files.find(context.workspace, row.file);
  if (!file) throw new JobFailed(`${row.file_name} is no longer here. Upload it again.`);
  const owner = await db
    .selectFrom('user')
    .select(['id', 'email'])
    .where('id', '=', row.owner ?? '')
    .executeTakeFirst();
  if (!owner) throw new JobFailed('The person who asked for it has no account here any more.');
  const to: CompanyImportParts = {
    pool,
    clickhouse,
    database,
    store: files.store,
    folder: files.folder,
    room: files.limits.workspace,
    ...watched(context),
  };
  const done = await files.withPath(file, (path) =>
    runImport(to, row.id, path, { owner, who: row.who, called: row.file_name }),
  );
  await db.updateTable('transfer').set({ file: null }).where('id', '=', row.id).execute();
  await files.remove(context.workspace, file.id);
  return { workspace: done.workspace };
}

export const transferJobs = (parts: TransferJobParts) => [exportCompanyJob.with(parts), importCompanyJob.with(parts)];
