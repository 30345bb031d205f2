// What comes of the form while it is filled: the address, the channel its visits will fall in, and what breaks the convention with the
// mend one press away.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { useValueWords } from '../../analytics/ui/index.ts';
import type { LinkPreview } from '../contract.ts';
import type { Tags } from '../convention-contract.ts';
import styles from './links.module.css';
import { useFaultWords } from './use-faults.ts';

interface Props {
  found: LinkPreview;
  busy: boolean;
  onMend: (mends: Partial<Tags>) => void;
}

export function PreviewOfLink({ found, busy, onMend }: Props) {
  const { t } = useTranslation();
  const words = useValueWords();
  const faultWords = useFaultWords();
  const mends = found.breaches.filter((one) => one.mend !== null);
  const replaced = found.replaced.map((name) => `utm_${name}`).join(', ');
  return (
    <section className={styles.result} aria-label={t('links.result')} aria-busy={busy}>
      <h2>{t('links.result')}</h2>
      {found.url === null ? (
        <p className={found.problem === 'empty' ? styles.hint : styles.warn}>{t(`links.problem.${found.problem}`)}</p>
      ) : (
        <>
          <CopyLine label={t('links.taggedAddress')} value={found.url} />
          <p className={styles.url}>{found.url}</p>
        </>
      )}
      <p className={found.channel === 'Unassigned' ? styles.warn : styles.hint}>
        {t('links.channelWillBe')} <b>{words('channel', found.channel)}</b>
        {found.channel === 'Unassigned' && ` — ${t('links.unassigned')}`}
        {found.channel === 'Direct' && ` — ${t('links.untagged')}`}
      </p>
      {found.url !== null && !found.own && <p className={styles.hint}>{t('links.notOwn')}</p>}
      {replaced !== '' && <p className={styles.hint}>{t('links.replaced', { tags: replaced })}</p>}
      {found.alike.length > 0 && (
        <p className={styles.warn}>
          {t('links.alike', { names: found.alike.map((one) => `“${one.name}”`).join(', ') })}
        </p>
      )}
      {found.breaches.length === 0 ? (
        <p className={styles.good}>{t('links.keepsConvention')}</p>
      ) : (
        <div>
          <ul className={styles.faults}>
            {found.breaches.map((one) => (
              <li key={one.field} className={styles.fault}>
                <span>{faultWords(one)}</span>
                {one.mend !== null && (
                  <Button variant="default" size="compact-sm" onClick={() => onMend({ [one.field]: one.mend })}>
                    {t('links.write', { value: one.mend })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {mends.length > 1 && (
            <Button
              variant="default"
              mt={12}
              onClick={() => onMend(Object.fromEntries(mends.map((one) => [one.field, one.mend])))}
            >
              {t('links.mendAll', { count: mends.length })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
