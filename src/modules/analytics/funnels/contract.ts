// Funnels as others see them: how far people come step by step, how long it takes, and where those who stop go. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { actObject, funnelShape, MOST_STEPS } from '../report/filter-contract.ts';
import { question, trust } from '../report/question-contract.ts';

/** what people call it; left out: said by its condition */
const stepName = z.string().trim().min(1).max(80).optional();
const funnelStep = z.union([
  z.strictObject({ name: stepName, act: actObject }),
  /** a saved goal about a page or event */
  z.strictObject({ name: stepName, goal: z.uuid() }),
]);
export type FunnelStep = z.infer<typeof funnelStep>;

export const funnelDefinition = z.strictObject({
  /** how the definition is to be read */
  version: z.literal(1),
  steps: z
    .array(funnelStep)
    .min(2, 'A funnel has two steps at least')
    .max(MOST_STEPS, `A funnel has ${MOST_STEPS} steps at most`),
  ...funnelShape,
});
export type FunnelDefinition = z.infer<typeof funnelDefinition>;

/** What a funnel can be broken down by: properties of the visit in which it begins. */
export const FUNNEL_BREAKDOWNS = [
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'referrer',
  'landingPage',
  'country',
  'language',
  'device',
  'browser',
  'system',
  'hostname',
] as const;
export type FunnelBreakdown = (typeof FUNNEL_BREAKDOWNS)[number];

const name = z.string().trim().min(1, 'Give the funnel a name').max(120);
const funnel = z.object({
  id: z.string(),
  name: z.string(),
  definition: funnelDefinition,
  version: z.number(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type Funnel = z.infer<typeof funnel>;

const milliseconds = z.number().nullable();
const time = { medianMs: milliseconds, p90Ms: milliseconds };

export const funnelAnswer = z.object({
  /** of each step: who reached it, and how long after the step before */
  steps: z.array(z.object({ reached: z.number(), ...time })),
  /** from the first step to the last, of those who went through */
  total: z.object(time),
  /** the values most began with, eight at most; `rest`: all others together */
  breakdown: z
    .array(z.object({ value: z.string(), rest: z.boolean(), reached: z.array(z.number()), medianMs: milliseconds }))
    .nullable(),
  trust,
});
export type FunnelAnswer = z.infer<typeof funnelAnswer>;

export const funnelDropped = z.object({
  /** who reached this step and not the next */
  people: z.number(),
  /** what they did next within the visit, the most first, twenty at most */
  next: z.array(z.object({ what: z.enum(['view', 'event']), value: z.string(), people: z.number() })),
  /** did something else than those named */
  others: z.number(),
  /** nothing more in that visit */
  left: z.number(),
});
export type FunnelDropped = z.infer<typeof funnelDropped>;

export const funnelQuestion = z.object({
  ...question,
  definition: funnelDefinition,
  breakdown: z.enum(FUNNEL_BREAKDOWNS).optional(),
});
export type FunnelQuestion = z.output<typeof funnelQuestion>;

export const droppedQuestion = z.object({
  ...question,
  definition: funnelDefinition,
  /** the step they reached, from 1; the last one has nobody who stopped */
  step: z
    .number()
    .int()
    .min(1)
    .max(MOST_STEPS - 1),
});
export type DroppedQuestion = z.output<typeof droppedQuestion>;

const path = workspacePath.extend({ funnel: z.uuid() });
const ALL = '/workspaces/{workspace}/funnels';
const ONE = `${ALL}/{funnel}` as const;

export const funnelsContract = {
  funnels: {
    list: route('analytics:read', 'GET', ALL, 'Saved funnels')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(funnel)),
    create: route('analytics:manage', 'POST', ALL, 'Save a funnel')
      .input(workspacePath.extend({ name, definition: funnelDefinition }))
      .output(funnel),
    update: route('analytics:manage', 'PATCH', ONE, 'Change a funnel')
      .input(
        path.extend({
          name: name.optional(),
          definition: funnelDefinition.optional(),
          /** the version that was changed, so that a change made meanwhile by someone else is not lost */
          version: z.number().int().min(1),
        }),
      )
      .output(funnel),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a funnel away').input(path).output(funnel),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a funnel')
      .input(path)
      .output(funnel),
    run: route('analytics:read', 'POST', `${ALL}/run`, 'How far people come in a funnel, saved or not')
      .input(workspacePath.extend(funnelQuestion.shape))
      .output(funnelAnswer),
    dropped: route('analytics:read', 'POST', `${ALL}/dropped`, 'Where those who stop at a step of a funnel go next')
      .input(workspacePath.extend(droppedQuestion.shape))
      .output(funnelDropped),
  },
};
