// One table of the overview: the top rows of a dimension, sorted and searched, its other views as tabs; all rows behind "show all".
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../web/parts/data-table.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { ServerTable } from '../../../web/parts/table-files.tsx';
import { writeSort } from '../../../web/parts/table-sort.ts';
import { TableSearch } from '../../../web/parts/table-tools.tsx';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { useBreakdownColumns } from './breakdown-columns.tsx';
import { type Property, withValue } from './filters.ts';
import type { Measure } from './measures.ts';
import styles from './overview.module.css';
import { useBreakdown } from './use-breakdown.ts';
import type { View, ViewChange } from './view.ts';
import { usePropertyName } from './words.ts';

const BreakdownMore = lazy(() => import('./breakdown-more.tsx'));
const TOP = 8;

interface Props {
  label: string;
  /** its key in the address bar */
  tab: string;
  dimensions: readonly Property[];
  /** left out: what the address bar says, else the first */
  chosen?: Property;
  /** the columns of a dimension; the first is drawn as the bar */
  columnsOf: (dimension: Property) => readonly Measure[];
  /** of a dimension that is named otherwise than elsewhere */
  nameOf?: (dimension: Property) => string | undefined;
  view: View;
  change: (change: ViewChange) => void;
}

export function Breakdown({ label, tab, dimensions, columnsOf, nameOf, view, change, ...given }: Props) {
  const { t } = useTranslation();
  const propertyName = usePropertyName();
  const chosen = given.chosen ?? dimensions.find((one) => one === view.tab(tab)) ?? dimensions[0]!;
  const named = (id: Property): string => nameOf?.(id) ?? t(`dimensions.${id}`, { defaultValue: propertyName(id) });
  const { workspace } = useWorkspace();
  const measures = columnsOf(chosen);
  const { report, rows, query, sort, search } = useBreakdown({
    view,
    tab,
    dimension: chosen,
    measures,
    limit: TOP,
    offset: 0,
  });
  const [searching, setSearching] = useState(search !== '');
  const { columns, bar, rowKey, rowHint } = useBreakdownColumns(chosen, measures, rows);
  const name = named(chosen);
  const press = (row: Record<string, unknown>) =>
    change({ filters: withValue(view.filters, chosen, String(row[chosen] ?? '')), all: undefined, page: undefined });
  const rest = report.data?.rowCount == null ? 0 : report.data.rowCount - report.data.rows.length;
  return (
    <section aria-label={label}>
      <div className={styles.head}>
        <Tabs
          label={label}
          tabs={dimensions.map((id) => ({ id, name: named(id) }))}
          chosen={chosen}
          onChoose={(id) => change({ tab: [tab, id], table: [tab, { find: undefined }] })}
        />
        <div className={styles.headTools}>
          <button
            type="button"
            className={styles.quiet}
            aria-expanded={searching}
            aria-label={t('overview.search', { what: name })}
            onClick={() => {
              setSearching(!searching);
              if (searching && search !== '') change({ table: [tab, { find: undefined }] });
            }}
          >
            {t('table.search')}
          </button>
          <ServerTable name={name} workspace={workspace.id} table="report" query={{ query: JSON.stringify(query) }} />
        </div>
      </div>
      {searching && (
        <TableSearch
          label={t('overview.search', { what: name })}
          value={search}
          focused={search === ''}
          onSearch={(text) => change({ table: [tab, { find: text || undefined }] })}
        />
      )}
      {report.isError ? (
        <Problem error={report.error} onRetry={report.refetch} />
      ) : (
        <DataTable
          caption={name}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          bar={bar}
          onRow={press}
          rowHint={rowHint}
          sort={sort}
          onSort={(next) => change({ table: [tab, { sort: writeSort(next) }] })}
          room={TOP}
        />
      )}
      {rows?.length === 0 && <p className={styles.none}>{search === '' ? t('overview.noRows') : t('nothingFound')}</p>}
      <div className={styles.foot}>
        {(rest > 0 || report.data?.rows.length === TOP) && (
          <button type="button" className={styles.quiet} onClick={() => change({ all: tab, page: undefined })}>
            {rest > 0 ? t('overview.more', { count: rest }) : t('overview.moreUnknown')}
          </button>
        )}
      </div>
      {view.all === tab && (
        <Suspense>
          <BreakdownMore
            tab={tab}
            name={name}
            dimension={chosen}
            measures={measures}
            view={view}
            change={change}
            onRow={press}
            onClose={() => change({ all: undefined, page: undefined })}
          />
        </Suspense>
      )}
    </section>
  );
}
