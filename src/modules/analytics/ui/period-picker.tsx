// The period on screen and what it is compared with; dates of one's own included.
import { Button, Popover, SegmentedControl, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../web/dates.ts';
import { useEscape } from '../../../web/parts/use-escape.ts';
import overview from './overview.module.css';
import { COMPARISONS, type Comparison, PERIODS } from './period.ts';
import styles from './period-picker.module.css';
import { usePeriodWords } from './period-words.ts';
import type { View, ViewChange } from './view.ts';

export function PeriodPicker({ view, change }: { view: View; change: (change: ViewChange) => void }) {
  const { t } = useTranslation();
  const [opened, popover] = useDisclosure(false);
  useEscape(opened, popover.close);
  const words = usePeriodWords();
  const choose = (period: string) => {
    change({ period });
    popover.close();
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => (open ? popover.open() : popover.close())}
      position="bottom-end"
      shadow="md"
      trapFocus
      withRoles
    >
      <Popover.Target>
        <Button variant="default" onClick={popover.toggle} className={overview.pick}>
          <span>
            <b>{words(view.dates)}</b>
            {view.comparison !== 'none' && ` · ${t(`compare.short.${view.comparison}`)}`}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('period.title')}>
        <div className={styles.names}>
          {PERIODS.map((period) => (
            <button
              key={period}
              type="button"
              className={styles.name}
              aria-pressed={period === view.period}
              onClick={() => choose(period)}
            >
              {t(`period.${period}`)}
            </button>
          ))}
        </div>
        <Stack gap="md" className={styles.own}>
          <OwnDates view={view} onChoose={choose} />
          <div>
            <div className={styles.label} id="compare-label">
              {t('compare.title')}
            </div>
            <SegmentedControl
              fullWidth
              aria-labelledby="compare-label"
              value={view.comparison}
              onChange={(compare) => change({ compare: compare as Comparison })}
              data={COMPARISONS.map((one) => ({ value: one, label: t(`compare.${one}`) }))}
            />
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The browser's own date fields: they follow the person's locale and work by keyboard and on a phone. */
function OwnDates({ view, onChoose }: { view: View; onChoose: (period: string) => void }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState<string>(view.dates[0]);
  const [to, setTo] = useState<string>(addDays(view.dates[1], -1));
  const wrong = from === '' || to === '' || from > to;
  return (
    <form
      className={styles.dates}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) onChoose(`${from}..${addDays(to, 1)}`);
      }}
    >
      <label>
        <span className={styles.label}>{t('period.from')}</span>
        <input type="date" value={from} max={view.today} onChange={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        <span className={styles.label}>{t('period.to')}</span>
        <input type="date" value={to} min={from} onChange={(event) => setTo(event.currentTarget.value)} />
      </label>
      <Button type="submit" disabled={wrong}>
        {t('period.show')}
      </Button>
    </form>
  );
}
