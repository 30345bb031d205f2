// Who changed what and when, newest first, page by page.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './workspaces.module.css';

const PAGE = 50;

/** Details as a short line; an object inside is left to the API. */
function inWords(details: Record<string, unknown>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(' · ');
}

export default function Audit() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (before: string | undefined) => ({
        workspace: workspace.id,
        limit: PAGE,
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    }),
  );
  const action = (id: string) => t(`audit.action.${id.replaceAll(/[.:]/g, '-')}`, { defaultValue: id });
  return (
    <Page title={t('nav.audit')} intro={t('audit.intro')}>
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && (
        <Rows rows={list.data?.pages.flat()} empty={t('audit.none')}>
          {(row) => (
            <li key={row.id} className={styles.row}>
              <div>
                <div>
                  {action(row.action)} <strong>{row.target}</strong>
                </div>
                <div className={styles.quiet}>{inWords(row.details)}</div>
              </div>
              <span className={styles.quiet}>{row.who}</span>
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
