// What came of an import: its numbers, why lines were rejected, and the way to the visits.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { addDays } from '../../../../web/dates.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './import-log.module.css';
import type { LogImport } from './import-row.tsx';

const NUMBERS = [
  'lines',
  'accepted',
  'rejected',
  'leftOut',
  'duplicates',
  'pageViews',
  'visits',
  'visitors',
  'botHits',
] as const;

interface Props {
  row: LogImport;
  summary: NonNullable<LogImport['summary']>;
}

export function ImportNumbers({ row, summary }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const save = useMutation({
    mutationFn: async () => {
      const file = await client.logImports.rejects({ workspace: workspace.id, run: row.id });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = file.name || 'rejected-lines.csv';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const words = (reason: string) =>
    t(`importLog.reason.${reason.replaceAll(/[^a-z]+/gi, '-')}`, { defaultValue: reason });
  const { firstDay, lastDay } = summary;
  return (
    <>
      <dl className={styles.numbers}>
        {NUMBERS.map((id) => (
          <div key={id}>
            <dt>{t(`importLog.number.${id}`)}</dt>
            <dd>{number(summary[id])}</dd>
          </div>
        ))}
      </dl>
      {summary.reasons.length > 0 && (
        <p className={styles.state}>
          {t('importLog.reasons')}{' '}
          {summary.reasons.map((one) => `${words(one.reason)} (${number(one.lines)})`).join(', ')}.
        </p>
      )}
      {save.isError && <Problem error={save.error} />}
      <div className={styles.begin}>
        {firstDay !== null && lastDay !== null && (
          <Button
            component={Link}
            to={`/w/${workspace.id}/overview`}
            search={{ period: `${firstDay}..${addDays(lastDay, 1)}`, site: row.site?.host } as never}
          >
            {firstDay === lastDay
              ? t('importLog.toDay', { day: date(firstDay) })
              : t('importLog.toPeriod', { from: date(firstDay), to: date(lastDay) })}
          </Button>
        )}
        {summary.rejected > 0 && (
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            {t('importLog.rejects')}
          </Button>
        )}
      </div>
    </>
  );
}
