// What the rules and jobs of imports work with.
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Files } from '../files/index.ts';
import type { Jobs, JobTables } from '../jobs/index.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { ImportKind } from './kind.ts';
import type { ImportTables } from './tables.ts';

export type ImportDb = Kysely<ImportTables & PeopleTables & JobTables>;
export type ImportTx = Transaction<ImportTables & PeopleTables & JobTables>;
export type ImportRecord = Selectable<ImportTables['import']>;

export interface ImportParts {
  db: ImportDb;
  files: Files;
  kinds: readonly ImportKind[];
}

export interface ImportRulesParts extends ImportParts {
  jobs: Jobs;
}

export function kindOf(parts: ImportParts, name: string): ImportKind {
  const kind = parts.kinds.find((one) => one.name === name);
  if (!kind) throw new Error(`There is no kind of import called ${name}`);
  return kind;
}
