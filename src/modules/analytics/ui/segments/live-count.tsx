// How many a definition chooses now, and what that figure is worth. A change stops the count before it.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatMoment, formatValue } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { SegmentDefinition } from '../../segments/contract.ts';
import styles from './segments.module.css';

interface Props {
  definition: SegmentDefinition;
  site: string | null;
}

export function LiveCount({ definition, site }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [asked] = useDebouncedValue(JSON.stringify({ site, definition }), 400);
  const input = { workspace: workspace.id, ...(JSON.parse(asked) as Props) };
  const size = useQuery(api.segments.count.queryOptions({ input, placeholderData: keepPreviousData }));
  if (size.isError) return <Problem error={size.error} onRetry={size.refetch} />;
  const number = (n: number | undefined) => formatValue(n, 'count', i18n.language);
  const share = (part: number) => formatValue(part, 'share', i18n.language);
  const found = size.data;
  const waiting = found === undefined || size.isPlaceholderData || asked !== JSON.stringify({ site, definition });
  const apart = found?.joined == null ? 0 : 1 - found.joined;
  return (
    <div className={styles.count} role="status" aria-busy={waiting}>
      <p className={waiting ? styles.countStale : styles.countFigure}>
        <b>{number(found?.visitors)}</b>{' '}
        {t('segments.ofVisitors', {
          count: found?.visitors ?? 0,
          known: number(found?.known),
          share: found && found.known > 0 ? share(found.visitors / found.known) : '–',
        })}
        {found?.visits != null &&
          ` · ${t('segments.visitCount', { count: found.visits, number: number(found.visits) })}`}
      </p>
      <p className={styles.trust}>
        {found?.freshTo &&
          t('segments.fresh', { when: formatMoment(found.freshTo, i18n.language, workspace.timeZone) })}
        {apart > 0 && <span className={styles.warn}> {t('segments.apart', { share: share(apart) })}</span>}
      </p>
    </div>
  );
}
