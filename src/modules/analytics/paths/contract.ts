// Paths as others see them: what visits do after a page or event, or before it, and the sequences most visits hold. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { question, trust } from '../report/question-contract.ts';

const node = z.strictObject({
  what: z.enum(['view', 'event']),
  /** address or name; with pages put together, the name of their group: `/blog/*` */
  value: z.string().max(2000),
});
export type PathNode = z.infer<typeof node>;

const nodes = {
  /** what a path is made of */
  acts: z.enum(['view', 'event', 'any']).default('view'),
  /** `folder`: pages of one first folder are one */
  pages: z.enum(['page', 'folder']).default('page'),
  /** pages that begin alike are one, before folders are looked at: `/shop/tents*` */
  groups: z
    .array(
      z
        .string()
        .regex(/^\/.*\*$/, 'A group of pages begins with / and ends with *, like /blog/*')
        .max(200),
    )
    .max(10)
    .default([]),
};

export const DEEPEST_PATH = 6;

export const flowQuestion = z.object({
  ...question,
  ...nodes,
  /** `from`: what comes after; `to`: what came before */
  direction: z.enum(['from', 'to']).default('from'),
  /** left out: where visits begin (or end) */
  anchor: node.optional(),
  depth: z.number().int().min(2).max(DEEPEST_PATH).default(4),
  /** nodes of a step that are shown by name */
  top: z.number().int().min(2).max(12).default(6),
});
export type FlowQuestion = z.output<typeof flowQuestion>;

const shownNode = z.object({
  /** `other`: all that are not named; `end`: the visit ended (or began) there */
  what: z.enum(['view', 'event', 'other', 'end']),
  value: z.string(),
  visits: z.number(),
});
export const flowAnswer = z.object({
  /** that began in the period */
  visits: z.number(),
  /** of those, the ones the flow is made of */
  through: z.number(),
  /** the nodes of each step; the first holds where it starts */
  steps: z.array(z.array(shownNode)),
  /** from node `from` of a step to node `to` of the next */
  links: z.array(z.object({ step: z.number(), from: z.number(), to: z.number(), visits: z.number() })),
  trust,
});
export type FlowAnswer = z.infer<typeof flowAnswer>;

export const sequencesQuestion = z.object({
  ...question,
  ...nodes,
  length: z.number().int().min(2).max(5).default(3),
  limit: z.number().int().min(1).max(200).default(20),
});
export type SequencesQuestion = z.output<typeof sequencesQuestion>;
export const sequencesAnswer = z.object({
  visits: z.number(),
  rows: z.array(z.object({ nodes: z.array(node), visits: z.number() })),
});
export type SequencesAnswer = z.infer<typeof sequencesAnswer>;

const ALL = '/workspaces/{workspace}/paths';
export const pathsContract = {
  paths: {
    flow: route(
      'analytics:read',
      'POST',
      `${ALL}/flow`,
      'What visits do step by step after (or before) a page or event',
    )
      .input(workspacePath.extend(flowQuestion.shape))
      .output(flowAnswer),
    sequences: route('analytics:read', 'POST', `${ALL}/sequences`, 'Sequences of pages and events most visits hold')
      .input(workspacePath.extend(sequencesQuestion.shape))
      .output(sequencesAnswer),
  },
};
