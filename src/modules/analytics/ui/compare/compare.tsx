// Segments side by side: the same figures of each, over time and by what they came from, and what makes one differ from the others.
import { MultiSelect } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { useSegmentChoices } from '../segments/segment-choices.ts';
import { useView } from '../view.ts';
import styles from './compare.module.css';
import { CompareBreakdown } from './compare-breakdown.tsx';
import { CompareDifferences } from './compare-differences.tsx';
import { COMPARED_MEASURES, CompareMeasures } from './compare-measures.tsx';
import { CompareTime } from './compare-time.tsx';
import { EVERYONE, MOST_GROUPS, useCompared } from './use-compared.ts';

export default function Compare() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [view, change] = useView();
  const { groups, choose } = useCompared(view);
  const choices = useSegmentChoices();
  const saved = useQuery(api.segments.list.queryOptions({ input: { workspace: workspace.id }, staleTime: 60_000 }));
  const answers = useQueries({
    queries: groups.map(({ scope }) =>
      api.reports.run.queryOptions({
        input: { workspace: workspace.id, ...scope, measures: COMPARED_MEASURES.map((one) => one.id) },
      }),
    ),
  });
  const failed = answers.find((one) => one.isError);
  return (
    <AnalysisPage
      title={t('nav.compare')}
      intro={t('compare.intro')}
      view={view}
      change={change}
      trust={answers[0]?.data?.trust}
    >
      <MultiSelect
        label={t('compare.groups')}
        description={t('compare.groupsHint', { count: MOST_GROUPS })}
        className={styles.pick}
        data={[
          { group: t('compare.all'), items: [{ value: EVERYONE, label: t('compare.everyone') }] },
          ...choices(saved.data ?? []),
        ]}
        value={groups.map((one) => one.id)}
        maxValues={MOST_GROUPS}
        searchable
        openOnFocus={false}
        hidePickedOptions
        onChange={choose}
      />
      {groups.length === 0 && <p className={styles.none}>{t('compare.noGroups')}</p>}
      {failed ? (
        <Problem error={failed.error} onRetry={failed.refetch} />
      ) : (
        groups.length > 0 && (
          <>
            <CompareMeasures groups={groups} answers={answers.map((one) => one.data)} change={change} />
            <CompareTime groups={groups} view={view} change={change} />
            <CompareBreakdown groups={groups} view={view} change={change} />
            <CompareDifferences groups={groups} view={view} />
          </>
        )
      )}
    </AnalysisPage>
  );
}
