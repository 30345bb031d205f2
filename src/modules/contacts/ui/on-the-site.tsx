// The lines for the site: the script, a place for the code, and links to messengers that take it along.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './contacts.module.css';

export function OnTheSite() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  return (
    <div className={styles.site}>
      <p>{t('contacts.siteText')}</p>
      {sites.data?.map(({ id, host, snippet }) => (
        <CopyLine
          key={id}
          label={t('contacts.line', { host })}
          value={snippet.replace(/src="([^"]*\/)[^"/]+"/, 'src="$1tw-phones.js"')}
        />
      ))}
      <h3>{t('contacts.placeTitle')}</h3>
      <p>{t('contacts.placeText')}</p>
      <CopyLine label={t('contacts.place')} value={t('contacts.placeLine')} />
      <h3>{t('contacts.messengerTitle')}</h3>
      <p>{t('contacts.messengerText')}</p>
      <CopyLine
        label="WhatsApp"
        value={`<a data-tw-code href="https://wa.me/15551234567?text=${t('contacts.hello')}">WhatsApp</a>`}
      />
      <CopyLine label="Telegram" value={'<a data-tw-code href="https://t.me/your_bot">Telegram</a>'} />
    </div>
  );
}
