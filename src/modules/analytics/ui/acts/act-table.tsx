// The table of one kind of act, searched and sorted; a pressed row opens what is behind it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { client } from '../../../../web/api.ts';
import { DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { readSort, useSortedRows, writeSort } from '../../../../web/parts/table-sort.ts';
import { TablePager, TableSearch } from '../../../../web/parts/table-tools.tsx';
import type { ActKind } from '../../acts/contract.ts';
import type { View, ViewChange } from '../view.ts';
import { actColumns, mainFigure, type ShownAct, SORTED_BY } from './act-columns.tsx';
import { ActDetail } from './act-detail.tsx';
import styles from './acts.module.css';

const PAGE = 20;

type Answer = Awaited<ReturnType<typeof client.acts.table>>;
interface Props {
  kind: ActKind;
  answer: Answer | undefined;
  /** of the period it is compared with; null: it is compared with none */
  before: Answer | undefined | null;
  view: View;
  change: (change: ViewChange) => void;
}

/** Rows with what they were before. Whether one is new nobody knows of a list that was cut, or of a time when nothing of the kind was counted. */
function withBefore(kind: ActKind, rows: Answer['rows'], before: Answer | undefined | null): ShownAct[] {
  const known = new Map(before?.rows.map((row) => [row.value, mainFigure(kind, row)]));
  const complete = before && !before.cut && before.total.count > 0;
  return rows.map((row) => {
    const was = known.get(row.value);
    if (was !== undefined) return { ...row, before: was ?? 0 };
    return complete ? { ...row, before: null } : row;
  });
}

export function ActTable({ kind, answer, before, view, change }: Props) {
  const { t, i18n } = useTranslation();
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<string>();
  const columns = actColumns(kind, t, i18n.language, before !== null);
  const sort = readSort(
    view.sort('acts'),
    columns.map(({ id }) => id),
  ) ?? { id: SORTED_BY[kind], descending: true };
  const find = view.find('acts').toLowerCase();
  const rows = useSortedRows(
    answer &&
      withBefore(
        kind,
        answer.rows.filter(({ value }) => value.toLowerCase().includes(find)),
        before,
      ),
    columns,
    sort,
  );
  const shown = rows?.slice((page - 1) * PAGE, page * PAGE);
  const most = Math.max(1, ...(rows ?? []).map(({ count }) => count));
  const name = t(`acts.kind.${kind}`);
  const turn = (to: ViewChange): void => {
    setPage(1);
    change(to);
  };
  return (
    <Section
      title={name}
      actions={
        <div className={styles.tools}>
          <TableSearch
            label={t('acts.search')}
            value={view.find('acts')}
            onSearch={(text) => turn({ table: ['acts', { find: text || undefined }] })}
          />
          <ScreenTable name={name} columns={columns} rows={rows} />
        </div>
      }
    >
      <DataTable
        caption={name}
        columns={columns}
        rows={shown}
        rowKey={({ value }) => value}
        bar={({ count }) => count / most}
        onRow={kind === 'scroll' ? undefined : ({ value }) => setChosen(value)}
        rowHint={({ value }) => t('acts.open', { value })}
        sort={sort}
        onSort={(next) => turn({ table: ['acts', { sort: writeSort(next) }] })}
      />
      {rows?.length === 0 && <p className={styles.quiet}>{t('nothingFound')}</p>}
      {answer?.cut && <p className={styles.quiet}>{t('acts.cut', { count: answer.rows.length })}</p>}
      <TablePager page={page} size={PAGE} rows={rows?.length ?? null} shown={shown?.length ?? 0} onPage={setPage} />
      {chosen !== undefined && <ActDetail key={chosen} kind={kind} value={chosen} view={view} />}
    </Section>
  );
}
