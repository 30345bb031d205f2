// The answers of a funnel for what the screen is about: the period, and what it is compared with.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { FunnelBreakdown, FunnelDefinition } from '../../funnels/contract.ts';
import type { Act } from '../../report/filter-contract.ts';
import { useActWords } from '../segments/use-segment-words.ts';
import type { View } from '../view.ts';

export function useFunnel(view: View, definition: FunnelDefinition, breakdown?: FunnelBreakdown) {
  const { workspace } = useWorkspace();
  const input = { workspace: workspace.id, ...view.scope, definition };
  const now = useQuery(
    api.funnels.run.queryOptions({
      input: { ...input, ...(breakdown ? { breakdown } : {}) },
      placeholderData: keepPreviousData,
    }),
  );
  const before = useQuery(
    api.funnels.run.queryOptions({
      input: { ...input, period: [view.compared?.[0] ?? '', view.compared?.[1] ?? ''] },
      enabled: view.compared !== null,
      placeholderData: keepPreviousData,
    }),
  );
  // of a time before anything was counted nothing is known: that is not zero
  const unknown = now.data?.trust.knownFrom == null || (view.compared?.[1] ?? '') <= now.data.trust.knownFrom;
  return { now, before: unknown ? undefined : before.data };
}

/** The names of the steps as people read them. */
export function useStepNames(): (definition: FunnelDefinition) => string[] {
  const words = useActWords();
  const goals = useActGoals();
  const nameOf = (id: string) => goals.find((one) => one.id === id)?.name ?? '…';
  return ({ steps }) => steps.map((step) => step.name ?? ('goal' in step ? nameOf(step.goal) : words(step.act)));
}

/** The goals that can be a step: those about a page or event, with what they are. */
export function useActGoals(): { id: string; name: string; act: Act }[] {
  const { workspace } = useWorkspace();
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspace: workspace.id }, staleTime: 60_000 }));
  return (goals.data ?? []).flatMap(({ id, name, definition }) =>
    'act' in definition ? [{ id, name, act: definition.act }] : [],
  );
}

/** “7 days”, “30 minutes”. */
export function useWindowWords(): (minutes: number) => string {
  const { t } = useTranslation();
  return (minutes) => {
    const [unit, n] =
      minutes % 1440 === 0
        ? ['days', minutes / 1440]
        : minutes % 60 === 0
          ? ['hours', minutes / 60]
          : ['minutes', minutes];
    return t(`funnels.within.${unit}`, { count: Number(n) });
  };
}
