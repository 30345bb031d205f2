// Handing over one message, tried ten times over about eight hours.
import { z } from 'zod';
import { defineInstallationJob, defineJob, JobFailed, type RunnableJob } from '../jobs/index.ts';
import { type Mail, MailFailed } from './mail.ts';

const RETRY = { limit: 9, delaySeconds: 60, maxDelaySeconds: 4 * 3600 };
const payload = z.object({ message: z.uuid() });

/** The mail service itself needs the jobs, so it is looked up when one runs. */
interface Parts {
  mail(): Mail;
}

async function hand(parts: Parts, message: string, attempt: number): Promise<{ answer: string }> {
  try {
    return { answer: await parts.mail().deliver(message, () => attempt > RETRY.limit) };
  } catch (error) {
    throw error instanceof MailFailed ? new JobFailed(error.message) : error;
  }
}

export const sendMail = defineJob<typeof payload, Parts>({
  name: 'send-mail',
  title: 'jobs.names.sendMail',
  payload,
  retry: RETRY,
  run: (context, parts) => hand(parts, context.payload.message, context.attempt),
});

export const sendInstallationMail = defineInstallationJob<typeof payload, Parts>({
  name: 'send-installation-mail',
  title: 'jobs.names.sendMail',
  payload,
  retry: RETRY,
  run: (context, parts) => hand(parts, context.payload.message, context.attempt),
});

export const mailJobs = (parts: Parts): RunnableJob[] => [sendMail.with(parts), sendInstallationMail.with(parts)];
export const mailJobFor = (workspace: string | null) => (workspace === null ? sendInstallationMail : sendMail);
