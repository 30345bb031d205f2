// One dashboard: its reports of one period, and putting them in order by dragging or by keys.
import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { client } from '../../../../web/api.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type Dashboard, MOST_TILES, type Tile } from '../../dashboards/contract.ts';
import type { SavedReport } from '../../explorer/contract.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { useBook } from '../explorer/book.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { useView } from '../view.ts';
import { DashboardTile } from './dashboard-tile.tsx';
import styles from './dashboards.module.css';
import { moved } from './moved.ts';
import { reloadDashboards } from './reload.ts';

interface Props {
  dashboard: Dashboard;
  others: readonly Dashboard[];
  reports: readonly { id: string; name: string; definition: unknown }[];
  actions: ReactNode;
}

export function OneDashboard({ dashboard, others, reports, actions }: Props) {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const [view, change] = useView(dashboard.definition.period);
  const problem = useProblemText();
  const book = useBook();
  const [tiles, setTiles] = useState<readonly Tile[]>(dashboard.definition.tiles);
  const arranging = address.arrange === 'yes' && may('analytics:manage');
  const at = { workspace: workspace.id, dashboard: dashboard.id };
  const back = async () => {
    await client.dashboards.undo(at);
    await reloadDashboards();
  };
  const save = useMutation({
    mutationFn: () =>
      client.dashboards.update({
        ...at,
        version: dashboard.version,
        definition: { version: 1, period: view.period, compare: view.comparison, tiles: [...tiles] },
      }),
    onSuccess: async () => {
      await offerUndo({ text: t('dashboards.saved'), action: t('undo.action'), failed: problem, undo: back });
      await reloadDashboards();
      setAddress({ arrange: undefined });
    },
  });
  const archive = useMutation({
    mutationFn: () => client.dashboards.archive(at),
    onSuccess: async () => {
      setAddress({ dashboard: undefined, arrange: undefined });
      const text = t('dashboards.archived', { name: dashboard.name });
      await offerUndo({ text, action: t('undo.action'), failed: problem, undo: back });
      await reloadDashboards();
    },
  });
  const shown = arranging ? tiles : dashboard.definition.tiles;
  const reportOf = ({ report }: Tile) => reports.find(({ id }) => id === report) as SavedReport | undefined;
  const cancel = () => {
    setTiles(dashboard.definition.tiles);
    setAddress({ arrange: undefined });
  };
  const buttons = arranging ? (
    <>
      <Button variant="default" onClick={cancel}>
        {t('cancel')}
      </Button>
      <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate()}>
        {t('dashboards.archive')}
      </Button>
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t('save')}
      </Button>
    </>
  ) : (
    <>
      {others.length > 1 && (
        <Select
          aria-label={t('dashboards.choose')}
          w={200}
          allowDeselect={false}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={dashboard.id}
          onChange={(id) => setAddress({ dashboard: id ?? undefined })}
        />
      )}
      <ShareButton name={dashboard.name} of={{ dashboard: dashboard.id }} />
      {actions}
      {may('analytics:manage') && (
        <Button variant="default" onClick={() => setAddress({ arrange: 'yes', dashboard: dashboard.id })}>
          {t('dashboards.arrange')}
        </Button>
      )}
    </>
  );
  return (
    <AnalysisPage title={dashboard.name} view={view} change={change} actions={buttons} unfiltered>
      {[save, archive].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      {arranging && (
        <div className={styles.adding}>
          <p>{t('dashboards.arrangeText')}</p>
          <Select
            label={t('dashboards.add')}
            placeholder={t('dashboards.addPlaceholder')}
            searchable
            data={reports.map(({ id, name }) => ({ value: id, label: name }))}
            value={null}
            disabled={tiles.length >= MOST_TILES}
            nothingFoundMessage={t('nothingFound')}
            onChange={(id) => id && setTiles([...tiles, { report: id, width: 'half' }])}
          />
        </div>
      )}
      {shown.length === 0 && !arranging && (
        <EmptyState title={t('dashboards.empty')} text={t('dashboards.emptyText')} />
      )}
      <div className={styles.grid}>
        {book &&
          shown.map((tile, index) => (
            <DashboardTile
              // biome-ignore lint/suspicious/noArrayIndexKey: a report may stand on a dashboard twice
              key={`${tile.report} ${index}`}
              tile={tile}
              index={index}
              report={reportOf(tile)}
              book={book}
              period={view.period}
              compare={view.comparison}
              arranging={
                arranging
                  ? {
                      move: (to) => setTiles(moved(tiles, index, to)),
                      widen: (width) => setTiles(tiles.map((one, i) => (i === index ? { ...one, width } : one))),
                      remove: () => setTiles(tiles.filter((_, i) => i !== index)),
                      last: tiles.length - 1,
                    }
                  : undefined
              }
            />
          ))}
      </div>
    </AnalysisPage>
  );
}
