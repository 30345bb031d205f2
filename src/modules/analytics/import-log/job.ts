// The import as background work: uploaded files are read in their order, it can be left, stopped and gone on with, and the
// raw files, which hold addresses of visitors, are removed as soon as they are read.
import { sql } from 'kysely';
import { z } from 'zod';
import type { Files, StoredFile } from '../../../platform/files/index.ts';
import { defineJob, JobFailed } from '../../../platform/jobs/index.ts';
import { LogImportError } from './errors.ts';
import { type LogImportParts, runLogImport } from './run.ts';

export interface ImportLogParts extends LogImportParts {
  files: Files;
}

const SAVE_EVERY_MS = 2000;

export const importLogJob = defineJob({
  name: 'import-log',
  title: 'jobs.names.importLog',
  payload: z.object({
    site: z.uuid(),
    files: z.array(z.object({ id: z.uuid(), name: z.string(), size: z.number() })).min(1),
  }),
  lane: 'long',
  retry: { limit: 3, delaySeconds: 15 },
  run: async ({ workspace, payload, who, progress, checkpoint, signal, log }, parts: ImportLogParts) => {
    const { files } = parts;
    const found: StoredFile[] = [];
    for (const { id, name } of payload.files) {
      const file = await files.find(workspace, id);
      if (!file) throw new JobFailed(`${name} is no longer here. Upload it again.`);
      found.push(file);
    }
    const total = found.reduce((sum, file) => sum + file.size, 0);
    const lost = new AbortController();
    let savedAt = 0;
    const work = (paths: readonly string[]) =>
      runLogImport(parts, {
        workspace,
        site: payload.site,
        files: paths,
        // the path of a content is its sha256, of a copy it is not: the same files are the same import wherever they lie
        fingerprint: found.map((file) => file.sha256).join(' '),
        who,
        signal: AbortSignal.any([signal, lost.signal]),
        onProgress: ({ lines, bytesRead }) => {
          progress(bytesRead, total, bytesRead >= total ? 'jobs.words.countingVisits' : 'jobs.words.readingLog');
          if (Date.now() - savedAt < SAVE_EVERY_MS && bytesRead < total) return;
          savedAt = Date.now();
          // where to go on is kept by the import itself; this says how far it is and that the run is still ours
          checkpoint.save({ lines }).catch((error: unknown) => lost.abort(error));
        },
      });
    progress(0, total, 'jobs.words.readingLog');
    try {
      const done = await withPaths(files, found, work);
      const reasons = await sql<{ reason: string; lines: number }>`
        SELECT reason, count(*) AS lines FROM log_import_reject WHERE workspace = ${workspace} AND import = ${done.import}
        GROUP BY reason ORDER BY lines DESC, reason`.execute(parts.db);
      for (const file of found) await files.remove(workspace, file.id);
      return { ...done, reasons: reasons.rows };
    } catch (error) {
      if (!(error instanceof LogImportError)) throw error;
      log.info({ code: error.code }, 'a log could not be imported');
      for (const file of found) await files.remove(workspace, file.id);
      throw new JobFailed(withNames(error.message, files, found));
    }
  },
});

/** All of them on the disk of this machine at once. */
function withPaths<T>(
  files: Files,
  [first, ...others]: readonly StoredFile[],
  work: (paths: readonly string[]) => Promise<T>,
  paths: readonly string[] = [],
): Promise<T> {
  if (first === undefined) return work(paths);
  return files.withPath(first, (path) => withPaths(files, others, work, [...paths, path]));
}

/** People know a file by the name they gave it. */
function withNames(message: string, files: Files, found: readonly StoredFile[]): string {
  let named = message;
  for (const file of found) {
    const path = files.store.pathOf(file.sha256);
    if (path) named = named.replaceAll(path, file.name);
  }
  return named.replaceAll(/\S+\.part\b/g, found[0]?.name ?? '');
}
