// How many are on the site now and where, asked anew every ten seconds while the screen is looked at.
import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatDate, formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { useEscape } from '../../../web/parts/use-escape.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { withValue } from './filters.ts';
import styles from './overview.module.css';
import type { View, ViewChange } from './view.ts';

const EVERY_MS = 10_000;

export function LiveNow({ view, change }: { view: View; change: (change: ViewChange) => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [opened, setOpened] = useState(false);
  useEscape(opened, () => setOpened(false));
  const live = useQuery(
    api.reports.live.queryOptions({
      input: { workspace: workspace.id, ...(view.site ? { site: view.site } : {}) },
      refetchInterval: EVERY_MS,
      staleTime: EVERY_MS,
    }),
  );
  const found = live.data;
  if (!found) return null;
  const number = (n: number) => formatValue(n, 'count', i18n.language);
  const time = (iso: string) => formatDate(iso, i18n.language, { timeStyle: 'medium', timeZone: workspace.timeZone });
  const columns: Column<(typeof found.pages)[number]>[] = [
    { id: 'page', head: t('dimension.page'), render: (row) => row.page || t('empty.other') },
    { id: 'visitors', head: t('live.column'), render: (row) => number(row.visitors) },
  ];
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus withRoles>
      <Popover.Target>
        <button type="button" className={styles.live} onClick={() => setOpened(!opened)}>
          <i className={`${styles.dot} ${found.visitors > 0 ? '' : styles.dotQuiet}`} aria-hidden="true" />{' '}
          {t('live.now', { count: found.visitors, number: number(found.visitors) })}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('live.title')}>
        <div className={styles.livePanel}>
          {found.pages.length === 0 ? (
            <p className={styles.none}>{t('live.nobody')}</p>
          ) : (
            <>
              <DataTable
                caption={t('live.title')}
                columns={columns}
                rows={found.pages}
                rowKey={(row) => row.page}
                bar={(row) => row.visitors / (found.pages[0]?.visitors ?? 1)}
                onRow={(row) => {
                  setOpened(false);
                  change({ period: 'today', filters: withValue(view.filters, 'page', row.page) });
                }}
                rowHint={(row) => t('overview.filterBy', { value: row.page })}
              />
              <ScreenTable name={t('live.title')} columns={columns} rows={found.pages} />
            </>
          )}
          <p className={styles.none}>
            {t('live.explained', { time: time(found.at) })}{' '}
            {found.freshTo && t('live.fresh', { time: time(found.freshTo) })}
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
