// The explorer and its saved reports as others see them. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { explorerAnswer, explorerQuestion } from './question-contract.ts';

const name = z.string().trim().min(1, 'Give the report a name').max(120);
const description = z.string().trim().max(500);
const report = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  definition: explorerQuestion,
  version: z.number(),
  createdBy: z.string(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type SavedReport = z.infer<typeof report>;

const path = workspacePath.extend({ report: z.uuid() });
const ALL = '/workspaces/{workspace}/saved-reports';
const ONE = `${ALL}/{report}` as const;

/** What is searched in the first dimension: a text in it, or the values whose words hold it. */
const narrowed = z.union([
  z.strictObject({ contains: z.string().min(1).max(200) }),
  z.strictObject({ among: z.array(z.string()).max(1000) }),
]);

export const explorerContract = {
  explorer: {
    answer: route(
      'analytics:read',
      'POST',
      '/workspaces/{workspace}/explorer/answer',
      'Measures by dimensions, with all others and the comparison',
    )
      .input(workspacePath.extend({ question: explorerQuestion, find: narrowed.optional() }))
      .output(explorerAnswer),
    properties: route(
      'analytics:read',
      'GET',
      '/workspaces/{workspace}/explorer/properties',
      'Properties that events of the last 30 days carried',
    )
      .input(workspacePath)
      .output(z.array(z.object({ name: z.string(), events: z.number() }))),
  },
  savedReports: {
    list: route('analytics:read', 'GET', ALL, 'Saved reports')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(report)),
    create: route('analytics:manage', 'POST', ALL, 'Save a report')
      .input(workspacePath.extend({ name, description: description.default(''), definition: explorerQuestion }))
      .output(report),
    update: route('analytics:manage', 'PATCH', ONE, 'Change a saved report')
      .input(
        path.extend({
          name: name.optional(),
          description: description.optional(),
          definition: explorerQuestion.optional(),
          /** the version that was changed, so that a change made meanwhile by someone else is not lost */
          version: z.number().int().min(1),
        }),
      )
      .output(report),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a saved report away').input(path).output(report),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a saved report')
      .input(path)
      .output(report),
  },
};
