// Who changed what and when, newest first, page by page; a press on a person or a thing narrows the trail to it.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './audit.module.css';
import { AuditDetails } from './audit-details.tsx';
import { AuditFilters, useActionName, useAuditFilter } from './audit-filters.tsx';

const PAGE = 50;

export default function Audit() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [filter, set] = useAuditFilter();
  const actionName = useActionName();
  const list = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (before: string | undefined) => ({
        workspace: workspace.id,
        limit: PAGE,
        ...filter,
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    }),
  );
  const narrowed = Object.keys(filter).length > 0;
  return (
    <Page title={t('nav.audit')} intro={t('audit.intro')}>
      <AuditFilters />
      {filter.target && <p className={styles.quiet}>{t('audit.ofThing', { thing: filter.target })}</p>}
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && (
        <Rows rows={list.data?.pages.flat()} empty={t(narrowed ? 'audit.nothingFits' : 'audit.none')}>
          {(row) => (
            <li key={row.id} className={styles.row}>
              <div>
                <span>{actionName(row.action)}: </span>
                <button type="button" className={styles.choose} onClick={() => set({ target: row.target })}>
                  <strong>{row.target}</strong>
                </button>
                <AuditDetails details={row.details} />
              </div>
              <button
                type="button"
                className={`${styles.choose} ${styles.quiet}`}
                onClick={() => set({ who: row.who })}
              >
                {row.who}
              </button>
              <time className={styles.quiet} dateTime={row.at}>
                {formatMoment(row.at, i18n.language, workspace.timeZone)}
              </time>
            </li>
          )}
        </Rows>
      )}
      {list.hasNextPage && (
        <Button variant="default" mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('audit.older')}
        </Button>
      )}
    </Page>
  );
}
