// One funnel: its builder when asked for, the bars, the table of steps, what becomes of those who stop, and a breakdown.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { FUNNEL_BREAKDOWNS, type Funnel } from '../../funnels/contract.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { NothingInPeriod } from '../nothing.tsx';
import type { View, ViewChange } from '../view.ts';
import { FunnelBreakdownTable } from './funnel-breakdown.tsx';
import { emptyFunnel, type FunnelDraft, toDefinition, toFunnelDraft } from './funnel-draft.ts';
import { FunnelEditor } from './funnel-editor.tsx';
import { FunnelSteps } from './funnel-steps.tsx';
import styles from './funnels.module.css';
import { StepPeople } from './step-people.tsx';
import { useFunnel, useWindowWords } from './use-funnel.ts';

interface Props {
  /** left out: a new one */
  funnel: Funnel | undefined;
  /** what a new one begins with */
  draft: FunnelDraft | null;
  view: View;
  change: (change: ViewChange) => void;
  onSaved: (funnel: Funnel) => Promise<void>;
}

export function FunnelScreen({ funnel, draft: given, view, change, onSaved }: Props) {
  const { t } = useTranslation();
  const { may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const windowWords = useWindowWords();
  const [draft, setDraft] = useState(() => given ?? (funnel ? toFunnelDraft(funnel.definition) : emptyFunnel()));
  const editing = funnel === undefined || address.edit === 1;
  const [asked] = useDebouncedValue(JSON.stringify(editing || !funnel ? toDefinition(draft) : funnel.definition), 400);
  const definition = JSON.parse(asked) as Funnel['definition'];
  const breakdown = FUNNEL_BREAKDOWNS.find((one) => one === address.by);
  const { now, before } = useFunnel(view, definition, breakdown);
  const step = Math.min(Math.max(1, Math.trunc(Number(address.step)) || 1), definition.steps.length);
  const name = funnel?.name ?? t('funnels.new');
  const answer = now.data?.steps.length === definition.steps.length ? now.data : undefined;
  const compared = before?.steps.length === definition.steps.length ? before : undefined;
  const empty = answer !== undefined && answer.steps[0]?.reached === 0;
  return (
    <AnalysisPage
      title={name}
      intro={
        editing
          ? undefined
          : t(`funnels.rule.${definition.by}.${definition.order}`, { window: windowWords(definition.minutes) })
      }
      view={view}
      change={change}
      trust={answer?.trust}
      actions={
        <>
          <Button
            variant="default"
            onClick={() => setAddress({ funnel: undefined, edit: undefined, draft: undefined, step: undefined })}
          >
            {t('funnels.all')}
          </Button>
          {funnel && !editing && may('analytics:manage') && (
            <Button variant="default" onClick={() => setAddress({ edit: 1 })}>
              {t('funnels.change')}
            </Button>
          )}
        </>
      }
    >
      {editing && (
        <FunnelEditor
          funnel={funnel}
          draft={draft}
          view={view}
          onChange={setDraft}
          onSaved={onSaved}
          onClose={() => setAddress(funnel ? { edit: undefined } : { funnel: undefined, draft: undefined })}
        />
      )}
      {now.isError && <Problem error={now.error} onRetry={now.refetch} />}
      {empty && !editing && <NothingInPeriod view={view} change={change} />}
      {empty && editing && <p className={styles.hint}>{t('funnels.nobody')}</p>}
      {!empty && !now.isError && (
        <div className={now.isPlaceholderData ? styles.stale : undefined} aria-busy={answer === undefined}>
          <FunnelSteps
            name={name}
            definition={definition}
            now={answer}
            before={view.compared ? compared : undefined}
            view={view}
            chosen={step}
            onStep={(chosen) => setAddress({ step: chosen })}
          />
          {answer && (
            <div className={styles.columns}>
              <StepPeople name={name} definition={definition} answer={answer} step={step} view={view} />
              <FunnelBreakdownTable
                name={name}
                definition={definition}
                answer={answer}
                breakdown={breakdown}
                view={view}
                change={change}
                onBreakdown={(by) => setAddress({ by })}
              />
            </div>
          )}
        </div>
      )}
    </AnalysisPage>
  );
}
