// The first screen of the day: how many came, from where, to what, and how far the figures can be trusted.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { Breakdowns } from './breakdowns.tsx';
import { FilterBar, FilterButton } from './filter-bar.tsx';
import { LiveNow } from './live-now.tsx';
import { MeasureStrip } from './measure-strip.tsx';
import { NoData, NothingInPeriod } from './nothing.tsx';
import { OlderFigures } from './older-figures.tsx';
import styles from './overview.module.css';
import { PeriodPicker } from './period-picker.tsx';
import { SitePicker } from './site-picker.tsx';
import { TimeSection } from './time-section.tsx';
import { TrustLine } from './trust-line.tsx';
import { useOverview } from './use-overview.ts';
import { useView } from './view.ts';

export default function Overview() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [view, change] = useView();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const { now, before, measures } = useOverview(view);

  const noEvent = sites.data?.every((site) => site.lastEventAt === null);
  const empty = now.data !== undefined && !now.data.totals.visits && !now.data.totals.pageViews;
  if (noEvent && (now.data === undefined || empty)) {
    return (
      <Page title={t('nav.overview')}>
        <NoData />
      </Page>
    );
  }
  return (
    <Page
      title={t('nav.overview')}
      aside={now.data && <TrustLine trust={now.data.trust} />}
      actions={
        <>
          <LiveNow view={view} change={change} />
          <SitePicker sites={sites.data ?? []} chosen={view.site} onChoose={(site) => change({ site })} />
          <FilterButton view={view} change={change} />
          <PeriodPicker view={view} change={change} />
        </>
      }
    >
      <FilterBar view={view} change={change} />
      {now.isError ? (
        <Problem error={now.error} onRetry={now.refetch} />
      ) : empty ? (
        <NothingInPeriod view={view} change={change} />
      ) : (
        <div
          className={now.isPlaceholderData ? styles.stale : undefined}
          aria-busy={now.data === undefined || now.isPlaceholderData}
        >
          <MeasureStrip measures={measures} now={now.data} before={before.data} view={view} change={change} />
          {now.data && <OlderFigures view={view} knownFrom={now.data.trust.knownFrom} />}
          <TimeSection now={now.data} before={before.data} view={view} change={change} />
          <Breakdowns view={view} change={change} revenue={measures.some((one) => one.id === 'revenue')} />
        </div>
      )}
    </Page>
  );
}
