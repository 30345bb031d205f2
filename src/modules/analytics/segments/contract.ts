// Saved segments as others see them. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { filter } from '../report/filter-contract.ts';
import { question, trust } from '../report/question-contract.ts';
import type { PlainDimensionId } from '../report/vocabulary.ts';

export const segmentDefinition = z.strictObject({
  /** how the definition is to be read */
  version: z.literal(1),
  /** visitors: everything in `where` is asked of a visitor; visits: properties are asked of one visit */
  selects: z.enum(['visitors', 'visits']),
  where: filter,
});
export type SegmentDefinition = z.infer<typeof segmentDefinition>;

const name = z.string().trim().min(1, 'Give the segment a name').max(120);
const site = z.uuid().nullable();
const segment = z.object({
  id: z.string(),
  name: z.string(),
  /** null: over all sites */
  site: z.string().nullable(),
  definition: segmentDefinition,
  version: z.number(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type Segment = z.infer<typeof segment>;

export const segmentSize = z.object({
  visitors: z.number(),
  /** of a segment of visits */
  visits: z.number().nullable(),
  /** all visitors known, for the share */
  known: z.number(),
  /** share 0–1 of the chosen visitors who can be recognised on another day; null without visitors */
  joined: z.number().nullable(),
  /** the last day that was counted, in the workspace's zone */
  day: z.string(),
  freshTo: z.string().nullable(),
});
export type SegmentSize = z.infer<typeof segmentSize>;

/** Of a visit, and what happened in it. */
export const DIFFERENCE_DIMENSIONS = [
  'channel',
  'source',
  'campaign',
  'referrer',
  'landingPage',
  'page',
  'event',
  'country',
  'language',
  'device',
  'browser',
  'system',
] as const satisfies readonly PlainDimensionId[];

const difference = z.object({
  dimension: z.enum(DIFFERENCE_DIMENSIONS),
  value: z.string(),
  /** shares 0–1 of the visits of the segment, and of the other visits */
  here: z.number(),
  elsewhere: z.number(),
  /** visits of the segment with it */
  visits: z.number(),
});
export type Difference = z.infer<typeof difference>;
const differencesAnswer = z.object({
  /** visits of the segment in the period, and all others */
  here: z.number(),
  elsewhere: z.number(),
  /** fewer than 50 visits on one side: nothing is said */
  tooFew: z.boolean(),
  /** the surest first; what the segment's own definition says is left out */
  rows: z.array(difference),
  trust,
});
export type DifferencesAnswer = z.infer<typeof differencesAnswer>;

const path = workspacePath.extend({ segment: z.uuid() });
const ALL = '/workspaces/{workspace}/segments';
const ONE = '/workspaces/{workspace}/segments/{segment}';

export const segmentRoutes = {
  list: route('analytics:read', 'GET', ALL, 'Saved segments')
    .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
    .output(z.array(segment)),
  create: route('analytics:manage', 'POST', ALL, 'Save a segment')
    .input(workspacePath.extend({ name, site: site.default(null), definition: segmentDefinition }))
    .output(segment),
  update: route('analytics:manage', 'PATCH', ONE, 'Change a segment')
    .input(
      path.extend({
        name: name.optional(),
        site: site.optional(),
        definition: segmentDefinition.optional(),
        /** the version that was changed, so that a change made meanwhile by someone else is not lost */
        version: z.number().int().min(1),
      }),
    )
    .output(segment),
  archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a segment away').input(path).output(segment),
  undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a segment')
    .input(path)
    .output(segment),
  count: route('analytics:read', 'POST', `${ALL}/count`, 'Size of a segment now, saved or not')
    .input(workspacePath.extend({ site: site.default(null), definition: segmentDefinition }))
    .output(segmentSize),
  differences: route(
    'analytics:read',
    'POST',
    `${ALL}/differences`,
    'What makes a segment differ from all other visits',
  )
    .input(workspacePath.extend({ ...question, of: filter }))
    .output(differencesAnswer),
};
