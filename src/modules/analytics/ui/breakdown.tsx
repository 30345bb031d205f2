// One table of the overview: the top rows of a dimension, its other views as tabs, all rows and the file behind "more".
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { DataTable } from '../../../web/parts/data-table.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { useBreakdownColumns } from './breakdown-columns.tsx';
import { type BreakdownDimension, columnsOf } from './breakdown-list.ts';
import { CsvButton } from './csv-button.tsx';
import { withValue } from './filters.ts';
import styles from './overview.module.css';
import type { View, ViewChange } from './view.ts';

const BreakdownMore = lazy(() => import('./breakdown-more.tsx'));
const TOP = 8;

interface Props {
  label: string;
  dimensions: readonly BreakdownDimension[];
  chosen: BreakdownDimension;
  revenue: boolean;
  view: View;
  change: (change: ViewChange) => void;
  onTab: (id: BreakdownDimension) => void;
}

export function Breakdown({ label, dimensions, chosen, revenue, view, change, onTab }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [more, setMore] = useState(false);
  const measures = columnsOf(chosen, revenue);
  const query = { ...view.scope, measures, dimensions: [chosen], sort: '-visitors' };
  const report = useQuery(
    api.reports.run.queryOptions({
      input: { workspace: workspace.id, ...query, limit: TOP },
      placeholderData: (before, last) => (sameTable(last?.queryKey, chosen) ? keepPreviousData(before) : undefined),
    }),
  );
  const { columns, bar, rowKey, rowHint } = useBreakdownColumns(chosen, measures, report.data?.rows);
  const name = t(`dimensions.${chosen}`);
  const press = (row: Record<string, unknown>) =>
    change({ filters: withValue(view.filters, chosen, String(row[chosen] ?? '')) });
  const rest = report.data?.rowCount == null ? 0 : report.data.rowCount - report.data.rows.length;
  return (
    <section aria-label={label}>
      <div className={styles.head}>
        <Tabs
          label={label}
          tabs={dimensions.map((id) => ({ id, name: t(`dimensions.${id}`) }))}
          chosen={chosen}
          onChoose={onTab}
        />
        <CsvButton name={name} query={query} />
      </div>
      {report.isError ? (
        <Problem error={report.error} onRetry={report.refetch} />
      ) : (
        <DataTable
          caption={name}
          columns={columns}
          rows={report.data?.rows}
          rowKey={rowKey}
          bar={bar}
          onRow={press}
          rowHint={rowHint}
          room={TOP}
        />
      )}
      {report.data?.rows.length === 0 && <p className={styles.none}>{t('overview.noRows')}</p>}
      <div className={styles.foot}>
        {(rest > 0 || report.data?.rows.length === TOP) && (
          <button type="button" className={styles.quiet} onClick={() => setMore(true)}>
            {rest > 0 ? t('overview.more', { count: rest }) : t('overview.moreUnknown')}
          </button>
        )}
      </div>
      {more && (
        <Suspense>
          <BreakdownMore
            dimension={chosen}
            measures={measures}
            view={view}
            onRow={(row) => {
              setMore(false);
              press(row);
            }}
            onClose={() => setMore(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

/** Old rows may stay while new ones load only when they are of the same dimension. */
function sameTable(key: unknown, dimension: string): boolean {
  return JSON.stringify(key ?? '').includes(`"dimensions":["${dimension}"]`);
}
