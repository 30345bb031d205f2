// The answer as a table: the rows by name, all others counted by themselves, and the whole.
import { useTranslation } from 'react-i18next';
import { formatChange } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { readSort, type TableSort, useSortedRows, writeSort } from '../../../../web/parts/table-sort.ts';
import type { Property } from '../filters.ts';
import { type ShownRow, shownRows, stepIn } from './answer-rows.ts';
import styles from './explorer.module.css';
import type { Answered } from './setting.ts';
import { useAnswerWords } from './use-answer-words.ts';

export const OTHERS = 'all others';
export const TOTAL = 'total';
/** Shown in their own order unless someone sorts them. */
const ORDERED: readonly string[] = ['weekday', 'hourOfDay'];

export function useAnswerColumns({ question, answer, setting }: Answered): Column<ShownRow>[] {
  const { t, i18n } = useTranslation();
  const words = useAnswerWords(setting);
  const by = question.dimensions as Property[];
  const lead = setting.book.measure(question.lead ?? question.measures[0]!);
  const others = Math.max(0, (answer?.rowCount ?? 0) - (answer?.rows.length ?? 0));
  const first = (row: ShownRow, id: Property) =>
    row.key === OTHERS
      ? t('explorer.others', { count: others, number: words.format({ unit: 'count' }, others) })
      : row.key === TOTAL
        ? t('explorer.total')
        : words.value(id, row.cells[id]);
  const measures = question.measures.map((id): Column<ShownRow> => {
    const measure = setting.book.measure(id);
    return {
      id,
      head: measure.name,
      extra: id !== lead.id && question.measures.indexOf(id) > 0,
      render: ({ cells }) => words.format(measure, cells[id]),
      value: ({ cells }) => (typeof cells[id] === 'number' ? (cells[id] as number) : null),
    };
  });
  const change: Column<ShownRow>[] =
    answer?.compared && (answer.before !== null || by.length === 0)
      ? [
          {
            id: 'change',
            head: question.measures.length > 1 ? t('explorer.changeOf', { measure: lead.name }) : t('goals.change'),
            extra: by.length > 1,
            render: ({ cells, before }) =>
              formatChange(cells[lead.id], before?.[lead.id], lead.unit, i18n.language, t('points'))?.text ?? '–',
          },
        ]
      : [];
  if (by.length === 0) {
    return [{ id: 'total', head: t('explorer.period'), render: () => words.about(answer) }, ...measures, ...change];
  }
  return [
    ...by.map(
      (id, index): Column<ShownRow> => ({
        id,
        head: setting.book.dimension(id).name,
        words: index > 0,
        render: (row) => (index > 0 && (row.key === OTHERS || row.key === TOTAL) ? '' : first(row, id)),
        value: ({ cells }) => String(cells[id] ?? ''),
      }),
    ),
    ...measures,
    ...change,
  ];
}

/** All others and the whole, below the rows. */
function footOf({ question, answer }: Answered): ShownRow[] {
  if (!answer || question.dimensions.length === 0) return [];
  const rest = stepIn(question) === undefined ? answer.others : [];
  return [
    ...rest.map((cells) => ({ key: OTHERS, cells, before: null })),
    { key: TOTAL, cells: answer.totals, before: answer.totalsBefore },
  ];
}

/** What the table shows, in its order: also what its file holds. */
export function useTableRows(of: Answered): {
  rows: ShownRow[] | undefined;
  sort: TableSort | undefined;
  columns: Column<ShownRow>[];
} {
  const { question, answer, setting } = of;
  const columns = useAnswerColumns(of);
  const ids = [...question.dimensions, ...question.measures];
  const grain = stepIn(question);
  const ordered = question.dimensions.length > 0 && question.dimensions.every((id) => ORDERED.includes(id));
  const usual = grain ?? (ordered ? question.dimensions[0] : undefined);
  const sort =
    readSort(question.sort, ids) ??
    (usual ? { id: usual, descending: false } : { id: question.lead ?? question.measures[0]!, descending: true });
  const shown =
    answer &&
    (answer.rows.length === 0 && question.dimensions.length === 0
      ? []
      : shownRows(
          question,
          answer,
          question.measures.map((id) => setting.book.measure(id)),
        ));
  // without steps the server has sorted, and cut by that sort
  const sorted = useSortedRows(shown, columns, grain ? sort : null);
  return { rows: sorted, sort, columns };
}

interface Props extends Answered {
  caption: string;
  onSort?: ((sort: string) => void) | undefined;
  onRow?: ((row: ShownRow) => void) | undefined;
}

export function AnswerTable(props: Props) {
  const { question, setting, caption, onSort, onRow } = props;
  const { t } = useTranslation();
  const words = useAnswerWords(setting);
  const { rows, sort, columns } = useTableRows(props);
  const lead = question.lead ?? question.measures[0]!;
  const most = Math.max(1e-9, ...(rows ?? []).map(({ cells }) => Number(cells[lead] ?? 0)));
  const by = question.dimensions as Property[];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section className={styles.table} tabIndex={0} aria-label={caption}>
      <div style={{ minWidth: Math.min(560, 168 + (by.length - 1) * 96) }}>
        <DataTable
          caption={caption}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          bar={({ cells }) => Number(cells[lead] ?? 0) / most}
          sort={sort}
          {...(onSort ? { onSort: (next: TableSort) => onSort(writeSort(next)) } : {})}
          {...(onRow && by.length > 0
            ? { onRow, rowHint: ({ cells }: ShownRow) => t('overview.filterBy', { value: words.values(by, cells) }) }
            : {})}
          foot={rows && footOf(props)}
        />
      </div>
    </section>
  );
}
