// Contract → rules of reports by mail, nothing more.
import { implement, ORPCError } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import { renderMail } from '../../../platform/mail/render.ts';
import { shows } from '../sharing/shares.ts';
import { mailingsContract } from './contract.ts';
import { writeLetter } from './letter.ts';
import { describeMailings, keptMailings, type MailingParts, mailEachHour } from './mailings.ts';

export function mailingsRouter(deps: ApiDeps & MailingParts) {
  const os = implement(mailingsContract).$context<RequestContext>().use(gate(deps));
  const { db } = deps;
  const kept = keptMailings(db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  const one = async (workspace: string, row: Parameters<typeof describeMailings>[2][number]) =>
    (await describeMailings(db, workspace, [row]))[0]!;
  return {
    mailings: {
      list: os.mailings.list.handler(async ({ input, context }) => {
        const rows = await kept.list(of(context), input.state);
        const shown = rows.filter(({ definition }) => shows(definition, input));
        return describeMailings(db, of(context), shown);
      }),
      create: os.mailings.create.handler(async ({ input: { name, definition }, context }) => {
        const made = await kept.create(of(context), { name, definition }, whoIs(context));
        await mailEachHour(db, of(context));
        return one(of(context), made);
      }),
      update: os.mailings.update.handler(async ({ input: { mailing, workspace: _, ...change }, context }) =>
        one(of(context), await kept.update(of(context), mailing, change, whoIs(context))),
      ),
      archive: os.mailings.archive.handler(async ({ input, context }) =>
        one(of(context), await kept.archive(of(context), input.mailing, whoIs(context))),
      ),
      undo: os.mailings.undo.handler(async ({ input, context }) =>
        one(of(context), await kept.undo(of(context), input.mailing, whoIs(context))),
      ),
      preview: os.mailings.preview.handler(async ({ input: { name, definition }, context }) => {
        const values = await writeLetter(deps, of(context), { name, definition });
        const recipient = definition.to[0]!;
        const { subject, html } = await renderMail('report', definition.language, {
          ...{ ...values, recipient, who: whoIs(context) },
        });
        return { subject, html };
      }),
      tryOut: os.mailings.tryOut.handler(async ({ input, context }) => {
        const workspace = of(context);
        const to = context.actor?.user?.email;
        if (!to) throw new ORPCError('FORBIDDEN', { message: 'A key has no mailbox: a person must try it.' });
        if (!(await deps.mail().canSend(workspace)))
          throw new ORPCError('BAD_REQUEST', { message: 'There is no mail server yet: set one up under Connections.' });
        const { name, definition } = await kept.get(workspace, input.mailing);
        const values = await writeLetter(deps, workspace, { name, definition });
        await db.transaction().execute((tx) =>
          deps.mail().enqueue(tx as never, {
            ...{ workspace, to, language: definition.language, template: 'report', who: whoIs(context) },
            values: { ...values, who: whoIs(context) },
            about: `mailing/${input.mailing}`,
          }),
        );
        return { to };
      }),
    },
  };
}
