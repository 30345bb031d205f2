// Backups, exports and imports of companies as a screen sees them. Browser-safe.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { jobRun } from '../jobs/contract.ts';
import { workspacePath } from '../workspaces/contract.ts';

const transfer = z.object({
  id: z.uuid(),
  direction: z.enum(['export', 'import']),
  fileName: z.string(),
  who: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** the work on it, or what became of it; null: it was done on the command line */
  run: jobRun.nullable(),
  error: z.string().nullable(),
  /** an archive of an export that can still be fetched */
  hasFile: z.boolean(),
  /** the company that came of an import, when the person asking is in it */
  company: z.uuid().nullable(),
  result: z
    .object({
      name: z.string(),
      events: z.number(),
      files: z.number(),
      /** who left with it; of an import: who was invited */
      people: z.number(),
      bytes: z.number().optional(),
      fingerprint: z.string().optional(),
      /** of an import: connections that need their passwords, and sites whose line must be changed */
      connections: z.array(z.string()).optional(),
      newKeys: z.array(z.string()).optional(),
    })
    .nullable(),
});
export type TransferView = z.infer<typeof transfer>;

const at = '/workspaces/{workspace}/transfers' as const;
const path = workspacePath.extend({ transfer: z.uuid() });

export const transfersContract = {
  transfers: {
    list: route('workspace:manage', 'GET', at, 'The last backup, and exports and imports of companies, newest first')
      .input(workspacePath)
      .output(
        z.object({
          /** of the whole installation; null: none is known */
          lastBackup: z.object({ at: z.string(), bytes: z.number(), seconds: z.number() }).nullable(),
          transfers: z.array(transfer),
        }),
      ),
    export: route('workspace:manage', 'POST', `${at}/export`, 'Export the whole company as one file; owners only')
      .input(workspacePath)
      .output(transfer),
    import: route(
      'workspace:manage',
      'POST',
      `${at}/import`,
      'Take a company in from an uploaded file, as a new one of yours',
    )
      .input(workspacePath.extend({ file: z.uuid() }))
      .output(transfer),
    link: route(
      'workspace:manage',
      'POST',
      `${at}/{transfer}/link`,
      'A link to an exported archive that expires; owners only',
    )
      .input(path)
      .output(z.object({ path: z.string(), expiresAt: z.string() })),
    removeFile: route('workspace:manage', 'DELETE', `${at}/{transfer}/file`, 'Delete an exported archive; owners only')
      .input(path)
      .output(z.object({ removed: z.boolean() })),
  },
};
