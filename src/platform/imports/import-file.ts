// A file imported from beginning to end by the same steps as the wizard's, for a file nobody needs to look at. A worker must be at work.
import { setTimeout } from 'node:timers/promises';
import { checkRows, findImport, openImport, startImport, type Who } from './imports.ts';
import type { ImportKind } from './kind.ts';
import type { ImportRecord, ImportRulesParts } from './parts.ts';

const STEP_MS = 50;

/** Resolves when all rows are written. Throws what a person would be told. */
export async function importFile(
  parts: ImportRulesParts,
  by: Who,
  of: { file: string; kind: ImportKind; source: string },
): Promise<ImportRecord> {
  const { id, looked } = await openImport(parts, by, of);
  await checkRows(parts, by, id, { source: of.source, settings: { reading: looked.reading, mapping: looked.mapping } });
  await arrived(parts, by, id, 'checked');
  await startImport(parts, by, id);
  return arrived(parts, by, id, 'done');
}

async function arrived(
  parts: ImportRulesParts,
  by: Who,
  id: string,
  state: ImportRecord['state'],
): Promise<ImportRecord> {
  for (;;) {
    const record = await findImport(parts, by.workspace, id);
    if (record.state === state) return record;
    const run = await parts.db
      .selectFrom('job_run')
      .select(['state', 'error'])
      .where('id', '=', record.run)
      .executeTakeFirst();
    if (run && run.state !== 'waiting' && run.state !== 'running' && run.state !== 'done')
      throw new Error(run.error ?? `The import of ${record.file_name} was stopped.`);
    await setTimeout(STEP_MS);
  }
}
