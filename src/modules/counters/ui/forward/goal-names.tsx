// Which goals are told, and what each counter knows them as: an empty name is a goal that is not told.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type Forwarding, LEARNING_COUNTERS, type LearningCounter } from '../../forward/contract.ts';
import styles from './forward.module.css';

type Told = Forwarding['goals'][number];
type Names = Record<string, Record<LearningCounter, string>>;
interface Draft {
  number: string;
  names: Names;
}

const draftOf = (told: Forwarding): Draft => ({
  number: told.number ?? '',
  names: Object.fromEntries(told.goals.map(({ id, metrica, ga4 }) => [id, { metrica: metrica ?? '', ga4: ga4 ?? '' }])),
});
const canBeTold = (goal: Told): boolean => !goal.ofVisit && goal.unknown.length === 0;

export function GoalNames({ told }: { told: Forwarding }) {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const problem = useProblemText();
  const [draft, setDraft] = useState(() => draftOf(told));
  const manage = may('analytics:manage');
  const put = async ({ number, names }: Draft): Promise<Forwarding> => {
    const goals = Object.entries(names)
      .map(([id, { metrica, ga4 }]) => ({ id, metrica: metrica.trim() || null, ga4: ga4.trim() || null }))
      .filter(({ metrica, ga4 }) => metrica !== null || ga4 !== null);
    const asked = { workspace: workspace.id, site: told.site, number: number.trim() || null, goals };
    const saved = await client.counters.setForwarding(asked);
    await queryClient.invalidateQueries({ queryKey: api.counters.key() });
    setDraft(draftOf(saved));
    return saved;
  };
  const save = useMutation({
    mutationFn: () => put(draft),
    onSuccess: async () => {
      await offerUndo({
        text: t('forward.saved'),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await put(draftOf(told));
        },
      });
    },
  });
  const setName = (id: string, counter: LearningCounter, name: string) =>
    setDraft({ ...draft, names: { ...draft.names, [id]: { ...draft.names[id]!, [counter]: name } } });
  const suggest = () =>
    setDraft({
      ...draft,
      names: Object.fromEntries(
        told.goals.filter(canBeTold).map(({ id, suggested }) => {
          const { metrica, ga4 } = draft.names[id]!;
          return [id, { metrica: metrica || (draft.number ? suggested : ''), ga4: ga4 || suggested }];
        }),
      ),
    });
  const apart = told.goals.filter((goal) => !canBeTold(goal));
  return (
    <Section
      title={t('forward.goals')}
      actions={
        manage && (
          <Button variant="default" onClick={suggest}>
            {t('forward.suggest')}
          </Button>
        )
      }
    >
      <p className={styles.text}>{t('forward.goalsText')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t('forward.number')}
          description={t('forward.numberHint')}
          className={styles.number}
          inputMode="numeric"
          placeholder="12345678"
          disabled={!manage}
          value={draft.number}
          onChange={(event) => setDraft({ ...draft, number: event.currentTarget.value })}
        />
        <ul className={styles.goals}>
          {told.goals.filter(canBeTold).map((goal) => (
            <li key={goal.id}>
              <p className={styles.name}>{goal.name}</p>
              {LEARNING_COUNTERS.map((counter) => (
                <TextInput
                  key={counter}
                  label={t(`forward.in.${counter}`)}
                  aria-label={`${goal.name}: ${t(`forward.in.${counter}`)}`}
                  placeholder={t('forward.notTold')}
                  disabled={!manage}
                  spellCheck={false}
                  value={draft.names[goal.id]?.[counter] ?? ''}
                  onChange={(event) => setName(goal.id, counter, event.currentTarget.value)}
                />
              ))}
            </li>
          ))}
        </ul>
        {apart.map((goal) => (
          <p key={goal.id} className={styles.muted}>
            {t(goal.ofVisit ? 'forward.ofVisit' : 'forward.unknown', {
              goal: goal.name,
              what: goal.unknown.map((id) => t(`dimension.${id}`, { defaultValue: id })).join(', '),
            })}
          </p>
        ))}
        {save.isError && <Problem error={save.error} />}
        {manage && (
          <Button type="submit" mt="md" loading={save.isPending}>
            {t('save')}
          </Button>
        )}
      </form>
    </Section>
  );
}
