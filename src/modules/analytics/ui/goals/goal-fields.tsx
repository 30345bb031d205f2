// What reaches a goal: the fields of the form it is given as.
import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { minorDigits } from '../../../../web/format.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { ActFields, RowsEditor } from '../segments/act-fields.tsx';
import type { GoalDraft } from './goal-draft.ts';
import styles from './goals.module.css';

interface Props {
  draft: GoalDraft;
  onChange: (draft: GoalDraft) => void;
}

export function GoalFields({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  if (draft.is === 'kept') return <p className={styles.hint}>{t('goals.kept')}</p>;
  if (draft.is === 'act') {
    return <ActFields act={draft.act} label={t('goals.what')} onChange={(act) => onChange({ is: 'act', act })} />;
  }
  const scale = draft.is === 'amount' ? 10 ** minorDigits(workspace.currency) : 1;
  return (
    <div className={styles.figure}>
      <NumberInput
        label={t(`goals.field.${draft.is}`)}
        suffix={draft.is === 'scroll' ? ' %' : draft.is === 'amount' ? ` ${workspace.currency}` : ''}
        min={1}
        max={draft.is === 'scroll' ? 100 : 1_000_000_000}
        allowNegative={false}
        allowDecimal={draft.is === 'amount'}
        thousandSeparator=" "
        value={draft.atLeast / scale}
        onChange={(value) => onChange({ ...draft, atLeast: Math.round(Number(value) * scale) })}
      />
      {draft.is === 'scroll' && (
        <RowsEditor rows={draft.rows} of="event" first="page" onChange={(rows) => onChange({ ...draft, rows })} />
      )}
    </div>
  );
}
