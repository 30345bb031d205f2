// Reports and dashboards that come by mail at their time. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { mailAddress } from '../../../platform/mail/mail-contract.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';

export const ROUNDS = ['day', 'week', 'month'] as const;
export type Round = (typeof ROUNDS)[number];
const MOST_RECIPIENTS = 20;
/** the last day of a month that every month has */
export const LAST_MONTH_DAY = 28;

export const mailingDefinition = z.strictObject({
  version: z.literal(1),
  report: z.uuid().optional(),
  dashboard: z.uuid().optional(),
  /** the last whole day, the last seven, or the last calendar month, each beside the one before */
  every: z.enum(ROUNDS),
  /** of a week: 1 is Monday; of a month: its day */
  on: z.number().int().min(1).max(LAST_MONTH_DAY).default(1),
  /** on the company's clock */
  hour: z.number().int().min(0).max(23).default(9),
  to: z
    .array(mailAddress)
    .min(1, 'Name at least one address')
    .max(MOST_RECIPIENTS, `A report goes to at most ${MOST_RECIPIENTS} addresses`),
  language: z.enum(['en', 'ru']),
});
export type MailingDefinition = z.infer<typeof mailingDefinition>;

const name = z.string().trim().min(1, 'Give it a name: it is the subject of the message').max(120);
const mailing = z.object({
  id: z.string(),
  name: z.string(),
  definition: mailingDefinition,
  /** of the report or dashboard; null: it is gone */
  title: z.string().nullable(),
  nextAt: z.string().nullable(),
  /** its last time; `problem` null: it left */
  last: z.object({ at: z.string(), recipients: z.number(), problem: z.string().nullable() }).nullable(),
  version: z.number(),
  updatedBy: z.string(),
  archived: z.boolean(),
});
export type Mailing = z.infer<typeof mailing>;

const path = workspacePath.extend({ mailing: z.uuid() });
const ALL = '/workspaces/{workspace}/mailings';
const ONE = `${ALL}/{mailing}` as const;

export const mailingsContract = {
  mailings: {
    list: route('analytics:manage', 'GET', ALL, 'Reports that come by mail at their time')
      .input(
        workspacePath.extend({
          report: z.uuid().optional(),
          dashboard: z.uuid().optional(),
          state: z.enum(['active', 'archived']).default('active'),
        }),
      )
      .output(z.array(mailing)),
    create: route('analytics:manage', 'POST', ALL, 'Have a report come by mail')
      .input(workspacePath.extend({ name, definition: mailingDefinition }))
      .output(mailing),
    update: route('analytics:manage', 'PATCH', ONE, 'Change when a report comes, and to whom')
      .input(
        path.extend({
          name: name.optional(),
          definition: mailingDefinition.optional(),
          version: z.number().int().min(1),
        }),
      )
      .output(mailing),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Stop a report that comes by mail')
      .input(path)
      .output(mailing),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a report that comes by mail')
      .input(path)
      .output(mailing),
    preview: route('analytics:manage', 'POST', `${ALL}/preview`, 'The message as it would leave today')
      .input(workspacePath.extend({ name, definition: mailingDefinition }))
      .output(z.object({ subject: z.string(), html: z.string() })),
    tryOut: route('analytics:manage', 'POST', `${ONE}/try`, 'Send the message now, to oneself alone')
      .input(path)
      .output(z.object({ to: z.string() })),
  },
};
