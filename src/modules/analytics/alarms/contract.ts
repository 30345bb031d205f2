// Alarms as others see them: a measure watched each day, beside what is usual on that weekday. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { mailAddress } from '../../../platform/mail/mail-contract.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { scopeShape } from '../explorer/question-contract.ts';
import { measure } from '../report/question-contract.ts';

/** Standard deviations that are still usual: about one false ring in two months, in a year, in sixteen years of days. */
export const WIDTHS = { fine: 2.4, usual: 3, coarse: 4 } as const;
export const SENSITIVITIES = ['fine', 'usual', 'coarse'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

const MOST_ADDRESSES = 20;
export const alarmDefinition = z.strictObject({
  version: z.literal(1),
  measure,
  site: scopeShape.site,
  segment: scopeShape.segment,
  filters: scopeShape.filters,
  /** more than usual, less, or either */
  way: z.enum(['both', 'more', 'less']).default('both'),
  sensitivity: z.enum(SENSITIVITIES).default('usual'),
  /** told by mail too; they need no account */
  mail: z.array(mailAddress).max(MOST_ADDRESSES, `An alarm goes to at most ${MOST_ADDRESSES} addresses`).default([]),
});
export type AlarmDefinition = z.infer<typeof alarmDefinition>;

const name = z.string().trim().min(1, 'Give the alarm a name').max(120);
const ring = z.object({ day: z.string(), value: z.number(), expected: z.number() });
const alarm = z.object({
  id: z.string(),
  name: z.string(),
  definition: alarmDefinition,
  version: z.number(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
  /** days on which it rang, the newest first */
  rings: z.array(ring),
});
export type Alarm = z.infer<typeof alarm>;

const watched = z.object({
  /** the last 90 days that are over; null: not known, or too little of a past to say what is usual */
  days: z.array(
    z.object({
      day: z.string(),
      value: z.number().nullable(),
      expected: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      rings: z.boolean(),
    }),
  ),
});
export type Watched = z.infer<typeof watched>;

const path = workspacePath.extend({ alarm: z.uuid() });
const ALL = '/workspaces/{workspace}/alarms';
const ONE = `${ALL}/{alarm}` as const;
export const alarmsContract = {
  alarms: {
    list: route('analytics:read', 'GET', ALL, 'Alarms of a company, with the days on which they rang')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(alarm)),
    create: route('analytics:manage', 'POST', ALL, 'Watch a measure')
      .input(workspacePath.extend({ name, definition: alarmDefinition }))
      .output(alarm),
    update: route('analytics:manage', 'PATCH', ONE, 'Change an alarm')
      .input(
        path.extend({
          name: name.optional(),
          definition: alarmDefinition.optional(),
          version: z.number().int().min(1),
        }),
      )
      .output(alarm),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put an alarm away').input(path).output(alarm),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of an alarm')
      .input(path)
      .output(alarm),
    preview: route('analytics:read', 'POST', `${ALL}/preview`, 'When an alarm, saved or not, would have rung')
      .input(workspacePath.extend({ definition: alarmDefinition }))
      .output(watched),
  },
};
