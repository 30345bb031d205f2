// Records by a few letters, for the palette. Browser-safe.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { workspacePath } from '../workspaces/contract.ts';

export const foundRecord = z.object({
  /** what it is: i18n key below `palette.kind` */
  kind: z.string(),
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  /** screen below the company's address */
  path: z.string(),
  /** the part of the address after `?` */
  search: z.record(z.string(), z.unknown()),
});
export type FoundRecord = z.infer<typeof foundRecord>;

export const finderContract = {
  finder: {
    find: route('workspace:read', 'GET', '/workspaces/{workspace}/find', 'Records of a company by a few letters')
      .input(workspacePath.extend({ text: z.string().trim().min(1, 'Give a letter or two').max(100) }))
      .output(z.object({ records: z.array(foundRecord) })),
  },
};
