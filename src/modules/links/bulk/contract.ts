// Many addresses tagged at once: what comes of each before anything is kept, and keeping them. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { breach, tags } from '../convention-contract.ts';

/** More are a file for a program; this many are pasted from a spreadsheet. */
export const MOST_ROWS = 500;

const row = z.object({ target: z.string().max(4000), ...tags.shape, name: z.string().trim().max(160).default('') });
export type BulkRow = z.infer<typeof row>;
const rows = z.array(row).min(1, 'Give at least one address').max(MOST_ROWS, `At most ${MOST_ROWS} addresses at once`);

const shown = z.object({
  /** null: `problem` says why */
  url: z.string().nullable(),
  problem: z.enum(['empty', 'not-an-address', 'not-http', 'too-long', 'password']).nullable(),
  channel: z.string(),
  own: z.boolean(),
  breaches: z.array(breach),
  /** the number of an earlier row with the same tags and address, from 0; their visits can't be told apart */
  sameAs: z.number().nullable(),
});
export type BulkShown = z.infer<typeof shown>;

const kept = z.object({
  /** null: `problem` says why this one was not kept */
  link: z.string().nullable(),
  short: z.string().nullable(),
  problem: z.string().nullable(),
});
export type BulkKept = z.infer<typeof kept>;

const ALL = '/workspaces/{workspace}/links/bulk';
export const bulkRoutes = {
  preview: route('analytics:read', 'POST', `${ALL}/preview`, 'What comes of many addresses with tags')
    .input(workspacePath.extend({ rows }))
    .output(z.array(shown)),
  keep: route('analytics:manage', 'POST', ALL, 'Keep many tagged links; each gets a short address')
    .input(workspacePath.extend({ rows }))
    .output(z.array(kept)),
};
