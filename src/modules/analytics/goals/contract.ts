// Goals as others see them: what the company wants visitors to do. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { actObject, plainFilter } from '../report/filter-contract.ts';

/** Something an event is (a page, a click, a form, a depth of scroll, an amount), or something a whole visit is (its length). */
export const goalDefinition = z.union([
  z.strictObject({ version: z.literal(1), act: actObject }),
  z.strictObject({ version: z.literal(1), visit: plainFilter }),
]);
export type GoalDefinition = z.infer<typeof goalDefinition>;

const name = z.string().trim().min(1, 'Give the goal a name').max(120);
const site = z.uuid().nullable();
const worth = z.number().int().min(0).max(1e12).nullable();
const goal = z.object({
  id: z.string(),
  name: z.string(),
  /** null: on all sites */
  site: z.string().nullable(),
  definition: goalDefinition,
  /** minor units of the company's currency a conversion is worth; null: the revenue of its event */
  worth: z.number().nullable(),
  version: z.number(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type Goal = z.infer<typeof goal>;

const path = workspacePath.extend({ goal: z.uuid() });
const ALL = '/workspaces/{workspace}/goals';
const ONE = '/workspaces/{workspace}/goals/{goal}';

export const goalsContract = {
  goals: {
    list: route('analytics:read', 'GET', ALL, 'Goals of a company')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(goal)),
    create: route('analytics:manage', 'POST', ALL, 'Set a goal; it speaks of past visits at once')
      .input(
        workspacePath.extend({
          name,
          site: site.default(null),
          definition: goalDefinition,
          worth: worth.default(null),
        }),
      )
      .output(goal),
    update: route('analytics:manage', 'PATCH', ONE, 'Change a goal')
      .input(
        path.extend({
          name: name.optional(),
          site: site.optional(),
          definition: goalDefinition.optional(),
          worth: worth.optional(),
          /** the version that was changed, so that a change made meanwhile by someone else is not lost */
          version: z.number().int().min(1),
        }),
      )
      .output(goal),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a goal away').input(path).output(goal),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a goal')
      .input(path)
      .output(goal),
    preview: route('analytics:read', 'POST', `${ALL}/preview`, 'What a goal, saved or not, counts in the last 30 days')
      .input(workspacePath.extend({ site: site.default(null), definition: goalDefinition }))
      .output(z.object({ conversions: z.number(), convertedVisits: z.number(), visits: z.number() })),
    seen: route('analytics:read', 'GET', `${ALL}/seen`, 'What visitors of the last 30 days did, to make goals of')
      .input(workspacePath)
      .output(
        z.object({
          /** named events, the most frequent first */
          events: z.array(z.object({ name: z.string(), count: z.number() })),
          pages: z.array(z.object({ page: z.string(), count: z.number() })),
        }),
      ),
  },
};
