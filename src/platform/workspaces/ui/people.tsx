// Who works in the company, what each may do, and inviting someone by a link.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { ROLES } from '../../api/contract-base.ts';
import { Invitations } from './invitations.tsx';
import { MemberRow } from './member-row.tsx';
import { SignInRule } from './sign-in-rule.tsx';
import styles from './workspaces.module.css';

export default function People() {
  const { t } = useTranslation();
  const { workspace, me, may } = useWorkspace();
  const members = useQuery(api.members.list.queryOptions({ input: { workspace: workspace.id } }));
  return (
    <Page title={t('nav.people')} intro={t('people.intro')}>
      <Section title={t('people.members')}>
        {members.isError && <Problem error={members.error} onRetry={members.refetch} />}
        {!members.isError && (
          <Rows rows={members.data} empty={t('people.members')}>
            {(member) => (
              <MemberRow
                key={member.user}
                workspace={workspace.id}
                member={member}
                self={member.user === me.user.id}
                manage={may('members:manage')}
              />
            )}
          </Rows>
        )}
      </Section>
      {may('members:manage') && <Invitations workspace={workspace} />}
      {workspace.role === 'owner' && <SignInRule members={members.data} />}
      <Section title={t('people.roles')}>
        <dl className={styles.roles}>
          {ROLES.map((role) => (
            <div key={role} style={{ display: 'contents' }}>
              <dt>{t(`roles.${role}.name`)}</dt>
              <dd>{t(`roles.${role}.may`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Page>
  );
}
