// An answer whole: its measures, the form chosen, the table that says the same, and their files. The explorer, dashboards and shared
// pages show it alike.
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFiles } from '../../../../web/parts/chart-files.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import type { Property } from '../filters.ts';
import type { MeasureId } from '../measures.ts';
import { AnswerChart } from './answer-chart.tsx';
import { AnswerStrip } from './answer-strip.tsx';
import { AnswerTable, useTableRows } from './answer-table.tsx';
import styles from './explorer.module.css';
import { FunnelTable, useFunnelRows } from './funnel-form.tsx';
import type { Answered } from './setting.ts';
import { useAnswerWords } from './use-answer-words.ts';

interface Props extends Answered {
  name: string;
  /** left of the files */
  tools?: ReactNode;
  onLead?: ((id: MeasureId) => void) | undefined;
  onSort?: ((sort: string) => void) | undefined;
  onValue?: ((property: Property, value: string) => void) | undefined;
  onStep?: ((step: string) => void) | undefined;
}

export function ReportBody({ name, tools, onLead, onSort, onValue, onStep, ...of }: Props) {
  const { question, answer, setting } = of;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const about = useAnswerWords(setting).about(answer);
  const lead = setting.book.measure(question.lead ?? question.measures[0]!);
  const savedFunnel = question.form === 'funnel' && question.funnel !== undefined;
  const drawn = answer && question.form !== 'table' && (savedFunnel || question.measures.length > 0);
  const label = savedFunnel
    ? (answer?.funnel?.name ?? name)
    : t('explorer.chart', { measure: lead.name, form: t(`explorer.forms.${question.form}`) });
  const step = (question.dimensions as Property[]).find((id) => ['hour', 'day', 'week', 'month'].includes(id));
  const part = (question.dimensions as Property[]).find((id) => id !== step);
  return (
    <div className={styles.body} aria-busy={answer === undefined}>
      {!savedFunnel && <AnswerStrip {...of} onLead={onLead} />}
      <div ref={box}>
        <AnswerChart {...of} label={label} onValue={onValue} onStep={onStep} />
      </div>
      <div className={styles.tools}>
        <div>{tools}</div>
        {drawn && <ChartFiles box={() => box.current} title={name} about={about} />}
        {question.form === 'funnel' ? (
          <FunnelFile {...of} name={`${name} ${about}`} />
        ) : (
          <TableFile {...of} name={`${name} ${about}`} />
        )}
      </div>
      {question.form === 'funnel' ? (
        <FunnelTable {...of} caption={name} />
      ) : (
        (question.dimensions.length > 0 || question.form === 'table') && (
          <AnswerTable
            {...of}
            caption={name}
            onSort={onSort}
            onRow={
              (part && onValue) || (step && onStep)
                ? ({ cells }) => {
                    if (part && onValue) onValue(part, String(cells[part] ?? ''));
                    else if (step && onStep) onStep(String(cells[step] ?? ''));
                  }
                : undefined
            }
          />
        )
      )}
    </div>
  );
}

function TableFile(props: Answered & { name: string }) {
  const { rows, columns } = useTableRows(props);
  return <ScreenTable name={props.name} columns={columns} rows={rows} />;
}

function FunnelFile(props: Answered & { name: string }) {
  const { rows, columns } = useFunnelRows(props);
  return <ScreenTable name={props.name} columns={columns} rows={props.answer && rows} />;
}
