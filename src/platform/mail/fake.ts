// A mail server that isn't there, for trying things out: it takes what a real one would take and refuses what one would refuse.
import { z } from 'zod';
import { defineProvider } from '../providers/define.ts';
import type { MailSender, OutgoingMail } from './sender.ts';
import { SmtpError } from './smtp.ts';
import { sendTestMail } from './smtp-provider.ts';

export const taken: OutgoingMail[] = [];

const open = (): MailSender => ({
  from: 'fake@example.com',
  host: 'fake',
  async send(mail) {
    if (mail.to.startsWith('nobody@')) throw new SmtpError('never', '550 5.1.1 No such person');
    if (mail.to.startsWith('busy@')) throw new SmtpError('later', '451 4.7.1 Try again later');
    await mail.onBody?.();
    taken.push(mail);
    return '250 2.0.0 Taken';
  },
});

export const fakeMail = defineProvider({
  id: 'fake-mail',
  kind: 'mail',
  title: 'Made-up mail server',
  settings: z.object({}),
  open,
  test: (context) => sendTestMail(open(), context.person),
});
