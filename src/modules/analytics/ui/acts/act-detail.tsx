// What is behind one row: pages it stands on, where people came from, fields a form was left at; the visits it happened in, and who
// did it as a goal or a segment.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { ActKind } from '../../acts/contract.ts';
import type { ScreenFilter } from '../filters.ts';
import { writeFilters } from '../filters.ts';
import { writeAct } from '../segments/act-address.ts';
import type { DraftAct } from '../segments/draft.ts';
import type { View } from '../view.ts';
import styles from './acts.module.css';

/** Visits in which it happened, for the overview; searches and forms are told by a property. */
function visitsWith(kind: ActKind, value: string): ScreenFilter[] | null {
  const is = (property: ScreenFilter['property']): ScreenFilter[] => [{ property, operator: 'is', values: [value] }];
  if (kind === 'not-found' || kind === 'scroll') return is('page');
  return null;
}

const ACTS: Partial<Record<ActKind, (value: string) => DraftAct>> = {
  outbound: (url) => eventWith('outbound_click', 'url', url),
  download: (url) => eventWith('file_download', 'url', url),
  form: (form) => eventWith('form_submit', 'form', form),
  'not-found': (page) => ({ what: 'view', rows: [{ property: 'page', operator: 'is', values: [page] }] }),
};
const eventWith = (name: string, property: string, value: string): DraftAct => ({
  what: 'event',
  rows: [
    { property: 'event', operator: 'is', values: [name] },
    { property: `property:${property}`, operator: 'is', values: [value] },
  ],
});

export function ActDetail({ kind, value, view }: { kind: ActKind; value: string; view: View }) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const head = useRef<HTMLHeadingElement>(null);
  const answer = useQuery(
    api.acts.detail.queryOptions({ input: { workspace: workspace.id, ...view.scope, kind, value } }),
  );
  useEffect(() => head.current?.focus(), []);
  const filters = visitsWith(kind, value);
  const act = ACTS[kind]?.(value);
  const lists = answer.data?.lists.filter(({ rows }) => rows.length > 0);
  return (
    <section className={styles.detail} aria-label={t('acts.behind', { value })}>
      <h3 ref={head} tabIndex={-1}>
        {t('acts.behind', { value })}
      </h3>
      {filters && (
        <p>
          <Link
            to={`/w/${workspace.id}/overview`}
            search={{ period: view.period, filters: writeFilters([...view.filters, ...filters]) } as never}
          >
            {t('acts.visits')}
          </Link>
        </p>
      )}
      {act && may('analytics:manage') && (
        <p className={styles.tools}>
          {kind !== 'not-found' && (
            <Link to={`/w/${workspace.id}/goals`} search={{ edit: 'new', act: writeAct(act) } as never}>
              {t(`acts.goal.${kind}`)}
            </Link>
          )}
          <Link to={`/w/${workspace.id}/segments`} search={{ edit: 'new', act: writeAct(act) } as never}>
            {t(`acts.segment.${kind}`)}
          </Link>
        </p>
      )}
      {answer.isError && <Problem error={answer.error} onRetry={answer.refetch} />}
      {answer.isLoading && <Waiting />}
      {lists?.length === 0 && <p className={styles.quiet}>{t('acts.nothingBehind')}</p>}
      <div className={styles.lists}>
        {lists?.map(({ list, rows }) => (
          <DataTable
            key={list}
            caption={t(`acts.list.${list}`)}
            columns={[
              { id: 'value', head: t(`acts.list.${list}`), render: (row) => row.value, words: true },
              {
                id: 'count',
                head: t('acts.times'),
                render: (row) => formatValue(row.count, 'count', i18n.language),
              },
            ]}
            rows={rows}
            rowKey={(row) => row.value}
            bar={({ count }) => count / Math.max(1, ...rows.map((row) => row.count))}
          />
        ))}
      </div>
    </section>
  );
}
