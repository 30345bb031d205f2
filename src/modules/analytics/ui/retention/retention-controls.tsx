// What makes a cohort, what counts as coming back, by day, week or month, and of whom.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { RETENTION_UNITS } from '../../retention/contract.ts';
import styles from './retention.module.css';
import type { RetentionState } from './retention-state.ts';

interface Props {
  state: RetentionState;
  onChange: (change: Partial<RetentionState>) => void;
}

export function RetentionControls({ state, onChange }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const input = { workspace: workspace.id };
  const goals = useQuery(api.goals.list.queryOptions({ input, staleTime: 60_000 }));
  const seen = useQuery(api.goals.seen.queryOptions({ input, staleTime: 60_000 }));
  const named = (side: 'first' | 'back') => {
    const events = new Set(['purchase', ...(seen.data?.events ?? []).map(({ name }) => name)]);
    const chosen = state[side];
    if (chosen.startsWith('event:')) events.add(chosen.slice(6));
    const ofActs = (goals.data ?? []).filter(({ definition }) => 'act' in definition);
    return [
      { value: 'visit', label: t(`retention.${side}Visit`) },
      ...(ofActs.length > 0
        ? [{ group: t('retention.goals'), items: ofActs.map(({ id, name }) => ({ value: `goal:${id}`, label: name })) }]
        : []),
      {
        group: t('retention.events'),
        items: [...events].map((name) => ({
          value: `event:${name}`,
          label: name === 'purchase' ? t('retention.purchase') : name,
        })),
      },
    ];
  };
  return (
    <div className={styles.controls}>
      <Select
        label={t('retention.count')}
        data={(['people', 'revenue'] as const).map((id) => ({ value: id, label: t(`retention.counts.${id}`) }))}
        value={state.count}
        allowDeselect={false}
        onChange={(count) => onChange({ count: count === 'revenue' ? 'revenue' : 'people' })}
      />
      <Select
        label={t('retention.first')}
        data={named('first')}
        value={state.first}
        searchable
        openOnFocus={false}
        allowDeselect={false}
        onChange={(first) => onChange({ first: String(first ?? 'visit') })}
      />
      {state.count === 'people' && (
        <Select
          label={t('retention.back')}
          data={named('back')}
          value={state.back}
          searchable
          openOnFocus={false}
          allowDeselect={false}
          onChange={(back) => onChange({ back: String(back ?? 'visit') })}
        />
      )}
      <Select
        label={t('retention.unit')}
        data={RETENTION_UNITS.map((id) => ({ value: id, label: t(`retention.units.${id}`) }))}
        value={state.unit}
        allowDeselect={false}
        onChange={(unit) => onChange({ unit: RETENTION_UNITS.find((one) => one === unit) ?? 'week' })}
      />
      <Select
        label={t('retention.people')}
        data={(['recognised', 'all'] as const).map((id) => ({ value: id, label: t(`retention.peoples.${id}`) }))}
        value={state.people}
        allowDeselect={false}
        onChange={(people) => onChange({ people: people === 'all' ? 'all' : 'recognised' })}
      />
    </div>
  );
}
