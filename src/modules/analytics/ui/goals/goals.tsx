// Goals: what the company wants visitors to do, how often they do it, and what leads to it.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { readAct } from '../segments/act-address.ts';
import { useView } from '../view.ts';
import { GoalDetail } from './goal-detail.tsx';
import { GoalEditor } from './goal-editor.tsx';
import { GoalTable } from './goal-table.tsx';
import styles from './goals.module.css';

export default function Goals() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [view, change] = useView();
  const [address, setAddress] = useAddress();
  const problem = useProblemText();
  const list = useQuery(api.goals.list.queryOptions({ input: { workspace: workspace.id } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.goals.key() });
  const edit = typeof address.edit === 'string' ? address.edit : undefined;
  const told = readAct(address.act);
  const chosen = list.data?.find((one) => one.id === address.goal);
  const editing = list.data?.find((one) => one.id === edit);
  const manage = may('analytics:manage');
  const archive = useMutation({
    mutationFn: (id: string) => client.goals.archive({ workspace: workspace.id, goal: id }),
    onSuccess: async (goal) => {
      setAddress({ goal: undefined });
      await offerUndo({
        text: t('goals.archived', { name: goal.name }),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.goals.undo({ workspace: workspace.id, goal: goal.id });
          await reload();
        },
      });
      await reload();
    },
  });
  if (edit !== undefined && list.data) {
    return (
      <Page title={editing?.name ?? t('goals.new')} intro={editing ? undefined : t('goals.newIntro')}>
        <GoalEditor
          key={`${edit} ${editing?.version ?? 0}`}
          {...(editing ? { goal: editing } : told ? { start: { is: 'act', act: told } } : {})}
          onSaved={async (goal) => {
            await reload();
            setAddress({ edit: undefined, act: undefined, goal: goal.id });
          }}
          onClose={() => setAddress({ edit: undefined, act: undefined })}
        />
      </Page>
    );
  }
  return (
    <AnalysisPage
      title={chosen?.name ?? t('nav.goals')}
      view={view}
      change={change}
      actions={
        <>
          {chosen && (
            <Button variant="default" onClick={() => setAddress({ goal: undefined, measure: undefined })}>
              {t('goals.all')}
            </Button>
          )}
          {chosen && manage && (
            <>
              <Button variant="default" onClick={() => setAddress({ edit: chosen.id })}>
                {t('goals.edit')}
              </Button>
              <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate(chosen.id)}>
                {t('goals.archive')}
              </Button>
            </>
          )}
          {!chosen && (list.data?.length ?? 0) > 0 && (
            <Button component={Link} to={`/w/${workspace.id}/counters/goals`} variant="default">
              {t('goals.tell')}
            </Button>
          )}
          {!chosen && manage && (list.data?.length ?? 0) > 0 && (
            <Button onClick={() => setAddress({ edit: 'new' })}>{t('goals.new')}</Button>
          )}
        </>
      }
    >
      {archive.isError && <Problem error={archive.error} />}
      {list.isError ? (
        <Problem error={list.error} onRetry={list.refetch} />
      ) : list.data === undefined ? (
        <Waiting />
      ) : list.data.length === 0 ? (
        <EmptyState title={t('goals.none')} text={t('goals.noneText')}>
          {manage && <Button onClick={() => setAddress({ edit: 'new' })}>{t('goals.first')}</Button>}
        </EmptyState>
      ) : chosen ? (
        <GoalDetail goal={chosen} view={view} change={change} />
      ) : (
        <>
          <p className={styles.sentence}>{t('goals.intro')}</p>
          <GoalTable goals={list.data} view={view} onOpen={(id) => setAddress({ goal: id })} />
        </>
      )}
    </AnalysisPage>
  );
}
