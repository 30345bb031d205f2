// One step of a funnel: what must happen, and what people call it.
import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActFields } from '../segments/act-fields.tsx';
import { useActWords } from '../segments/use-segment-words.ts';
import type { DraftStep } from './funnel-draft.ts';
import styles from './funnels.module.css';
import { useActGoals } from './use-funnel.ts';

interface Props {
  step: DraftStep;
  index: number;
  count: number;
  onChange: (step: DraftStep) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

export function FunnelStepFields({ step, index, count, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const goals = useActGoals();
  const n = index + 1;
  return (
    <li className={styles.step}>
      <span className={styles.stepNumber}>{n}</span>
      <div className={styles.stepFields}>
        {goals.length > 0 && (
          <Select
            aria-label={t('funnels.stepGoal', { n })}
            placeholder={t('funnels.stepGoalHint')}
            className={styles.stepGoal}
            data={goals.map(({ id, name }) => ({ value: id, label: name }))}
            value={step.goal}
            clearable
            searchable
            openOnFocus={false}
            onChange={(goal) => onChange({ ...step, goal })}
          />
        )}
        {step.goal !== null ? null : step.kept ? (
          <p className={styles.kept}>
            {words(step.kept)} <span>{t('segments.keptAsIs')}</span>
          </p>
        ) : (
          <ActFields
            act={step.act}
            label={t('funnels.stepWhat', { n })}
            onChange={(act) => {
              // another kind of thing is told by another property
              const first = act.what === 'event' ? ('event' as const) : ('page' as const);
              const rows =
                act.what === step.act.what ? act.rows : [{ property: first, operator: 'is' as const, values: [] }];
              onChange({ ...step, act: { ...act, rows: act.what === 'any' ? [] : rows } });
            }}
          />
        )}
      </div>
      <TextInput
        aria-label={t('funnels.stepName', { n })}
        placeholder={t('funnels.stepNameHint')}
        className={styles.stepName}
        value={step.name}
        maxLength={80}
        onChange={(event) => onChange({ ...step, name: event.currentTarget.value })}
      />
      <div className={styles.stepMoves}>
        <button type="button" aria-label={t('funnels.up', { n })} disabled={index === 0} onClick={() => onMove(-1)}>
          ↑
        </button>
        <button
          type="button"
          aria-label={t('funnels.down', { n })}
          disabled={index === count - 1}
          onClick={() => onMove(1)}
        >
          ↓
        </button>
        <button type="button" aria-label={t('funnels.removeStep', { n })} disabled={count <= 2} onClick={onRemove}>
          ×
        </button>
      </div>
    </li>
  );
}
