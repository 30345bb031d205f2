// What people do besides viewing pages: links that lead away, files, searches, missed pages, forms and how far pages are read.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { ACT_KINDS, type ActKind } from '../../acts/contract.ts';
import type { ReportAnswer } from '../../contract.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import type { Measure } from '../measures.ts';
import { grainOf } from '../period.ts';
import { TimeSection } from '../time-section.tsx';
import { useView, type View } from '../view.ts';
import { ActTable } from './act-table.tsx';
import styles from './acts.module.css';
import { SearchWords } from './search-words.tsx';

/** The chart and its table take any figure by time. */
const COUNT: Measure = { id: 'events', unit: 'count', direction: 1, sums: true };

function useActs(view: View, kind: ActKind) {
  const { workspace } = useWorkspace();
  const by = grainOf(view.dates);
  const ask = (period: [string, string]) => ({ workspace: workspace.id, ...view.scope, period, kind, by });
  const now = useQuery(
    api.acts.table.queryOptions({ input: ask(view.scope.period), placeholderData: keepPreviousData }),
  );
  const before = useQuery(
    api.acts.table.queryOptions({
      input: ask([view.compared?.[0] ?? '', view.compared?.[1] ?? '']),
      enabled: view.compared !== null,
    }),
  );
  const overTime = (answer: typeof now.data): ReportAnswer | undefined =>
    answer && {
      rows: answer.steps.map(({ step, count }) => ({ [by]: step, [COUNT.id]: count })),
      ...{ totals: {}, rowCount: answer.steps.length, trust: answer.trust },
    };
  return {
    now,
    before: view.compared === null ? null : before.data,
    overTime: overTime(now.data),
    timeBefore: overTime(before.data),
  };
}

export default function Acts() {
  const { t } = useTranslation();
  const [view, change] = useView();
  const kind = ACT_KINDS.find((one) => one === view.tab('acts')) ?? 'outbound';
  const { now, before, overTime, timeBefore } = useActs(view, kind);
  const seen = { ...view, measure: { ...COUNT, name: t(`acts.counted.${kind}`) } };
  const stale = now.isPlaceholderData;
  return (
    <AnalysisPage title={t('nav.acts')} view={view} change={change} trust={now.data?.trust}>
      <div className={styles.kinds}>
        <Tabs
          label={t('acts.kinds')}
          tabs={ACT_KINDS.map((id) => ({ id, name: t(`acts.kind.${id}`) }))}
          chosen={kind}
          onChoose={(id) => change({ tab: ['acts', id], table: ['acts', { find: undefined }] })}
        />
      </div>
      {now.isError ? (
        <Problem error={now.error} onRetry={now.refetch} />
      ) : now.data && !stale && now.data.rows.length === 0 ? (
        <>
          <EmptyState title={t(`acts.none.${kind}`)} text={t(`acts.noneText.${kind}`)} />
          {kind === 'search' && <SearchWords />}
        </>
      ) : (
        <div aria-busy={now.data === undefined || stale}>
          <TimeSection now={overTime} before={timeBefore} view={seen} change={change} />
          <div className={styles.table}>
            {kind === 'search' && <SearchWords />}
            <ActTable
              key={kind}
              kind={kind}
              answer={stale ? undefined : now.data}
              before={before}
              view={view}
              change={change}
            />
          </div>
        </div>
      )}
    </AnalysisPage>
  );
}
