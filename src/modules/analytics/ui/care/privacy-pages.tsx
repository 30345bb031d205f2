// A page for visitors of each site: what is counted there, and how to switch it off.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { CopyLine } from '../../../../web/parts/copy-line.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './care.module.css';

export function PrivacyPages() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  return (
    <Section title={t('care.privacy')}>
      <p className={styles.text}>{t('care.privacyText')}</p>
      {sites.data?.map(({ id, host, snippet, key }) => {
        const address = `${/src="([^"]*\/)[^"/]+"/.exec(snippet)?.[1] ?? '/'}privacy/${key}`;
        return (
          <div key={id} className={styles.privacy}>
            <CopyLine label={`${t('care.privacyAddress')} (${host})`} value={address} />
            <a href={address} target="_blank" rel="noreferrer">
              {t('care.privacyOpen', { host })}
            </a>
          </div>
        );
      })}
    </Section>
  );
}
