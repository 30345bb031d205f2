// What rows of a file can become. A module declares a kind: its fields, and how rows are compared, written and taken back; the
// list of kinds is src/modules/imports.ts. The wizard, the jobs and the screens are the same for all.
import type { Kysely, Transaction } from 'kysely';
import type { WorkspacePermission } from '../api/contract-base.ts';
import type { PeopleTables } from '../workspaces/tables.ts';

export interface ImportField {
  name: string;
  label: { en: string; ru: string };
  /** `day` comes as 2026-11-24, `amount` as -1234.5, `integer` as figures, `currency` as EUR, `choice` as the value of an option */
  type: 'day' | 'amount' | 'integer' | 'currency' | 'text' | 'choice';
  required: boolean;
  /** where it may come from: a column of the file, one value for the whole file, or either */
  from: 'column' | 'file' | 'either';
  /** what columns with it are called, lower case, the surest first */
  names: readonly string[];
  /** characters of a text */
  most?: number;
}

export interface Choice {
  value: string;
  label: string;
}

export interface ImportPlace {
  workspace: string;
  /** of the import; what it writes carries it */
  import: string;
  /** what the person calls the source of the file */
  source: string;
  who: string;
}

export interface Comparison {
  added: number;
  changed: number;
  same: number;
  /** YYYY-MM-DD of what is added or changed */
  days: readonly string[];
}

/** A row that is understood. Rows of one import with the same key are merged before they are compared or written. */
export interface Understood<Row> {
  day: string;
  key: string;
  row: Row;
}

export type ImportTransaction = Transaction<PeopleTables>;

/** A kind ready for one import: what its rows need is read once. */
export interface OpenedKind<Row, Undo> {
  /** Values by field name, '' where there is none; or a reason such as `page:no-path`, told to people by `reasons` */
  understand(values: Readonly<Record<string, string>>): Understood<Row> | string;
  merge(first: Row, second: Row): Row;
  /** What writing these would change; changes nothing. Each key once. */
  compare(db: ImportTransaction, rows: readonly Row[]): Promise<Comparison>;
  /** Writes in the transaction; `undo` is handed back to `undo` as it is (JSON). */
  write(tx: ImportTransaction, rows: readonly Row[]): Promise<Comparison & { undo: readonly Undo[] }>;
  undo(tx: ImportTransaction, entries: readonly Undo[]): Promise<{ undone: number; kept: number }>;
}

export interface ImportKind<Row = unknown, Undo = unknown> {
  name: string;
  label: { en: string; ru: string };
  permission: WorkspacePermission;
  fields: readonly ImportField[];
  reasons: Readonly<Record<string, { en: string; ru: string }>>;
  /** of fields of the type choice, and what holds unless something else is chosen */
  choices(
    db: Kysely<PeopleTables>,
    workspace: string,
  ): Promise<{ options: Record<string, Choice[]>; preset: Record<string, string> }>;
  open(db: Kysely<PeopleTables>, place: ImportPlace): Promise<OpenedKind<Row, Undo>>;
}

/** Kinds with rows of different types stand in one list. */
export const defineImportKind = <Row, Undo>(kind: ImportKind<Row, Undo>): ImportKind => kind as unknown as ImportKind;
