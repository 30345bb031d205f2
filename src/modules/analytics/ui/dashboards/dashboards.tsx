// Dashboards: one open, or the list of them to choose from; a report that was sent here finds its place on one.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client } from '../../../../web/api.ts';
import { formatMoment } from '../../../../web/format.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Dashboard } from '../../dashboards/contract.ts';
import styles from './dashboards.module.css';
import { NameDashboard } from './name-dashboard.tsx';
import { OneDashboard } from './one-dashboard.tsx';
import { reloadDashboards } from './reload.ts';

export default function Dashboards() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const [naming, setNaming] = useState(false);
  const list = useQuery(api.dashboards.list.queryOptions({ input: { workspace: workspace.id } }));
  const reports = useQuery(api.savedReports.list.queryOptions({ input: { workspace: workspace.id } }));
  const all = (list.data ?? []) as Dashboard[];
  const chosen =
    all.find(({ id }) => id === address.dashboard) ?? (all.length === 1 && !address.add ? all[0] : undefined);
  const added = reports.data?.find(({ id }) => id === address.add);
  const manage = may('analytics:manage');
  const put = useMutation({
    mutationFn: ({ id, version, definition }: Dashboard) =>
      client.dashboards.update({
        ...{ workspace: workspace.id, dashboard: id, version },
        definition: { ...definition, tiles: [...definition.tiles, { report: added!.id, width: 'half' }] },
      }),
    onSuccess: async ({ id }) => {
      await reloadDashboards();
      setAddress({ dashboard: id, add: undefined });
    },
  });
  const onMade = async (made: Dashboard) => {
    setNaming(false);
    await reloadDashboards();
    setAddress({ dashboard: made.id, add: undefined, arrange: 'yes' });
  };
  const make = manage && (
    <Button variant={all.length === 0 ? 'filled' : 'default'} onClick={() => setNaming(true)}>
      {t('dashboards.new')}
    </Button>
  );
  const modal = naming && (
    <NameDashboard
      tiles={added ? [added.id] : []}
      onMade={(one) => void onMade(one)}
      onClose={() => setNaming(false)}
    />
  );
  if (list.isError)
    return (
      <Page title={t('nav.dashboards')}>
        <Problem error={list.error} onRetry={list.refetch} />
      </Page>
    );
  if (chosen) {
    return (
      <>
        {modal}
        <OneDashboard key={chosen.id} dashboard={chosen} others={all} reports={reports.data ?? []} actions={make} />
      </>
    );
  }
  return (
    <Page
      title={t('nav.dashboards')}
      intro={added ? t('dashboards.addTo', { report: added.name }) : t('dashboards.intro')}
      actions={all.length > 0 && make}
    >
      {modal}
      {put.isError && <Problem error={put.error} />}
      {list.data === undefined ? (
        <Waiting />
      ) : all.length === 0 ? (
        <EmptyState title={t('dashboards.none')} text={t('dashboards.noneText')}>
          {make}
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {all.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={styles.open}
                onClick={() => (added ? put.mutate(one) : setAddress({ dashboard: one.id }))}
              >
                {one.name}
              </button>
              <span className={styles.aside}>
                {t('dashboards.about', {
                  count: one.definition.tiles.length,
                  who: one.updatedBy,
                  when: formatMoment(one.updatedAt, i18n.language, workspace.timeZone),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
