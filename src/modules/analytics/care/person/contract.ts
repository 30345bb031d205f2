// What is known of one visitor: found by an id they can name, handed out as a file, erased. Browser-safe.
import { z } from 'zod';
import { route } from '../../../../platform/api/contract-base.ts';
import { jobRun } from '../../../../platform/jobs/contract.ts';
import { workspacePath } from '../../../../platform/workspaces/contract.ts';

const person = z.object({
  site: z.string(),
  host: z.string(),
  /** one of their numbers; a person has several over midnights and with consent */
  visitor: z.string(),
  /** all their numbers */
  visitors: z.array(z.string()),
  /** local dates */
  first: z.string(),
  last: z.string(),
  views: z.number(),
  events: z.number(),
  orders: z.number(),
  proofs: z.number(),
});
export type Person = z.infer<typeof person>;

const visitor = z.string().regex(/^\d{1,20}$/, 'A visitor is a number');
const of = workspacePath.extend({ site: z.uuid(), visitor });
const ALL = '/workspaces/{workspace}/persons';
const ONE = `${ALL}/{site}/{visitor}` as const;
export const personRoutes = {
  find: route(
    'analytics:manage',
    'POST',
    `${ALL}/find`,
    'Visitors by an id of theirs: cookie, order, customer, other counters',
  )
    .input(workspacePath.extend({ id: z.string().trim().min(1, 'Give an id').max(200) }))
    .output(z.array(person)),
  export: route('analytics:manage', 'GET', `${ONE}/export`, 'Everything known of a visitor, as a JSON file')
    .input(of)
    .output(z.file()),
  erase: route('analytics:manage', 'POST', `${ONE}/erase`, 'Erase everything known of a visitor')
    .input(of)
    .output(jobRun),
};
