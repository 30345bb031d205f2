// A screen that answers a question about visits: site, period, filters and segment above it, the same on every such screen and
// kept in the address bar.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../../web/api.ts';
import { Page } from '../../../web/parts/page.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ReportAnswer } from '../contract.ts';
import { FilterBar, FilterButton } from './filter-bar.tsx';
import { NoData } from './nothing.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { SitePicker } from './site-picker.tsx';
import { TrustLine } from './trust-line.tsx';
import type { View, ViewChange } from './view.ts';

interface Props {
  title: string;
  intro?: ReactNode;
  view: View;
  change: (change: ViewChange) => void;
  /** what the shown figures are worth */
  trust?: ReportAnswer['trust'] | undefined;
  /** before site, filter and period */
  actions?: ReactNode;
  /** figures that can't be filtered: of the three only the period is offered */
  unfiltered?: boolean;
  children: ReactNode;
}

/** Before the first event of the company it teaches how to get one instead of showing zeros. */
export function AnalysisPage({ title, intro, view, change, trust, actions, unfiltered, children }: Props) {
  const { workspace } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  if (sites.data?.every((site) => site.lastEventAt === null)) {
    return (
      <Page title={title} intro={intro}>
        <NoData />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      intro={intro}
      aside={trust && <TrustLine trust={trust} />}
      actions={
        <>
          {actions}
          {!unfiltered && (
            <>
              <SitePicker sites={sites.data ?? []} chosen={view.site} onChoose={(site) => change({ site })} />
              <FilterButton view={view} change={change} />
            </>
          )}
          <PeriodPicker view={view} change={change} />
        </>
      }
    >
      {!unfiltered && <FilterBar view={view} change={change} />}
      {children}
    </Page>
  );
}
