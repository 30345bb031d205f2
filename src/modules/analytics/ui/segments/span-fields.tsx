// How often, and when: the two ends most conditions have.
import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addDays, todayIn } from '../../../../web/dates.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type DraftTimes, type DraftWithin, type HowOften, TIMES } from './draft.ts';
import styles from './segments.module.css';

export function TimesFields({ times, onChange }: { times: DraftTimes; onChange: (times: DraftTimes) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <Select
        aria-label={t('segments.howOften')}
        className={styles.narrow}
        data={TIMES.map((id) => ({ value: id, label: t(`segments.times.${id}`) }))}
        value={times.is}
        allowDeselect={false}
        onChange={(is) => onChange({ ...times, is: (is ?? 'atLeast') as HowOften })}
      />
      <NumberInput
        aria-label={t('segments.howMany')}
        className={styles.number}
        min={0}
        max={1_000_000}
        allowDecimal={false}
        value={times.n}
        onChange={(n) => typeof n === 'number' && onChange({ ...times, n })}
      />
      <span className={styles.word}>{t('segments.timesWord', { count: times.n })}</span>
    </div>
  );
}

interface WithinProps {
  within: DraftWithin;
  /** some conditions make no sense without an end */
  kinds?: readonly DraftWithin['is'][];
  onChange: (within: DraftWithin) => void;
}

export function WithinFields({ within, kinds = ['ever', 'report', 'days', 'period'], onChange }: WithinProps) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const today = todayIn(workspace.timeZone);
  const choose = (is: DraftWithin['is']): void => {
    if (is === 'ever' || is === 'report') onChange({ is });
    if (is === 'days') onChange({ is, days: 30 });
    if (is === 'period') onChange({ is, from: addDays(today, -30), to: addDays(today, 1) });
  };
  return (
    <div className={styles.fields}>
      <Select
        aria-label={t('segments.when')}
        className={styles.narrow}
        data={kinds.map((id) => ({ value: id, label: t(`segments.within.${id}`) }))}
        value={within.is}
        allowDeselect={false}
        onChange={(is) => choose((is ?? 'ever') as DraftWithin['is'])}
      />
      {within.is === 'days' && (
        <>
          <NumberInput
            aria-label={t('segments.dayCount')}
            className={styles.number}
            min={1}
            max={3660}
            allowDecimal={false}
            value={within.days}
            onChange={(days) => typeof days === 'number' && days >= 1 && onChange({ is: 'days', days })}
          />
          <span className={styles.word}>{t('segments.daysWord', { count: within.days })}</span>
        </>
      )}
      {within.is === 'period' && (
        <>
          <input
            type="date"
            aria-label={t('period.from')}
            className={styles.date}
            value={within.from}
            max={addDays(within.to, -1)}
            onChange={({ currentTarget: { value } }) =>
              value && value < within.to && onChange({ ...within, from: value })
            }
          />
          <input
            type="date"
            aria-label={t('period.to')}
            className={styles.date}
            value={addDays(within.to, -1)}
            min={within.from}
            onChange={({ currentTarget: { value } }) =>
              value && value >= within.from && onChange({ ...within, to: addDays(value, 1) })
            }
          />
        </>
      )}
    </div>
  );
}
