// Contract of mail → rules.
import { implement } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../api/gate.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Mail } from './mail.ts';
import { type MailTemplate, mailContract } from './mail-contract.ts';
import { renderMail } from './render.ts';
import { sendTestMail } from './smtp-provider.ts';
import type { MailTables } from './tables.ts';
import { SAMPLE } from './templates/texts.ts';

const SHOWN = 100;

export interface MailDeps extends ApiDeps {
  mail: Mail;
  messages: Kysely<MailTables>;
}

export function mailRouter(deps: MailDeps) {
  const { mail } = deps;
  const os = implement(mailContract).$context<RequestContext>().use(gate(deps));
  return {
    mail: {
      status: os.mail.status.handler(async () => ({ on: await mail.canSendAnywhere() })),
      server: os.mail.server.handler(async ({ context }) => {
        const via = await mail.via(memberOnly(context).workspace);
        return via
          ? { by: via.by, host: via.sender.host, from: via.sender.from }
          : { by: 'none' as const, host: '', from: '' };
      }),
      list: os.mail.list.handler(async ({ context }) => {
        const rows = await deps.messages
          .selectFrom('mail_message')
          .selectAll()
          .where('workspace', '=', memberOnly(context).workspace)
          .orderBy('id', 'desc')
          .limit(SHOWN)
          .execute();
        return rows.map(({ id, template, recipient, subject, state, attempts, answer, created_at, changed_at }) => ({
          id,
          template: template as MailTemplate,
          recipient,
          subject,
          state,
          attempts,
          answer,
          createdAt: created_at.toISOString(),
          changedAt: changed_at.toISOString(),
        }));
      }),
      preview: os.mail.preview.handler(({ input }) =>
        renderMail(input.template, input.language, SAMPLE[input.language]),
      ),
      test: os.mail.test.handler(async ({ context }) => {
        const { workspace } = memberOnly(context);
        const user = context.actor?.user;
        const { language } = await deps.db
          .selectFrom('workspace')
          .select('language')
          .where('id', '=', workspace)
          .executeTakeFirstOrThrow();
        const via = await mail.via(workspace);
        const outcome = via
          ? await sendTestMail(via.sender, user ? { email: user.email, name: user.name, language } : null)
          : { ok: false, said: 'No mail server is set up yet.' };
        await writeAudit(deps.db, {
          workspace,
          who: whoIs(context),
          action: 'mail.test',
          target: user?.email ?? whoIs(context),
          details: { ...outcome },
        });
        return outcome;
      }),
    },
  };
}
