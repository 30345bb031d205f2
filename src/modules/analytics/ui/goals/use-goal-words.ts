// What a goal is, as a sentence.
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../../web/format.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { GoalDefinition } from '../../goals/contract.ts';
import { whereOf } from '../segments/draft.ts';
import { useDidWords } from '../segments/use-segment-words.ts';
import { toGoalDraft } from './goal-draft.ts';

export function useGoalWords(): (definition: GoalDefinition) => string {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const act = useDidWords();
  return (definition) => {
    const draft = toGoalDraft(definition);
    switch (draft.is) {
      case 'act':
        return 'act' in definition ? t('goals.words.act', { what: act(definition.act) }) : '';
      case 'scroll': {
        const { where } = whereOf(draft.rows);
        const deep = t('goals.words.scroll', { percent: draft.atLeast });
        return where ? `${deep} ${t('goals.words.on', { what: act({ what: 'view', where }) })}` : deep;
      }
      case 'amount': {
        const amount = formatValue(draft.atLeast, 'money', i18n.language, workspace.currency);
        return t('goals.words.amount', { amount: `${amount} ${workspace.currency}` });
      }
      case 'kept':
        return t('goals.words.kept');
      default:
        return t(`goals.words.${draft.is}`, { count: draft.atLeast });
    }
  };
}
