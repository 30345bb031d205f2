// How much was left out on which day, of all rules or of one.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './care.module.css';
import type { Rule } from './use-rules.ts';

interface Day {
  day: string;
  events: number;
}

export function LeftOutDays({ rule, onAll }: { rule: Rule | undefined; onAll: () => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const found = useQuery(api.countingRules.excluded.queryOptions({ input: { workspace: workspace.id, days: 30 } }));
  const sums = new Map<string, number>();
  for (const one of found.data ?? [])
    if (rule === undefined || one.rule === rule.id) sums.set(one.day, (sums.get(one.day) ?? 0) + one.events);
  const days: Day[] | undefined = found.data && [...sums].map(([day, events]) => ({ day, events }));
  const most = Math.max(1, ...sums.values());
  const columns: Column<Day>[] = [
    {
      id: 'day',
      head: t('care.day'),
      render: ({ day }) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' }),
      value: ({ day }) => day,
    },
    {
      id: 'events',
      head: t('care.leftOut'),
      render: ({ events }) => formatValue(events, 'count', i18n.language),
      value: ({ events }) => events,
    },
  ];
  const name = rule ? t('care.daysOf', { name: rule.name }) : t('care.daysAll');
  return (
    <Section
      title={name}
      hint={t('care.daysHint')}
      actions={
        <span className={styles.buttons}>
          {rule && (
            <Button variant="default" size="compact-sm" onClick={onAll}>
              {t('care.allRules')}
            </Button>
          )}
          <ScreenTable name={name} columns={columns} rows={days} />
        </span>
      }
    >
      {found.isError && <Problem error={found.error} onRetry={found.refetch} />}
      {days?.length === 0 ? (
        <p className={styles.quiet}>{t('care.noDays')}</p>
      ) : (
        <div className={styles.days}>
          <DataTable
            caption={name}
            columns={columns}
            rows={days}
            rowKey={({ day }) => day}
            bar={({ events }) => events / most}
            room={5}
          />
        </div>
      )}
    </Section>
  );
}
