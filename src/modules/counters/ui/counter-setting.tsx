// Where the counter's figures came from, and the zone its days are of.
import { Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { timeZoneOptions } from '../../../platform/workspaces/ui/options.ts';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { KnownCounter } from '../contract.ts';
import styles from './counters.module.css';

export function CounterSetting({ counter: { site, counter, zone, imports } }: { counter: KnownCounter }) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const set = useMutation({
    mutationFn: (next: string | null) =>
      client.counters.setZone({ workspace: workspace.id, site, counter, zone: next }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.counters.key() }),
  });
  return (
    <Section title={t('counters.setting')}>
      {set.error && <Problem error={set.error} />}
      <Select
        label={t('counters.zone')}
        description={t('counters.zoneHint')}
        className={styles.zone}
        data={[...new Set([...timeZoneOptions(), workspace.timeZone])].sort()}
        value={set.isPending ? set.variables : (zone ?? workspace.timeZone)}
        searchable
        openOnFocus={false}
        allowDeselect={false}
        disabled={!may('analytics:manage')}
        limit={100}
        onChange={(next) => next && set.mutate(next === workspace.timeZone ? null : next)}
      />
      <p className={styles.filesHead}>{t('counters.files')}</p>
      <ul className={styles.files}>
        {imports.map(({ id, file, at }) => (
          <li key={id}>
            <Link to={`/w/${workspace.id}/imports`} search={{ import: id } as never}>
              {file}
            </Link>{' '}
            <span>{formatMoment(at, i18n.language, workspace.timeZone)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
