// One report on a dashboard: its chart, or its table, of the dashboard's period; a press on its name opens it whole.
import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type Tile, WIDTHS, type Width } from '../../dashboards/contract.ts';
import type { SavedReport } from '../../explorer/contract.ts';
import type { ExplorerQuestion } from '../../explorer/question-contract.ts';
import { AnswerChart } from '../explorer/answer-chart.tsx';
import { AnswerStrip } from '../explorer/answer-strip.tsx';
import { AnswerTable } from '../explorer/answer-table.tsx';
import type { Book } from '../explorer/book.ts';
import { writeQuestion } from '../explorer/question.ts';
import { useAnswer } from '../explorer/use-answer.ts';
import styles from './dashboards.module.css';

const MOST_ROWS = 10;

interface Props {
  tile: Tile;
  index: number;
  /** undefined: it was put away */
  report: SavedReport | undefined;
  book: Book;
  period: string;
  compare: ExplorerQuestion['compare'];
  arranging:
    | { move: (to: number) => void; widen: (width: Width) => void; remove: () => void; last: number }
    | undefined;
}

export function DashboardTile({ tile, index, report, book, period, compare, arranging }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const name = report?.name ?? t('dashboards.gone');
  const question = report && { ...report.definition, period, compare, top: Math.min(report.definition.top, MOST_ROWS) };
  return (
    <section className={`${styles.tile} ${styles[tile.width]}`} data-tile={index} aria-label={name}>
      <div className={styles.head}>
        {arranging && <Handle name={name} index={index} {...arranging} />}
        <h2>
          {question ? (
            <Link
              to={`/w/${workspace.id}/explorer`}
              search={{ ...writeQuestion(question), report: report.id } as never}
            >
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        {arranging && (
          <div className={styles.tools}>
            <SegmentedControl
              size="xs"
              aria-label={t('dashboards.width', { name })}
              data={WIDTHS.map((width) => ({ value: width, label: t(`dashboards.widths.${width}`) }))}
              value={tile.width}
              onChange={(width) => arranging.widen(width as Width)}
            />
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('dashboards.takeOff', { name })}
              onClick={arranging.remove}
            >
              {t('dashboards.remove')}
            </Button>
          </div>
        )}
      </div>
      {question ? <Content name={name} question={question} book={book} /> : <p>{t('dashboards.goneText')}</p>}
    </section>
  );
}

function Content({ name, question, book }: { name: string; question: ExplorerQuestion; book: Book }) {
  const { workspace } = useWorkspace();
  const answer = useAnswer(question);
  const of = {
    question,
    answer: answer.data,
    setting: { book, currency: workspace.currency, timeZone: workspace.timeZone },
  };
  if (answer.isError) return <Problem error={answer.error} onRetry={answer.refetch} />;
  if (answer.data === undefined) return <Waiting />;
  const table = question.form === 'table' && question.dimensions.length > 0;
  return (
    <div className={styles.content}>
      {question.dimensions.length === 0 && question.form !== 'funnel' && <AnswerStrip {...of} onLead={undefined} />}
      {table ? <AnswerTable {...of} caption={name} /> : <AnswerChart {...of} label={name} />}
    </div>
  );
}

/** Dragged to another tile, or moved by arrow keys. */
function Handle(props: { name: string; index: number; move: (to: number) => void; last: number }) {
  const { name, index, move, last } = props;
  const { t } = useTranslation();
  const over = useRef<Element | null>(null);
  const mark = (element: Element | null) => {
    over.current?.removeAttribute('data-over');
    element?.setAttribute('data-over', '');
    over.current = element;
  };
  const under = (event: PointerEvent) =>
    document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-tile]') ?? null;
  return (
    <button
      type="button"
      className={styles.handle}
      aria-label={t('dashboards.move', { name, place: index + 1, places: last + 1 })}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft' || key === 'ArrowUp') move(index - 1);
        if (key === 'ArrowRight' || key === 'ArrowDown') move(index + 1);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) mark(under(event));
      }}
      onPointerUp={(event) => {
        const to = under(event)?.getAttribute('data-tile');
        mark(null);
        if (to != null && Number(to) !== index) move(Number(to));
      }}
      onPointerCancel={() => mark(null)}
    >
      <span aria-hidden="true">⠿</span>
    </button>
  );
}
