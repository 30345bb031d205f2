// The figures of one goal as screens show them.
import { useTranslation } from 'react-i18next';
import { currencySign } from '../../../../web/format.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Measure } from '../measures.ts';

/** Conversions, converting visits, their share and, where the goal has one, the value. */
export function useGoalMeasures(): (goal: { id: string }) => [Measure, Measure, Measure, Measure] {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const sign = currencySign(workspace.currency, i18n.language);
  return ({ id }) => [
    { id: `conversions:${id}`, unit: 'count', direction: 1, sums: true, name: t('goals.conversions') },
    { id: `convertedVisits:${id}`, unit: 'count', direction: 1, sums: true, name: t('goals.convertedVisits') },
    { id: `conversionRate:${id}`, unit: 'share', direction: 1, sums: false, name: t('goals.conversionRate') },
    { id: `goalValue:${id}`, unit: 'money', direction: 1, sums: true, name: t('goals.value', { sign }) },
  ];
}
