// Mail by a server of one's own or of a mail service, by SMTP.
import { z } from 'zod';
import { uuidv7 } from '../ids/uuid.ts';
import {
  type CallContext,
  defineProvider,
  destination,
  secretField,
  type TestContext,
  type TestOutcome,
} from '../providers/define.ts';
import { renderMail } from './render.ts';
import { compose, type MailSender } from './sender.ts';
import { SmtpError, type SmtpSettings, sendBySmtp } from './smtp.ts';

const settings = z.object({
  host: destination(z.string().trim().min(1, 'Name the mail server, like smtp.shop.example').max(255)),
  port: destination(z.coerce.number().int().min(1).max(65_535).default(587)),
  security: destination(z.enum(['starttls', 'tls', 'none']).default('starttls')),
  certificate: destination(z.enum(['checked', 'unchecked']).default('checked')),
  user: z.string().trim().max(320).default(''),
  password: secretField(),
  fromName: z
    .string()
    .trim()
    .max(120)
    .regex(/^[^\r\n<>]*$/, 'A name without < and >')
    .default(''),
  fromAddress: z.email(),
});
export type SmtpConnection = z.output<typeof settings>;

export function openSmtp(
  context: CallContext,
  of: SmtpSettings & { fromName: string; fromAddress: string },
): MailSender {
  const from = { name: of.fromName, address: of.fromAddress };
  return {
    from: from.name === '' ? from.address : `${from.name} <${from.address}>`,
    host: of.host,
    async send(mail) {
      const raw = await compose(mail, from);
      const { onBody } = mail;
      return sendBySmtp(context, of, { from: from.address, to: mail.to, raw, ...(onBody ? { onBody } : {}) });
    },
  };
}

/** Sends a message to whoever asked; the answer is the server's own. */
export async function sendTestMail(sender: MailSender, person: TestContext['person']): Promise<TestOutcome> {
  if (!person)
    return {
      ok: false,
      said: 'A test message goes to the person who asks for it: sign in instead of using an API key.',
    };
  const mail = await renderMail('test', person.language, { recipient: person.email, server: sender.host });
  try {
    return { ok: true, said: await sender.send({ id: uuidv7(), to: person.email, ...mail }) };
  } catch (error) {
    if (error instanceof SmtpError) return { ok: false, said: error.message };
    throw error;
  }
}

export const smtp = defineProvider({
  id: 'smtp',
  kind: 'mail',
  title: 'Mail server (SMTP)',
  settings,
  open: openSmtp,
  test: (context, of) => sendTestMail(openSmtp(context, of), context.person),
});
