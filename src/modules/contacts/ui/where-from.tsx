// Whose code it is, in words someone on the phone can use: where they came from and what they looked at.
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../../web/format.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { useValueWords } from '../../analytics/ui/index.ts';
import type { FoundCode } from '../contract.ts';
import styles from './contacts.module.css';

export function WhereFrom({ found }: { found: FoundCode | null }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useValueWords();
  if (found === null)
    return (
      <p className={styles.unknown} role="status">
        {t('contacts.unknownCode')}
      </p>
    );
  const seen = t('contacts.seen', {
    host: found.host,
    when: formatMoment(found.seenAt, i18n.language, workspace.timeZone),
  });
  const { visit } = found;
  return (
    <div className={styles.found} role="status">
      <p>
        {visit === null ? (
          t('contacts.visitUnknown')
        ) : (
          <b>
            {[words('channel', visit.channel), visit.source, visit.campaign].filter((one) => one !== '').join(' · ')}
          </b>
        )}{' '}
        {seen}
      </p>
      {visit !== null && visit.pages.length > 0 && (
        <p>
          {t('contacts.looked')} {visit.pages.join(', ')}
        </p>
      )}
      {visit !== null && visit.visits > 1 && <p>{t('contacts.visits', { count: visit.visits })}</p>}
    </div>
  );
}
