// The triangle: a row a cohort, a column a unit after the first. Shades say how much; a unit that is not over is marked by its
// frame and in words, and what has not come yet is empty.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { currencySign, formatValue } from '../../../../web/format.ts';
import type { Column } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { RetentionAnswer } from '../../retention/contract.ts';
import type { View } from '../view.ts';
import styles from './retention.module.css';
import { type RetentionState, SHOWS, type Show, useCellWords, useCohortName } from './retention-state.ts';

interface Props {
  answer: RetentionAnswer;
  state: RetentionState;
  view: View;
  onShow: (show: Show) => void;
}
type Cohort = RetentionAnswer['cohorts'][number];

/** The darkest shade still leaves the figure on it easy to read. */
const DARKEST = 46;

/** What a cell tells; null: nothing to divide by. */
export function cellValue({ size, cells }: Cohort, unit: number, state: RetentionState): number | null {
  const cell = cells[unit];
  if (!cell || size === 0) return null;
  if (state.count === 'people') return cell.people / size;
  if (state.show === 'total') return cell.revenue;
  const heads = state.show === 'person' ? size : cell.people;
  return heads === 0 ? null : (cell.revenue ?? 0) / heads;
}

export function CohortTable({ answer, state, view, onShow }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const cohortName = useCohortName();
  const said = useCellWords(state);
  const count = (n: number) => formatValue(n, 'count', i18n.language);
  const { cohorts } = answer;
  const units = Array.from({ length: Math.max(0, ...cohorts.map(({ cells }) => cells.length)) }, (_, unit) => unit);
  // the first unit is everyone or nearly so: shades are of what comes after
  const most = Math.max(
    0.0001,
    ...cohorts.flatMap((one) => units.slice(1).map((unit) => cellValue(one, unit, state) ?? 0)),
  );
  const money = state.count === 'revenue';
  const title = t(`retention.table.${state.count}`, { sign: currencySign(workspace.currency, i18n.language) });
  const columns: Column<Cohort>[] = [
    {
      id: 'cohort',
      head: t('retention.cohort'),
      render: ({ start }) => cohortName(start, state.unit),
      value: ({ start }) => start,
    },
    { id: 'size', head: t('retention.size'), render: ({ size }) => count(size), value: ({ size }) => size },
    ...units.map((unit) => ({
      id: `unit${unit}`,
      head: t(`retention.after.${state.unit}`, { n: unit }),
      render: (one: Cohort) => said(cellValue(one, unit, state)),
      value: (one: Cohort) => cellValue(one, unit, state),
    })),
  ];
  const about = `${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`;
  return (
    <Section
      title={title}
      hint={t('retention.shades')}
      actions={<ScreenTable name={`${title} ${about}`} columns={columns} rows={cohorts} />}
    >
      {money && (
        <Select
          aria-label={t('retention.show')}
          className={styles.show}
          data={SHOWS.map((id) => ({ value: id, label: t(`retention.shows.${id}`) }))}
          value={state.show}
          allowDeselect={false}
          onChange={(show) => onShow(SHOWS.find((one) => one === show) ?? 'person')}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={title}>
        <table className={styles.triangle}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('retention.cohort')}</th>
              <th scope="col">{t('retention.size')}</th>
              {units.map((unit) => (
                <th key={unit} scope="col" title={t(`retention.after.${state.unit}`, { n: unit })}>
                  {unit === 0 ? t(`retention.own.${state.unit}`) : `+${unit}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map((one) => (
              <tr key={one.start}>
                <th scope="row">
                  {cohortName(one.start, state.unit)}
                  {one.open && <span className="visually-hidden"> {t('retention.notOver')}</span>}
                </th>
                <td>{count(one.size)}</td>
                {units.map((unit) => {
                  const cell = one.cells[unit];
                  const value = cellValue(one, unit, state);
                  if (!cell || value === null) return <td key={unit} />;
                  const shade =
                    Math.round((Math.min(1, Math.max(0, value / most)) * DARKEST + (value > 0 ? 4 : 0)) * 10) / 10;
                  return (
                    <td
                      key={unit}
                      className={cell.open ? styles.open : undefined}
                      style={{ background: `color-mix(in srgb, var(--accent) ${shade}%, var(--bg))` }}
                      title={[
                        t('retention.inCell', { n: count(cell.people) }),
                        ...(cell.open ? [t('retention.notOver')] : []),
                      ].join(', ')}
                    >
                      {said(value)}
                      {cell.open && <span className="visually-hidden"> {t('retention.notOver')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.legend}>
        <i className={styles.openMark} aria-hidden="true" /> {t('retention.openLegend')}
      </p>
    </Section>
  );
}
