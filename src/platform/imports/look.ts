// Looking at a file: what it is, what its columns are, and what an earlier file of the same shape was told.
import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type { StoredFile } from '../files/index.ts';
import { ImportFileError } from './errors.ts';
import type { ImportKind } from './kind.ts';
import type { ImportParts } from './parts.ts';
import { type Sniffed, sniff } from './reading/sniff.ts';
import type { Mapping, Reading } from './settings-contract.ts';

export interface Looked extends Sniffed {
  source: string;
  reused: boolean;
}

/** 'yandex_direct-2026-11 (2).csv' → 'yandex direct' */
export const sourceOf = (fileName: string): string =>
  fileName
    .replace(/\.[a-z0-9]{2,5}$/i, '')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[_\-.\s]+/g, ' ')
    .replace(/(?:^|\s)\d+(?=\s|$)/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 100) || 'file';

export async function lookAt(
  parts: ImportParts,
  of: { workspace: string; kind: ImportKind; file: StoredFile; given: Partial<Reading> },
): Promise<Looked> {
  const { workspace, kind, file, given } = of;
  const found = await parts.files
    .withPath(file, (path) => sniff(path, kind, given))
    .catch((error: unknown) => {
      throw error instanceof ImportFileError
        ? new ORPCError('BAD_REQUEST', { message: error.message, cause: error })
        : error;
    });
  const saved = await savedFor(parts, workspace, kind.name, found.headers);
  const { preset } = await kind.choices(parts.db as never, workspace);
  const fixed: Mapping = Object.fromEntries(Object.entries(preset).map(([name, value]) => [name, { value }]));
  if (found.currency !== null && kind.fields.some((field) => field.name === 'currency'))
    fixed.currency = { value: found.currency };
  if (!saved) return { ...found, mapping: { ...fixed, ...found.mapping }, source: sourceOf(file.name), reused: false };
  const { decimal, dateOrder } = saved.settings.reading;
  return {
    ...found,
    reading: { ...found.reading, decimal, dateOrder, ...given },
    unsure: [],
    mapping: saved.settings.mapping,
    source: saved.source,
    reused: true,
  };
}

const savedFor = (parts: ImportParts, workspace: string, kind: string, headers: readonly string[]) =>
  parts.db
    .selectFrom('import_mapping')
    .select(['source', 'settings'])
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .where(sql<boolean>`headers = ${JSON.stringify(headers)}::jsonb`)
    .orderBy('used_at', 'desc')
    .limit(1)
    .executeTakeFirst();
