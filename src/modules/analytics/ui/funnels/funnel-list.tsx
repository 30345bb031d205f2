// The saved funnels: name, steps, and how many of those who began went through in the period.
import { Button, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatChange, formatValue } from '../../../../web/format.ts';
import { useProblemText } from '../../../../web/parts/problem.tsx';
import type { Funnel } from '../../funnels/contract.ts';
import type { View } from '../view.ts';
import styles from './funnels.module.css';
import { useFunnel, useStepNames } from './use-funnel.ts';

interface Props {
  funnels: readonly Funnel[];
  state: 'active' | 'archived';
  view: View;
  busy: boolean;
  onOpen: (id: string) => void;
  /** left out: whoever looks may not change */
  onArchive?: (funnel: Funnel) => void;
  onRestore?: (funnel: Funnel) => void;
}

export function FunnelList({ funnels, state, view, busy, onOpen, onArchive, onRestore }: Props) {
  const { t } = useTranslation();
  const names = useStepNames();
  const act = state === 'active' ? onArchive : onRestore;
  if (funnels.length === 0) return <p className={styles.hint}>{t('funnels.noneArchived')}</p>;
  return (
    <ul className={styles.list}>
      {funnels.map((funnel) => (
        <li key={funnel.id} className={styles.row}>
          <div className={styles.rowWords}>
            <div className={styles.rowName}>
              {state === 'active' ? (
                <button type="button" className={styles.open} onClick={() => onOpen(funnel.id)}>
                  {funnel.name}
                </button>
              ) : (
                funnel.name
              )}
            </div>
            <div className={styles.hint}>{names(funnel.definition).join(' → ')}</div>
          </div>
          {state === 'active' && <Through funnel={funnel} view={view} />}
          {act && (
            <Button
              variant="default"
              disabled={busy}
              aria-label={`${t(state === 'active' ? 'funnels.archive' : 'funnels.restore')}: ${funnel.name}`}
              onClick={() => act(funnel)}
            >
              {t(state === 'active' ? 'funnels.archive' : 'funnels.restore')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Through({ funnel, view }: { funnel: Funnel; view: View }) {
  const { t, i18n } = useTranslation();
  const problem = useProblemText();
  const { now, before } = useFunnel(view, funnel.definition);
  if (now.isError) return <span className={styles.warn}>{problem(now.error)}</span>;
  if (!now.data) return <Skeleton height={40} width={120} />;
  const [began, through] = [now.data.steps[0]?.reached ?? 0, now.data.steps.at(-1)?.reached ?? 0];
  const rate = (steps: readonly { reached: number }[] | undefined): number | null =>
    steps?.[0] && steps[0].reached > 0 ? steps.at(-1)!.reached / steps[0].reached : null;
  const share = rate(now.data.steps);
  const change = formatChange(share, rate(before?.steps), 'share', i18n.language, t('points'));
  return (
    <div className={styles.through}>
      <div>
        <b>{formatValue(share, 'share', i18n.language)}</b>
        {change && (
          <span className={change.sign > 0 ? styles.good : change.sign < 0 ? styles.bad : styles.hint}>
            {' '}
            {change.text}
          </span>
        )}
      </div>
      <span className={styles.hint}>
        {t('funnels.of', {
          through: formatValue(through, 'count', i18n.language),
          began: formatValue(began, 'count', i18n.language),
        })}
      </span>
    </div>
  );
}
