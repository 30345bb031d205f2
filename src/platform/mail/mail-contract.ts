// Mail of a company: which server it goes by, what was sent, how the messages look.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';

export const MAIL_STATES = ['queued', 'sending', 'handing', 'sent', 'failed', 'unsure'] as const;
export type MailState = (typeof MAIL_STATES)[number];
export const MAIL_TEMPLATES = ['invitation', 'password-reset', 'test', 'report', 'alarm'] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** An address as it is kept: in lower case, without spaces around it. */
export const mailAddress = z.string().trim().toLowerCase().pipe(z.email('Give an address like anna@shop.example'));

const workspacePath = z.object({ workspace: z.uuid() });
const message = z.object({
  id: z.uuid(),
  template: z.enum(MAIL_TEMPLATES),
  recipient: z.string(),
  subject: z.string(),
  state: z.enum(MAIL_STATES),
  attempts: z.number(),
  answer: z.string().nullable(),
  createdAt: z.string(),
  changedAt: z.string(),
});

export const mailContract = {
  mail: {
    status: route('public', 'GET', '/mail', 'Whether this installation can send mail').output(
      z.object({ on: z.boolean() }),
    ),
    server: route('connections:read', 'GET', '/workspaces/{workspace}/mail/server', 'Which server mail goes by')
      .input(workspacePath)
      .output(z.object({ by: z.enum(['company', 'installation', 'none']), host: z.string(), from: z.string() })),
    list: route('connections:read', 'GET', '/workspaces/{workspace}/mail', 'Mail of a company and what became of it')
      .input(workspacePath)
      .output(z.array(message)),
    preview: route('connections:read', 'GET', '/workspaces/{workspace}/mail/preview', 'How a message looks')
      .input(
        workspacePath.extend({
          template: z.enum(MAIL_TEMPLATES).default('invitation'),
          language: z.enum(['en', 'ru']).default('en'),
        }),
      )
      .output(z.object({ subject: z.string(), html: z.string(), text: z.string() })),
    test: route('connections:manage', 'POST', '/workspaces/{workspace}/mail/test', 'Send a test message to oneself')
      .input(workspacePath)
      .output(z.object({ ok: z.boolean(), said: z.string() })),
  },
};
