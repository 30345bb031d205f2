// Of days before our own first one another counter's figures may be known: said where they would be looked for, never mixed in.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatDate } from '../../../web/format.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './overview.module.css';
import type { View } from './view.ts';

export function OlderFigures({ view, knownFrom }: { view: View; knownFrom: string | null }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [from] = view.scope.period;
  const before = knownFrom !== null && from < knownFrom;
  const counters = useQuery(
    api.counters.list.queryOptions({ input: { workspace: workspace.id }, enabled: before, staleTime: 300_000 }),
  );
  const older = counters.data?.find(
    ({ site, host, firstDay, lastDay }) =>
      firstDay < (knownFrom ?? '') &&
      lastDay >= from &&
      (view.site === undefined || view.site === site || view.site === host),
  );
  if (!before || !older) return null;
  const day = formatDate(knownFrom, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <p className={styles.older}>
      <Link
        to={`/w/${workspace.id}/counters`}
        search={{ counter: `${older.site} ${older.counter}`, period: view.period } as never}
      >
        {t('overview.olderFigures', { day, counter: t(`counters.name.${older.counter}`) })}
      </Link>
    </p>
  );
}
