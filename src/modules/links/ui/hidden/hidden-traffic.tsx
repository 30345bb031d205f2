// Visits whose source is hidden: what share of all, by which sign each is told, and what to do about it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import type { Column } from '../../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { AnalysisPage, useView } from '../../../analytics/ui/index.ts';
import type { HiddenTraffic, Sign } from '../../hidden/contract.ts';
import styles from './hidden-traffic.module.css';

/** Where to go on: tags are checked and links are made here. */
const NEXT: Readonly<Record<Sign, string | null>> = {
  'in-app': 'links?edit=new',
  deep: 'links?edit=new',
  payment: null,
  'own-site': 'settings/sites',
  unassigned: 'tag-check',
  plain: null,
};

export default function HiddenTrafficScreen() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [view, change] = useView('90d');
  const found = useQuery(
    api.hiddenTraffic.find.queryOptions({
      input: { workspace: workspace.id, ...view.scope },
      placeholderData: keepPreviousData,
    }),
  );
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const { visits = 0, signs = [] } = found.data ?? {};
  const share = (value: number) => formatValue(visits === 0 ? null : value / visits, 'share', i18n.language);
  const hidden = signs.filter(({ sign }) => sign !== 'plain').reduce((sum, one) => sum + one.visits, 0);
  const columns: Column<HiddenTraffic>[] = [
    { id: 'sign', head: t('hidden.sign'), render: ({ sign }) => t(`hidden.signs.${sign}.name`) },
    { id: 'visits', head: t('hidden.visits'), render: ({ visits: n }) => number(n), value: ({ visits: n }) => n },
    { id: 'todo', head: t('hidden.todo'), render: ({ sign }) => t(`hidden.signs.${sign}.todo`) },
  ];
  return (
    <AnalysisPage title={t('nav.hidden')} view={view} change={change} trust={found.data?.trust}>
      {found.isError ? (
        <Problem error={found.error} onRetry={found.refetch} />
      ) : found.data && signs.length === 0 ? (
        <EmptyState title={t('hidden.none')} text={t('hidden.noneText')} />
      ) : (
        <div aria-busy={found.data === undefined || found.isPlaceholderData}>
          {found.data && (
            <div className={styles.head}>
              <p>{t('hidden.verdict', { share: share(hidden), visits: number(hidden), all: number(visits) })}</p>
              <ScreenTable name={t('nav.hidden')} columns={columns} rows={signs} />
            </div>
          )}
          <ul className={styles.list}>
            {signs.map((one) => (
              <li key={one.sign}>
                <div className={styles.figure}>
                  <b>{number(one.visits)}</b>
                  <span>{share(one.visits)}</span>
                </div>
                <div>
                  <h2>{t(`hidden.signs.${one.sign}.name`)}</h2>
                  <p>{t(`hidden.signs.${one.sign}.why`)}</p>
                  <p>
                    {t(`hidden.signs.${one.sign}.todo`)}{' '}
                    {NEXT[one.sign] && (
                      <Link
                        to={`/w/${workspace.id}/${NEXT[one.sign]!.split('?')[0]}`}
                        search={searchOf(NEXT[one.sign]!)}
                      >
                        {t(`hidden.signs.${one.sign}.next`)}
                      </Link>
                    )}
                  </p>
                  <p className={styles.quiet}>
                    {one.names.length > 0 && (
                      <span>{one.names.map(({ name, visits: n }) => `${name} ${number(n)}`).join(' · ')}</span>
                    )}
                    {one.sign !== 'plain' && (
                      <span>
                        {t('hidden.began')} {one.pages.map(({ page, visits: n }) => `${page} ${number(n)}`).join(' · ')}
                      </span>
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </AnalysisPage>
  );
}

const searchOf = (path: string): never =>
  Object.fromEntries(new URLSearchParams(path.split('?')[1] ?? '')) as unknown as never;
