// The rows of many links with what comes of each: its address, its channel, what breaks the convention, its short address once kept.
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useValueWords } from '../../../analytics/ui/index.ts';
import type { BulkKept, BulkRow, BulkShown } from '../../bulk/contract.ts';
import styles from '../links.module.css';
import { useFaultWords } from '../use-faults.ts';

interface Line {
  number: number;
  row: BulkRow;
  shown: BulkShown;
  kept: BulkKept | undefined;
}

interface Props {
  rows: readonly BulkRow[];
  shown: readonly BulkShown[];
  kept: readonly BulkKept[] | undefined;
}

export function BulkTable({ rows, shown, kept }: Props) {
  const { t } = useTranslation();
  const words = useValueWords();
  const faultWords = useFaultWords();
  const lines = shown.flatMap((one, index): Line[] => {
    const row = rows[index];
    return row ? [{ number: index + 1, row, shown: one, kept: kept?.[index] }] : [];
  });
  const faults = ({ shown: one, kept: answer }: Line): string =>
    [
      ...(answer?.problem ? [answer.problem] : []),
      ...(one.problem ? [t(`links.problem.${one.problem}`)] : []),
      ...(one.sameAs === null ? [] : [t('bulk.sameAs', { row: one.sameAs + 1 })]),
      ...(one.problem ? [] : one.breaches.map(faultWords)),
    ].join(' ');
  const columns: Column<Line>[] = [
    {
      id: 'address',
      head: t('bulk.address'),
      render: ({ row, shown: one }) => <span className={styles.url}>{one.url ?? row.target}</span>,
      value: ({ row, shown: one }) => one.url ?? row.target,
    },
    {
      id: 'channel',
      head: t('links.channel'),
      words: true,
      extra: true,
      render: ({ shown: one }) => (one.channel === '' ? '' : words('channel', one.channel)),
      value: ({ shown: one }) => (one.channel === '' ? '' : words('channel', one.channel)),
    },
    {
      id: 'faults',
      head: t('bulk.toMend'),
      words: true,
      render: (line) => <span className={`${styles.warn} ${styles.mend}`}>{faults(line)}</span>,
      value: faults,
    },
    ...(kept
      ? [
          {
            id: 'short',
            head: t('bulk.short'),
            words: true,
            render: ({ kept: answer }: Line) => <span className={styles.url}>{answer?.short ?? ''}</span>,
            value: ({ kept: answer }: Line) => answer?.short ?? '',
          },
        ]
      : []),
  ];
  return (
    <>
      <div className={styles.files}>
        <ScreenTable name={t('bulk.title')} columns={columns} rows={lines} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('bulk.title')}>
        <DataTable caption={t('bulk.title')} columns={columns} rows={lines} rowKey={({ number }) => String(number)} />
      </section>
    </>
  );
}
