// Retention as others see it: cohorts of people by when they first came (or did something), how many of them come back, and what
// they bring in. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { FUNNEL_BREAKDOWNS } from '../funnels/contract.ts';
import { actObject } from '../report/filter-contract.ts';
import { question, trust } from '../report/question-contract.ts';

/** A visit, something one event is, or a saved goal about a page or event. */
const occasion = z.union([z.literal('visit'), z.strictObject({ did: actObject }), z.strictObject({ goal: z.uuid() })]);
export type Occasion = z.infer<typeof occasion>;

export const RETENTION_UNITS = ['day', 'week', 'month'] as const;
export type RetentionUnit = (typeof RETENTION_UNITS)[number];
/** How many units after the first are looked at. */
export const MOST_UNITS: Readonly<Record<RetentionUnit, number>> = { day: 30, week: 26, month: 24 };
export const MOST_COHORTS = 100;

export const retentionQuestion = z.object({
  ...question,
  /** a day, a week from Monday on, or a month, in the workspace's zone */
  unit: z.enum(RETENTION_UNITS).default('week'),
  /** what puts someone in a cohort, the first time they do it */
  first: occasion.default('visit'),
  /** what counts as coming back */
  back: occasion.default('visit'),
  /** `recognised`: those who can be recognised on another day */
  people: z.enum(['recognised', 'all']).default('recognised'),
  count: z.enum(['people', 'revenue']).default('people'),
  /** a property of the first visit of all */
  breakdown: z.enum(FUNNEL_BREAKDOWNS).optional(),
});
export type RetentionQuestion = z.output<typeof retentionQuestion>;

const cell = z.object({
  /** people who came back in that unit; of revenue: who have bought up to its end */
  people: z.number(),
  /** minor units up to its end; null: not asked for */
  revenue: z.number().nullable(),
  /** the unit is not over, so the figure will still grow */
  open: z.boolean(),
});
const average = z.object({
  /** units after the first */
  unit: z.number(),
  /** 0–1, or minor units a person up to its end; over cohorts whose unit is over; null where none is */
  value: z.number().nullable(),
});
export const retentionAnswer = z.object({
  cohorts: z.array(
    z.object({
      /** the first local date of its unit */
      start: z.string(),
      size: z.number(),
      /** still growing */
      open: z.boolean(),
      /** from its own unit on, as far as time has come */
      cells: z.array(cell),
    }),
  ),
  average: z.array(average),
  /** the eight values with most people; `rest`: all others together */
  breakdown: z
    .array(z.object({ value: z.string(), rest: z.boolean(), size: z.number(), average: z.array(average) }))
    .nullable(),
  trust,
});
export type RetentionAnswer = z.infer<typeof retentionAnswer>;

export const retentionContract = {
  retention: {
    run: route(
      'analytics:read',
      'POST',
      '/workspaces/{workspace}/retention',
      'Who comes back, and what they bring in, by cohort',
    )
      .input(workspacePath.extend(retentionQuestion.shape))
      .output(retentionAnswer),
  },
};
