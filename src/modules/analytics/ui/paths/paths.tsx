// Paths: what visits do step by step after a page or event, or before it, as a flow; and the sequences most visits hold.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { NothingInPeriod } from '../nothing.tsx';
import { useView } from '../view.ts';
import { FlowSection } from './flow-section.tsx';
import { NodePanel } from './node-panel.tsx';
import { PathControls } from './path-controls.tsx';
import { usePathState } from './path-state.ts';
import styles from './paths.module.css';
import { SequencesSection } from './sequences-section.tsx';

export default function Paths() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [view, change] = useView();
  const [state, set] = usePathState();
  const [address, setAddress] = useAddress();
  const { length: _, ...asked } = state;
  const flow = useQuery(
    api.paths.flow.queryOptions({
      input: { workspace: workspace.id, ...view.scope, ...asked },
      placeholderData: keepPreviousData,
    }),
  );
  const answer = flow.data;
  const chosen = typeof address.chosen === 'string' ? address.chosen : undefined;
  return (
    <AnalysisPage title={t('nav.paths')} intro={t('paths.intro')} view={view} change={change} trust={answer?.trust}>
      <PathControls
        state={state}
        view={view}
        onChange={(next) => {
          if (chosen !== undefined) setAddress({ chosen: undefined });
          set(next);
        }}
      />
      {flow.isError && <Problem error={flow.error} onRetry={flow.refetch} />}
      {answer?.visits === 0 && <NothingInPeriod view={view} change={change} />}
      {answer && answer.visits > 0 && answer.through === 0 && <p className={styles.hint}>{t('paths.nobody')}</p>}
      {!flow.isError && answer?.visits !== 0 && (
        <div className={flow.isPlaceholderData ? styles.stale : undefined} aria-busy={answer === undefined}>
          {answer && answer.through > 0 && (
            <FlowSection
              answer={answer}
              state={state}
              view={view}
              onNode={(id) => setAddress({ chosen: id === chosen ? undefined : id })}
            />
          )}
          {answer && chosen !== undefined && (
            <NodePanel
              answer={answer}
              chosen={chosen}
              state={state}
              view={view}
              onGoOn={(node) => {
                setAddress({ chosen: undefined });
                set({ anchor: node });
              }}
            />
          )}
          <SequencesSection state={state} view={view} onLength={(length) => set({ length })} />
        </div>
      )}
    </AnalysisPage>
  );
}
