// What is wrong with the tags that visits truly carried. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { question, trust } from '../../analytics/contract.ts';

/**
 * `slip`: a letter off from a value that comes more often; `keyboard`: typed on the wrong keyboard; `spelling`: the same but for case,
 * spaces and separators; `alias`: another spelling the convention knows; `unassigned`: no rule knows the pair; `inside`: a link between the company's own pages carries tags, which
 * takes the visit from where it came from; `untagged-ads`: paid clicks that only a click id tells.
 */
export const TAG_FAULTS = [
  'inside',
  'unassigned',
  'slip',
  'keyboard',
  'spelling',
  'alias',
  'no-medium',
  'no-campaign',
  'untagged-ads',
] as const;

export const tagFault = z.object({
  /** names it when it is to be left alone */
  key: z.string(),
  code: z.enum(TAG_FAULTS),
  field: z.enum(['source', 'medium', 'campaign', 'content']),
  value: z.string(),
  /** as source / medium / campaign, where the fault is of the three together */
  about: z.string(),
  /** what was probably meant */
  instead: z.string().nullable(),
  channel: z.string(),
  /** the channel with `instead` */
  wouldBe: z.string().nullable(),
  visits: z.number(),
  /** local dates of the first and the last such visit */
  first: z.string(),
  last: z.string(),
  /** a page the link stands on */
  page: z.string().nullable(),
});
export type TagFault = z.infer<typeof tagFault>;

const ALL = '/workspaces/{workspace}/tag-faults';
const fieldName = z.enum(['source', 'medium', 'campaign', 'content']);
export const tagRoutes = {
  find: route('analytics:read', 'POST', ALL, 'Faults in the tags of a period’s visits, the most visits first')
    .input(workspacePath.extend({ ...question, leftAlone: z.boolean().default(false) }))
    .output(
      z.object({
        faults: z.array(tagFault),
        /** visits of the period, those that carry tags, and those with a fault */
        visits: z.number(),
        tagged: z.number(),
        faulty: z.number(),
        /** faults that are left alone */
        leftAlone: z.number(),
        trust,
      }),
    ),
  leaveAlone: route('analytics:manage', 'POST', `${ALL}/leave-alone`, 'Leave a fault alone, or show it again')
    .input(workspacePath.extend({ key: z.string().max(500), leave: z.boolean() }))
    .output(z.object({ leftAlone: z.number() })),
  addAlias: route('analytics:manage', 'POST', `${ALL}/alias`, 'Tell the convention that a value is another spelling')
    .input(
      workspacePath.extend({
        field: fieldName,
        value: z.string().min(1).max(120),
        instead: z.string().min(1).max(120),
      }),
    )
    .output(z.object({ added: z.boolean() })),
};
