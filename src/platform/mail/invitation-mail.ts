// An invitation goes by mail where a mail server is set up; its link is shown in any case.
import type { Transaction } from 'kysely';
import type { Role } from '../api/contract-base.ts';
import type { MailInvitation } from '../workspaces/workspaces.ts';
import type { Mail } from './mail.ts';
import type { MailLanguage } from './templates/texts.ts';

const ROLE_NAMES: Readonly<Record<MailLanguage, Readonly<Record<Role, string>>>> = {
  en: {
    owner: 'owner',
    head: 'head of marketing',
    marketer: 'marketer',
    specialist: 'specialist',
    contractor: 'contractor',
    client: 'client',
    viewer: 'viewer',
  },
  ru: {
    owner: 'владелец',
    head: 'руководитель маркетинга',
    marketer: 'маркетолог',
    specialist: 'специалист',
    contractor: 'подрядчик',
    client: 'клиент',
    viewer: 'наблюдатель',
  },
};

/** False when there is no mail server to send it by. */
export async function mailInvitation(
  mail: Mail,
  tx: Transaction<unknown>,
  of: Parameters<MailInvitation>[1],
): Promise<boolean> {
  if (!(await mail.canSend(of.workspace))) return false;
  await mail.enqueue(tx, {
    workspace: of.workspace,
    to: of.email,
    language: of.language,
    template: 'invitation',
    values: { inviter: of.inviter, company: of.company, role: ROLE_NAMES[of.language][of.role], link: of.link },
    about: `invitation/${of.id}`,
    who: of.who,
  });
  return true;
}
