// The rules of the company on screen, and what is done with them, each undone by one press.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { RuleKind } from '../../care/contract.ts';

export type Rule = Awaited<ReturnType<typeof client.countingRules.list>>[number];

export interface NewRule {
  kind: RuleKind;
  pattern: string;
  name: string;
  site: string | null;
}

const reload = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: api.countingRules.key() }),
    queryClient.invalidateQueries({ queryKey: api.recount.key() }),
  ]);

export function useRuleList() {
  const { workspace } = useWorkspace();
  return useQuery(api.countingRules.list.queryOptions({ input: { workspace: workspace.id } }));
}

export function useRuleChanges() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const problem = useProblemText();
  const offer = async (text: string, rule: string) => {
    // offered before the list shows the change, so that Ctrl+Z finds it as soon as the change is seen
    await offerUndo({
      text,
      action: t('undo.action'),
      failed: problem,
      undo: async () => {
        await client.countingRules.undo({ workspace: workspace.id, rule });
        await reload();
      },
    });
    await reload();
  };
  const add = useMutation({
    mutationFn: (rule: NewRule) => client.countingRules.create({ workspace: workspace.id, ...rule }),
    onSuccess: ({ id, name }) => offer(t('care.added', { name }), id),
  });
  const putAway = useMutation({
    mutationFn: (rule: string) => client.countingRules.archive({ workspace: workspace.id, rule }),
    onSuccess: ({ id, name }) => offer(t('care.removed', { name }), id),
  });
  return { add, putAway };
}
