// Sets a goal: what it is begun as, what reaches it, what a conversion is worth, and what it counts on the past at once.
import { Button, NumberInput, Group as Row, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../../web/api.ts';
import { addDays, todayIn } from '../../../../web/dates.ts';
import { minorDigits } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Goal } from '../../goals/contract.ts';
import { SegmentScopeContext } from '../segments/scope.ts';
import { BEGINNINGS, type Beginning, type GoalDraft, isReady, toDefinition, toGoalDraft } from './goal-draft.ts';
import { GoalFields } from './goal-fields.tsx';
import { GoalPreview } from './goal-preview.tsx';
import styles from './goals.module.css';

interface Props {
  /** left out: a new one */
  goal?: Goal;
  /** what a new one begins as */
  start?: GoalDraft;
  onSaved: (goal: Goal) => void;
  onClose: () => void;
}

export function GoalEditor({ goal, start, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const [name, setName] = useState(goal?.name ?? '');
  const [site, setSite] = useState(goal?.site ?? null);
  const [worth, setWorth] = useState(goal?.worth ?? null);
  const [begun, setBegun] = useState<Beginning>('page');
  const [draft, setDraft] = useState<GoalDraft>(() =>
    goal ? toGoalDraft(goal.definition) : (start ?? BEGINNINGS.page()),
  );
  const scale = 10 ** minorDigits(workspace.currency);
  const ready = isReady(draft);
  const save = useMutation({
    mutationFn: () => {
      const given = { workspace: workspace.id, name, site, worth, definition: toDefinition(draft) };
      return goal
        ? client.goals.update({ ...given, goal: goal.id, version: goal.version })
        : client.goals.create(given);
    },
    onSuccess: onSaved,
  });
  const today = todayIn(workspace.timeZone);
  const period: [string, string] = [addDays(today, -89), addDays(today, 1)];
  return (
    <SegmentScopeContext value={{ period, ...(site ? { site } : {}) }}>
      <form
        className={styles.editor}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && ready) save.mutate();
        }}
      >
        <div className={styles.line}>
          <TextInput
            label={t('goals.name')}
            className={styles.wide}
            value={name}
            maxLength={120}
            placeholder={t('goals.namePlaceholder')}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {(sites.data?.length ?? 0) > 1 && (
            <Select
              label={t('overview.site')}
              data={[
                { value: '', label: t('overview.allSites') },
                ...(sites.data ?? []).map((one) => ({ value: one.id, label: one.host })),
              ]}
              value={site ?? ''}
              allowDeselect={false}
              onChange={(id) => setSite(id || null)}
            />
          )}
        </div>
        {!goal && !start && (
          <Select
            label={t('goals.begin')}
            className={styles.narrow}
            data={Object.keys(BEGINNINGS).map((id) => ({ value: id, label: t(`goals.beginning.${id}`) }))}
            value={begun}
            allowDeselect={false}
            onChange={(next) => {
              const chosen = (next ?? 'page') as Beginning;
              setBegun(chosen);
              setDraft(BEGINNINGS[chosen]());
            }}
          />
        )}
        <GoalFields draft={draft} onChange={setDraft} />
        <NumberInput
          label={t('goals.worth', { currency: workspace.currency })}
          description={t('goals.worthMeans')}
          className={styles.narrow}
          min={0}
          allowNegative={false}
          thousandSeparator=" "
          value={worth === null ? '' : worth / scale}
          onChange={(value) => setWorth(value === '' ? null : Math.round(Number(value) * scale))}
        />
        <GoalPreview definition={ready ? toDefinition(draft) : null} site={site} />
        {save.isError && <Problem error={save.error} />}
        <Row gap="xs">
          <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || !ready}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </Row>
      </form>
    </SegmentScopeContext>
  );
}
