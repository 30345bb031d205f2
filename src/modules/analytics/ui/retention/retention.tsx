// Retention: cohorts by when people first came (or did something), who of them comes back and what they bring in.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { NothingInPeriod } from '../nothing.tsx';
import { useView } from '../view.ts';
import { AverageSection } from './average-section.tsx';
import { CohortTable } from './cohort-table.tsx';
import styles from './retention.module.css';
import { RetentionBreakdown } from './retention-breakdown.tsx';
import { RetentionControls } from './retention-controls.tsx';
import { questionOf, useRetentionState } from './retention-state.ts';

export default function Retention() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [view, change] = useView('90d');
  const [state, set] = useRetentionState();
  const found = useQuery(
    api.retention.run.queryOptions({
      input: { workspace: workspace.id, ...view.scope, ...questionOf(state) },
    }),
  );
  const answer = found.data;
  const people = answer?.cohorts.reduce((sum, { size }) => sum + size, 0);
  return (
    <AnalysisPage
      title={t('nav.retention')}
      intro={t('retention.intro')}
      view={view}
      change={change}
      trust={answer?.trust}
    >
      <RetentionControls state={state} onChange={set} />
      {found.isError && <Problem error={found.error} onRetry={found.refetch} />}
      {people === 0 && answer?.trust.joined === null && <NothingInPeriod view={view} change={change} />}
      {people === 0 && answer?.trust.joined !== null && (
        <p className={styles.hint}>{t(state.people === 'recognised' ? 'retention.nobodyKnown' : 'retention.nobody')}</p>
      )}
      {answer === undefined && !found.isError && <Waiting />}
      {answer && people !== 0 && (
        <>
          <AverageSection answer={answer} state={state} view={view} />
          <CohortTable answer={answer} state={state} view={view} onShow={(show) => set({ show })} />
          <RetentionBreakdown answer={answer} state={state} view={view} change={change} onChange={set} />
        </>
      )}
    </AnalysisPage>
  );
}
