// How far the figures can be trusted: freshness, coverage and what is missing, each explained when asked.
import { useTranslation } from 'react-i18next';
import { formatMoment, formatValue } from '../../../web/format.ts';
import { Hint } from '../../../web/parts/hint.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ReportAnswer } from '../contract.ts';
import styles from './overview.module.css';

const LIVE_MS = 15 * 60_000;

/** Notes already said by the line itself. */
const SAID = ['robots-left-out', 'partial'];

/** Notes whose value is a share 0–1. */
const SHARES = [
  ...['uniques-over-days', 'funnel-one-day', 'retention-left-out'],
  ...['buyers-unknown', 'orders-without-items', 'goods-unknown'],
];

export function TrustLine({ trust }: { trust: ReportAnswer['trust'] }) {
  const { workspace } = useWorkspace();
  return <TrustLineIn trust={trust} timeZone={workspace.timeZone} />;
}

/** The same outside of a company's screens. */
export function TrustLineIn({ trust, timeZone }: { trust: ReportAnswer['trust']; timeZone: string }) {
  const { t, i18n } = useTranslation();
  const live = trust.freshTo !== null && Date.now() - Date.parse(trust.freshTo) < LIVE_MS;
  const fresh = trust.freshTo === null ? '' : formatMoment(trust.freshTo, i18n.language, timeZone);
  const items: { key: string; text: string; explained: string; warn?: boolean }[] = [];
  if (trust.freshTo !== null) {
    items.push({
      key: 'fresh',
      text: live ? t('trust.live') : t('trust.fresh', { when: fresh }),
      explained: t('trust.freshExplained', { when: fresh }),
    });
  }
  items.push({ key: 'coverage', text: t('trust.coverage'), explained: t('trust.coverageExplained') });
  items.push({
    key: 'robots',
    text: t('trust.robots', {
      count: trust.robots.visits,
      number: formatValue(trust.robots.visits, 'count', i18n.language),
    }),
    explained: t('trust.robotsExplained', {
      count: trust.robots.events,
      number: formatValue(trust.robots.events, 'count', i18n.language),
    }),
  });
  if (trust.joined !== null) {
    items.push({
      key: 'joined',
      text: t('trust.joined', { share: formatValue(trust.joined, 'share', i18n.language) }),
      explained: t('trust.joinedExplained'),
    });
  }
  if (trust.partial) items.push({ key: 'partial', text: t('trust.partial'), explained: t('trust.partialExplained') });
  for (const note of trust.notes) {
    if (SAID.includes(note.code)) continue;
    const value =
      typeof note.value === 'number'
        ? formatValue(note.value, SHARES.includes(note.code) ? 'share' : 'count', i18n.language)
        : (note.value ?? '');
    const values = { value, of: note.of, count: typeof note.value === 'number' ? note.value : 0 };
    items.push({
      key: note.code,
      text: t(`note.${note.code}.short`, { ...values, defaultValue: note.code }),
      explained: t(`note.${note.code}.long`, { ...values, defaultValue: note.code }),
    });
  }
  return (
    <section className={styles.trust} aria-label={t('trust.title')}>
      <span>
        <i className={`${styles.dot} ${live ? '' : styles.dotQuiet}`} aria-hidden="true" />
      </span>
      {items.map((item, index) => (
        <span key={item.key}>
          <Hint text={item.text} explained={item.explained} />
          {index < items.length - 1 && ' ·'}
        </span>
      ))}
    </section>
  );
}
