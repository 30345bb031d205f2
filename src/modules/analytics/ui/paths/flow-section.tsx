// The flow as a picture or as a table.
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { formatValue } from '../../../../web/format.ts';
import { ChartFiles } from '../../../../web/parts/chart-files.tsx';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { FlowChart } from '../../../../web/parts/flow-chart.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import type { FlowAnswer, PathNode } from '../../paths/contract.ts';
import type { View } from '../view.ts';
import { type PathState, useNodeWords } from './path-state.ts';
import styles from './paths.module.css';

interface Props {
  answer: FlowAnswer;
  state: PathState;
  view: View;
  /** `step-place` */
  onNode: (id: string) => void;
}

interface LinkRow {
  id: string;
  step: number;
  from: string;
  to: string;
  visits: number;
  share: number;
}

export function useFlowWords(direction: PathState['direction']) {
  const { t } = useTranslation();
  const words = useNodeWords();
  return ({ what, value }: FlowAnswer['steps'][number][number]): string =>
    what === 'other'
      ? t('paths.other')
      : what === 'end'
        ? t(`paths.end.${direction}`)
        : words({ what, value } as PathNode);
}

export function FlowSection({ answer, state, view, onNode }: Props) {
  const { t, i18n } = useTranslation();
  const words = useFlowWords(state.direction);
  const box = useRef<HTMLDivElement>(null);
  const [table, setTable] = useState(false);
  const count = (n: number) => formatValue(n, 'count', i18n.language);
  const share = (n: number) => formatValue(n, 'share', i18n.language);
  const back = state.direction === 'to';
  const last = answer.steps.length - 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: words and figures follow the language
  const drawn = useMemo(() => {
    const said = (visits: number) =>
      `${t('paths.visits', { count: visits, n: count(visits) })} · ${share(visits / answer.through)}`;
    return {
      nodes: answer.steps.flatMap((step, i) =>
        step.map((node, at) => ({
          id: `${i}-${at}`,
          column: back ? last - i : i,
          name: words(node),
          value: node.visits,
          tone:
            node.what === 'end' || node.what === 'other'
              ? ('quiet' as const)
              : i === 0
                ? ('first' as const)
                : ('plain' as const),
          tip: said(node.visits),
        })),
      ),
      links: answer.links.map(({ step, from, to, visits }) => {
        const ends = [`${step}-${from}`, `${step + 1}-${to}`] as const;
        return { from: back ? ends[1] : ends[0], to: back ? ends[0] : ends[1], value: visits, tip: said(visits) };
      }),
    };
  }, [answer, back, i18n.language]);
  const rows: LinkRow[] = answer.links
    .map(({ step, from, to, visits }) => ({
      id: `${step}-${from}-${to}`,
      step: step + 1,
      from: words(answer.steps[step]![from]!),
      to: words(answer.steps[step + 1]![to]!),
      visits,
      share: visits / answer.through,
    }))
    .sort((a, b) => a.step - b.step || b.visits - a.visits);
  const columns: Column<LinkRow>[] = [
    {
      id: 'from',
      head: t(`paths.column.${back ? 'to' : 'from'}`),
      render: (row) => `${row.step}. ${row.from}`,
      value: (row) => row.from,
    },
    {
      id: 'to',
      head: t(`paths.column.${back ? 'from' : 'to'}`),
      words: true,
      render: (row) => row.to,
      value: (row) => row.to,
    },
    { id: 'visits', head: t('measure.visits'), render: (row) => count(row.visits), value: (row) => row.visits },
    { id: 'share', head: t('paths.share'), extra: true, render: (row) => share(row.share), value: (row) => row.share },
  ];
  const title = t(`paths.title.${state.direction}`, {
    what: state.anchor ? words({ ...state.anchor, visits: 0 }) : t(`paths.ends.${state.direction}`),
  });
  const about = `${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`;
  return (
    <section aria-label={title} className={styles.flow}>
      <div className={styles.head}>
        <h2>{title}</h2>
        <span className={styles.hint}>
          {t('paths.through', {
            through: count(answer.through),
            visits: count(answer.visits),
            share: share(answer.through / answer.visits),
          })}
        </span>
        <span className={styles.tools}>
          {table ? (
            <ScreenTable name={`${title} ${about}`} columns={columns} rows={rows} />
          ) : (
            <ChartFiles box={() => box.current} title={title} about={about} />
          )}
          <button type="button" className={styles.quiet} onClick={() => setTable(!table)}>
            {t(table ? 'overview.asChart' : 'overview.asTable')}
          </button>
        </span>
      </div>
      {table ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={title}>
          <DataTable
            caption={title}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            bar={(row) => row.share}
            onRow={(row) => onNode(`${row.step}-${row.id.split('-')[2]}`)}
            rowHint={(row) => t('paths.look', { what: row.to })}
          />
        </section>
      ) : (
        <div ref={box}>
          <FlowChart
            label={title}
            nodes={drawn.nodes}
            links={drawn.links}
            columns={answer.steps.length}
            onNode={onNode}
          />
          <p className={styles.hint}>{t('paths.press')}</p>
        </div>
      )}
    </section>
  );
}
