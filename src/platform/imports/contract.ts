// Imports of tables as others see them: a file is read, looked at, tried, imported, and may be taken back whole. Browser-safe.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { jobRun } from '../jobs/contract.ts';
import { workspacePath } from '../workspaces/contract.ts';
import { importSettings, reading } from './settings-contract.ts';

export const IMPORT_STATES = ['draft', 'checking', 'checked', 'writing', 'done', 'undoing', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

const label = z.object({ en: z.string(), ru: z.string() });
const choice = z.object({ value: z.string(), label: z.string() });
const kind = z.object({
  name: z.string(),
  label,
  fields: z.array(
    z.object({
      name: z.string(),
      label,
      type: z.enum(['day', 'amount', 'integer', 'currency', 'text', 'choice']),
      required: z.boolean(),
      /** where it may come from: a column, one value for the whole file, or either */
      from: z.enum(['column', 'file', 'either']),
    }),
  ),
  options: z.record(z.string(), z.array(choice)),
  reasons: z.record(z.string(), label),
  /** the person may import this kind */
  allowed: z.boolean(),
});
export type ImportKindView = z.infer<typeof kind>;

const counts = z.object({ added: z.number(), changed: z.number(), same: z.number() });
const rejected = z.object({
  line: z.number(),
  /** `field:code` or `row:code` */
  reason: z.string(),
  cells: z.array(z.string()),
});
const summary = counts.extend({
  /** rows of the file that hold something, without its head */
  rows: z.number(),
  rejected: z.number(),
  /** days whose figures change; and the first and the last of them */
  days: z.number(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  /** rows of the file that were added to another with the same day and names */
  merged: z.number(),
  /** most frequent first */
  reasons: z.array(z.object({ reason: z.string(), rows: z.number() })),
  rejects: z.array(rejected),
  /** the first rows as they were understood, by field */
  sample: z.array(z.record(z.string(), z.string())),
});
export type ImportSummary = z.infer<typeof summary>;

const result = counts.extend({
  days: z.number(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  /** of an undo: rows put back, and rows something newer has changed since */
  undone: z.number(),
  kept: z.number(),
});
export type ImportResult = z.infer<typeof result>;

const one = z.object({
  id: z.uuid(),
  kind: z.string(),
  source: z.string(),
  fileName: z.string(),
  fileSize: z.number(),
  state: z.enum(IMPORT_STATES),
  settings: importSettings,
  headers: z.array(z.string()),
  /** the work on it, or what became of it */
  run: jobRun.nullable(),
  summary: summary.nullable(),
  result: result.nullable(),
  hasRejects: z.boolean(),
  createdBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type ImportView = z.infer<typeof one>;

const looked = z.object({
  import: one,
  /** the file speaks for two ways alike: a person should look */
  unsure: z.array(z.enum(['dateOrder', 'decimal'])),
  sheets: z.array(z.string()),
  currency: z.string().nullable(),
  /** the first 20 rows as they are */
  rows: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  /** settings of an earlier file of this source with the same columns were taken */
  reused: z.boolean(),
});
export type LookedAt = z.infer<typeof looked>;

const at = '/workspaces/{workspace}/imports' as const;
const path = workspacePath.extend({ import: z.uuid() });
const source = z.string().trim().min(1, 'Say where the file comes from, like Yandex Direct').max(100);

export const importsContract = {
  imports: {
    kinds: route(
      'files:read',
      'GET',
      '/workspaces/{workspace}/import-kinds',
      'What rows of a file can become, with their fields',
    )
      .input(workspacePath)
      .output(z.array(kind)),
    list: route('files:read', 'GET', at, 'Imports of tables, newest first').input(workspacePath).output(z.array(one)),
    open: route('files:write', 'POST', at, 'Look at an uploaded file: how it is read and what its columns are')
      .input(workspacePath.extend({ file: z.uuid(), kind: z.string().max(40) }))
      .output(looked),
    look: route('files:write', 'POST', `${at}/{import}/look`, 'Look at the file again, read as a person says')
      .input(path.extend({ reading: reading.omit({ format: true }).partial() }))
      .output(looked),
    get: route('files:read', 'GET', `${at}/{import}`, 'One import: its state, its dry run, its result')
      .input(path)
      .output(one),
    check: route(
      'files:write',
      'POST',
      `${at}/{import}/check`,
      'Dry run: what an import would change, and what it can’t take',
    )
      .input(path.extend({ source, settings: importSettings }))
      .output(one),
    start: route(
      'files:write',
      'POST',
      `${at}/{import}/start`,
      'Import what the dry run has shown; one cut off goes on',
    )
      .input(path)
      .output(one),
    undo: route(
      'files:write',
      'POST',
      `${at}/{import}/undo`,
      'Take a whole import back: what it wrote over stands again',
    )
      .input(path)
      .output(one),
    remove: route('files:write', 'DELETE', `${at}/{import}`, 'Throw away an import that was not begun')
      .input(path)
      .output(z.object({ removed: z.boolean() })),
    rejects: route(
      'files:read',
      'POST',
      `${at}/{import}/rejects`,
      'A link to the rows that were not taken, as a CSV file',
    )
      .input(path)
      .output(z.object({ path: z.string(), expiresAt: z.string() })),
  },
};
