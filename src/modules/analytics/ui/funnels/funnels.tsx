// Funnels: the saved ones with how many go through, one of them step by step, and the builder of a new one.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Funnel } from '../../funnels/contract.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { useView } from '../view.ts';
import { readDraft } from './funnel-draft.ts';
import { FunnelList } from './funnel-list.tsx';
import { FunnelScreen } from './funnel-screen.tsx';
import styles from './funnels.module.css';

export default function Funnels() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const [view, change] = useView();
  const problem = useProblemText();
  const state = address.state === 'archived' ? 'archived' : 'active';
  const open = typeof address.funnel === 'string' ? address.funnel : undefined;
  const list = useQuery(api.funnels.list.queryOptions({ input: { workspace: workspace.id, state } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.funnels.list.key() });
  const undo = async (id: string): Promise<void> => {
    await client.funnels.undo({ workspace: workspace.id, funnel: id });
    await reload();
  };
  const offer = (text: string, id: string) =>
    offerUndo({ text, action: t('undo.action'), failed: problem, undo: () => undo(id) });
  const archive = useMutation({
    mutationFn: (funnel: Funnel) => client.funnels.archive({ workspace: workspace.id, funnel: funnel.id }),
    onSuccess: async (funnel) => {
      await offer(t('funnels.done.archived', { name: funnel.name }), funnel.id);
      await reload();
    },
  });
  const restore = useMutation({ mutationFn: (funnel: Funnel) => undo(funnel.id) });
  const chosen = list.data?.find((one) => one.id === open);
  if (open !== undefined && list.data) {
    return (
      <FunnelScreen
        key={`${open} ${chosen?.version ?? 0}`}
        funnel={chosen}
        draft={readDraft(address.draft)}
        view={view}
        change={change}
        onSaved={async (funnel) => {
          await reload();
          setAddress({ funnel: funnel.id, edit: undefined, draft: undefined });
          await offer(t('funnels.done.saved', { name: funnel.name }), funnel.id);
        }}
      />
    );
  }
  const make = () => setAddress({ funnel: 'new' });
  const manage = may('analytics:manage');
  return (
    <AnalysisPage
      title={t('nav.funnels')}
      intro={t('funnels.intro')}
      view={view}
      change={change}
      actions={list.data && list.data.length > 0 && <Button onClick={make}>{t('funnels.new')}</Button>}
    >
      {[archive, restore].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && list.data === undefined && <Waiting />}
      {list.data?.length === 0 && state === 'active' && (
        <EmptyState title={t('funnels.none')} text={t('funnels.noneText')}>
          <Button onClick={make}>{t('funnels.first')}</Button>
        </EmptyState>
      )}
      {list.data && (list.data.length > 0 || state === 'archived') && (
        <FunnelList
          funnels={list.data}
          state={state}
          view={view}
          busy={archive.isPending || restore.isPending}
          onOpen={(id) => setAddress({ funnel: id })}
          {...(manage ? { onArchive: archive.mutate, onRestore: restore.mutate } : {})}
        />
      )}
      <button
        type="button"
        className={styles.quiet}
        onClick={() => setAddress({ state: state === 'active' ? 'archived' : undefined })}
      >
        {t(state === 'active' ? 'funnels.showArchived' : 'funnels.showActive')}
      </button>
    </AnalysisPage>
  );
}
