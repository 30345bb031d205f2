// Reports and dashboards shown to people outside by a link, with a password and a last day. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { WIDTHS } from '../dashboards/contract.ts';
import { explorerAnswer, explorerQuestion } from '../explorer/question-contract.ts';
import { PERIODS } from '../ui/period.ts';

/** What is shown: one of the two. */
const shown = { report: z.uuid().optional(), dashboard: z.uuid().optional() };
export interface Shown {
  report?: string | undefined;
  dashboard?: string | undefined;
}

export const shareDefinition = z.strictObject({
  version: z.literal(1),
  ...shown,
  /** the last day it opens, in the company's zone; null: until it is taken back */
  lastDay: z.iso.date('Use a date like 2026-12-31').nullable(),
  /** a password is asked for; it is chosen with the link and never changes */
  locked: z.boolean(),
});
export type ShareDefinition = z.infer<typeof shareDefinition>;

export const SHORTEST_PASSWORD = 8;
const name = z.string().trim().min(1, 'Say who the link is for').max(120);
const lastDay = shareDefinition.shape.lastDay;
const share = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  ...shown,
  /** of the report or dashboard; null: it is gone */
  title: z.string().nullable(),
  lastDay: z.string().nullable(),
  locked: z.boolean(),
  /** the last day is over */
  ended: z.boolean(),
  opened: z.number(),
  openedAt: z.string().nullable(),
  version: z.number(),
  createdBy: z.string(),
  createdAt: z.string(),
  archived: z.boolean(),
});
export type Share = z.infer<typeof share>;

const tile = z.object({
  name: z.string(),
  description: z.string(),
  width: z.enum(WIDTHS),
  /** null: the report was put away */
  question: explorerQuestion.nullable(),
});
export type SharedTile = z.infer<typeof tile>;

const sharedPage = z.object({
  name: z.string(),
  company: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  /** the period it opens with */
  period: z.string(),
  tiles: z.array(tile),
  vocabulary: z.object({
    measures: z.array(
      z.object({
        id: z.string(),
        unit: z.string(),
        direction: z.number(),
        adds: z.boolean(),
        needs: z.enum(['anything', 'visits', 'costs']),
      }),
    ),
    dimensions: z.array(z.object({ id: z.string(), visit: z.boolean(), many: z.boolean(), cost: z.boolean() })),
  }),
  /** those that the reports speak of */
  goals: z.array(z.object({ id: z.string(), name: z.string(), ofEvents: z.boolean() })),
  segments: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type SharedPage = z.infer<typeof sharedPage>;

const path = workspacePath.extend({ share: z.uuid() });
const ALL = '/workspaces/{workspace}/shares';
const ONE = `${ALL}/{share}` as const;
const key = z.string().min(1).max(100);
const token = z.string().max(200).optional();

/** A password was right once: this opens the link for half a day. `locked`: it takes a password. */
const opened = z.object({ locked: z.boolean(), page: sharedPage.nullable() });

export const sharingContract = {
  shares: {
    list: route('analytics:manage', 'GET', ALL, 'Links that show reports and dashboards to people outside')
      .input(workspacePath.extend({ ...shown, state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(share)),
    create: route('analytics:manage', 'POST', ALL, 'Share a report or dashboard by a link')
      .input(
        workspacePath.extend({
          name,
          ...shown,
          lastDay: lastDay.default(null),
          password: z
            .string()
            .min(SHORTEST_PASSWORD, `A password has at least ${SHORTEST_PASSWORD} characters`)
            .max(200)
            .optional(),
        }),
      )
      .output(share),
    update: route('analytics:manage', 'PATCH', ONE, 'Change who a link is for, or its last day')
      .input(path.extend({ name: name.optional(), lastDay: lastDay.optional(), version: z.number().int().min(1) }))
      .output(share),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Take a link back: it opens no more')
      .input(path)
      .output(share),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a link')
      .input(path)
      .output(share),
  },
  shared: {
    open: route('public', 'POST', '/shared/open', 'What a shared link shows')
      .input(z.object({ key, token }))
      .output(opened),
    unlock: route('public', 'POST', '/shared/unlock', 'Open a shared link by its password')
      .input(z.object({ key, password: z.string().max(200) }))
      .output(z.object({ token: z.string() })),
    answer: route('public', 'POST', '/shared/answer', 'The figures of one report of a shared link')
      .input(
        z.object({
          key,
          token,
          tile: z.number().int().min(0).max(100),
          /** another one than it opens with */
          period: z.enum(PERIODS).optional(),
        }),
      )
      .output(explorerAnswer),
  },
};
