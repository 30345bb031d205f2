// One's own account: second factor, password, where one is signed in, and what happened with it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './account.module.css';
import { ChangePassword } from './change-password.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

export default function Account() {
  const { t, i18n } = useTranslation();
  const { me, workspace } = useWorkspace();
  const happened = useQuery(api.account.happenings.queryOptions());
  return (
    <Page title={t('account.title')} intro={me.user.email}>
      {workspace.requireTwoFactor && !me.user.twoFactor && (
        <p role="alert" className={styles.note}>
          {t('account.asked', { company: workspace.name })}
        </p>
      )}
      <SecondFactor />
      <ChangePassword />
      <Sessions />
      <Section title={t('account.happened')}>
        {happened.isError && <Problem error={happened.error} onRetry={happened.refetch} />}
        {!happened.isError && (
          <Rows rows={happened.data} empty={t('account.nothing')}>
            {(row) => (
              <li key={row.id} className={styles.row}>
                <span>
                  {t(`account.action.${row.action.replaceAll('.', '-')}`, { defaultValue: row.action })}
                  {row.who !== me.user.email && <span className={styles.quiet}> · {row.who}</span>}
                </span>
                <time className={styles.quiet} dateTime={row.at}>
                  {formatMoment(row.at, i18n.language, workspace.timeZone)}
                </time>
              </li>
            )}
          </Rows>
        )}
      </Section>
    </Page>
  );
}
