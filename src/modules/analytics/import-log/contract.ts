// The import of access logs in the browser: uploaded files become visits by a job. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { jobRun } from '../../../platform/jobs/contract.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';

const summary = z.object({
  lines: z.number(),
  accepted: z.number(),
  rejected: z.number(),
  /** lines that rules of the company left out */
  leftOut: z.number().default(0),
  duplicates: z.number(),
  pageViews: z.number(),
  botHits: z.number(),
  assets: z.number(),
  visits: z.number(),
  visitors: z.number(),
  /** days in the company's zone; null without visits */
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  /** codes such as no-time, most frequent first; of the first 5,000 rejected lines */
  reasons: z.array(z.object({ reason: z.string(), lines: z.number() })),
});

export type LogImportSummary = z.infer<typeof summary>;

const logImport = jobRun.extend({
  site: z.object({ id: z.uuid(), host: z.string() }).nullable(),
  files: z.array(z.object({ name: z.string(), size: z.number() })),
  /** lines read so far */
  lines: z.number(),
  /** null until it is done */
  summary: summary.nullable(),
});

export const logImportContract = {
  logImports: {
    start: route(
      'analytics:manage',
      'POST',
      '/workspaces/{workspace}/sites/{site}/log-imports',
      'Import uploaded access logs into a site',
    )
      .input(workspacePath.extend({ site: z.uuid(), files: z.array(z.uuid()).min(1).max(100) }))
      .output(logImport),
    list: route('analytics:read', 'GET', '/workspaces/{workspace}/log-imports', 'Imports of access logs, newest first')
      .input(workspacePath)
      .output(z.array(logImport)),
    rejects: route(
      'analytics:read',
      'GET',
      '/workspaces/{workspace}/log-imports/{run}/rejects',
      'Lines of an import that could not be read, as a CSV file; addresses in them are masked',
    )
      .input(workspacePath.extend({ run: z.uuid() }))
      .output(z.file()),
  },
};
