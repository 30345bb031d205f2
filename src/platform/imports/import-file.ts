// A file imported from beginning to end by the same steps as the wizard's, for a file nobody needs to look at. A worker must be at work.
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { tableBytes } from '../exports/table-file-contract.ts';
import { checkRows, findImport, openImport, startImport, type Who } from './imports.ts';
import type { ImportKind } from './kind.ts';
import type { ImportRecord, ImportRulesParts } from './parts.ts';
import type { Mapping } from './settings-contract.ts';

const STEP_MS = 50;

/** Resolves when all rows are written. Throws what a person would be told. */
export async function importFile(
  parts: ImportRulesParts,
  by: Who,
  of: { file: string; kind: ImportKind; source: string; mapping?: Mapping },
): Promise<ImportRecord> {
  const { id, looked } = await openImport(parts, by, of);
  await checkRows(parts, by, id, {
    source: of.source,
    settings: { reading: looked.reading, mapping: { ...looked.mapping, ...of.mapping } },
  });
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

/** Imports a table as the file `name`, unless a file of that name was imported already: a start that is cut off begins again. */
export async function importTableOnce(
  parts: ImportRulesParts,
  by: Who,
  of: {
    name: string;
    kind: ImportKind;
    source: string;
    head: readonly string[];
    rows: readonly (readonly (string | number)[])[];
    mapping?: Mapping;
  },
): Promise<void> {
  const { name, kind, source, mapping } = of;
  const there = await parts.db
    .selectFrom('import')
    .select('id')
    .where('workspace', '=', by.workspace)
    .where('file_name', '=', name)
    .where('state', '=', 'done')
    .executeTakeFirst();
  if (there || of.rows.length === 0) return;
  const bytes = tableBytes('csv', source, of.head, of.rows);
  const file = await parts.files.save(by.workspace, Readable.from(bytes, { objectMode: false }), { name, who: by.who });
  await importFile(parts, by, { file: file.id, kind, source, ...(mapping ? { mapping } : {}) });
}
