// The door of imports of tables.
export { importTableOnce } from './import-file.ts';
export { importJobs } from './jobs.ts';
export {
  type Choice,
  defineImportKind,
  type ImportField,
  type ImportKind,
  type ImportPlace,
  type ImportTransaction,
} from './kind.ts';
export type { ImportParts, ImportRulesParts } from './parts.ts';
export { importsRouter } from './router.ts';
export type { ImportTables } from './tables.ts';
