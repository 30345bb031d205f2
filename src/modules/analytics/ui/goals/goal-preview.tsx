// What the goal would have counted in the last 30 days, while it is being defined.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { useProblemText } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { GoalDefinition } from '../../goals/contract.ts';
import styles from './goals.module.css';

export function GoalPreview({ definition, site }: { definition: GoalDefinition | null; site: string | null }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const problem = useProblemText();
  const [asked] = useDebouncedValue(definition, 300);
  const found = useQuery(
    api.goals.preview.queryOptions({
      input: { workspace: workspace.id, site, definition: asked ?? { version: 1, act: {} } },
      enabled: asked !== null,
      placeholderData: keepPreviousData,
    }),
  );
  if (definition === null) return <p className={styles.hint}>{t('goals.sayMore')}</p>;
  if (found.isError) return <p className={styles.warn}>{problem(found.error)}</p>;
  if (!found.data) return <p className={styles.hint}>{t('goals.counting')}</p>;
  const { conversions, convertedVisits, visits } = found.data;
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  return (
    <p role="status" aria-busy={found.isPlaceholderData}>
      <b>{t('goals.wouldBe', { count: conversions, number: number(conversions) })}</b>{' '}
      <span className={styles.hint}>
        {t('goals.inVisits', {
          number: number(convertedVisits),
          share: formatValue(visits === 0 ? null : convertedVisits / visits, 'share', i18n.language),
        })}
      </span>
    </p>
  );
}
