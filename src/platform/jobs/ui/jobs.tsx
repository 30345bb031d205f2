// What works in the background: how far it is, what waits, what came to nothing and why, and what comes round when.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api } from '../../../web/api.ts';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { RunRow } from './run-row.tsx';
import { Schedules } from './schedules.tsx';

const VIEWS = ['now', 'lost', 'done', 'schedules'] as const;
type View = (typeof VIEWS)[number];
const PAGE = 50;
const MOST = 200;

export default function JobsScreen() {
  const { t } = useTranslation();
  const [search, set] = useAddress();
  const view: View = VIEWS.find((one) => one === search.show) ?? 'now';
  const { workspace, may } = useWorkspace();
  const [limit, setLimit] = useState(PAGE);
  const show = view === 'schedules' ? 'now' : view;
  const list = useQuery(
    api.jobs.list.queryOptions({
      input: { workspace: workspace.id, show, limit },
      refetchInterval: (query) => {
        const counts = query.state.data?.counts;
        return counts && counts.running + counts.waiting > 0 ? 1000 : 5000;
      },
    }),
  );
  const counts = list.data?.counts;
  const count = {
    now: counts && counts.running + counts.waiting,
    lost: counts && counts.failed + counts.dead + counts.cancelled,
    done: counts?.done,
    schedules: undefined,
  };
  const shown = list.data?.runs;
  return (
    <Page title={t('nav.jobs')} intro={t('jobs.intro')}>
      <Tabs
        label={t('jobs.views')}
        chosen={view}
        onChoose={(next) => {
          setLimit(PAGE);
          set({ show: next === 'now' ? undefined : next });
        }}
        tabs={VIEWS.map((id) => ({ id, name: `${t(`jobs.view.${id}`)}${count[id] ? ` ${count[id]}` : ''}` }))}
      />
      {view === 'schedules' && <Schedules />}
      {view !== 'schedules' && list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {view !== 'schedules' &&
        !list.isError &&
        (shown?.length === 0 ? (
          <EmptyState title={t(`jobs.none.${view}`)} text={t(`jobs.noneText.${view}`)} />
        ) : (
          <Rows rows={shown} empty="">
            {(run) => <RunRow key={run.id} run={run} manage={may('jobs:manage')} />}
          </Rows>
        ))}
      {view !== 'schedules' && shown?.length === limit && limit < MOST && (
        <Button variant="default" mt="md" onClick={() => setLimit(MOST)}>
          {t('jobs.older')}
        </Button>
      )}
    </Page>
  );
}
