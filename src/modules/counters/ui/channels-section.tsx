// Visits by channel in both counters, and what we take each of the other's words for.
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { useValueWords } from '../../analytics/ui/index.ts';
import type { KnownCounter } from '../contract.ts';
import styles from './counters.module.css';

interface Row {
  channel: string;
  ours: number;
  theirs: number;
}

export function ChannelsSection({
  rows,
  name,
  counter,
}: {
  rows: readonly Row[];
  name: string;
  counter: KnownCounter;
}) {
  const { t, i18n } = useTranslation();
  const words = useValueWords();
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const all = { ours: 0, theirs: 0 };
  for (const { ours, theirs } of rows) {
    all.ours += ours;
    all.theirs += theirs;
  }
  const share = (value: number, of: number) => formatValue(of === 0 ? null : value / of, 'share', i18n.language);
  const title = t('counters.channels');
  const columns: Column<Row>[] = [
    {
      id: 'channel',
      head: t('counters.channel'),
      render: ({ channel }) => words('channel', channel),
      value: ({ channel }) => words('channel', channel),
    },
    { id: 'ours', head: t('counters.ours'), render: ({ ours }) => number(ours), value: ({ ours }) => ours },
    {
      id: 'oursShare',
      head: t('counters.share'),
      render: ({ ours }) => share(ours, all.ours),
      value: ({ ours }) => (all.ours === 0 ? null : ours / all.ours),
      extra: true,
    },
    { id: 'theirs', head: name, render: ({ theirs }) => number(theirs), value: ({ theirs }) => theirs },
    {
      id: 'theirsShare',
      head: t('counters.share'),
      render: ({ theirs }) => share(theirs, all.theirs),
      value: ({ theirs }) => (all.theirs === 0 ? null : theirs / all.theirs),
      extra: true,
    },
  ];
  const renamed = counter.sources.filter(({ source, channel }) => source !== channel);
  return (
    <Section title={title} actions={<ScreenTable name={title} columns={columns} rows={rows} />}>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={({ channel }) => channel} />
      {renamed.length > 0 && (
        <details className={styles.words}>
          <summary>{t('counters.mapping')}</summary>
          <ul>
            {renamed.map(({ source, channel }) => (
              <li key={source}>
                {source} → {words('channel', channel)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
