// One report on a shared page, asked by the link; what visits it is of is said in words.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import type { SharedTile } from '../../sharing/contract.ts';
import boards from '../dashboards/dashboards.module.css';
import { AnswerChart } from '../explorer/answer-chart.tsx';
import { AnswerStrip } from '../explorer/answer-strip.tsx';
import { AnswerTable } from '../explorer/answer-table.tsx';
import { ReportBody } from '../explorer/report-body.tsx';
import type { Setting } from '../explorer/setting.ts';
import { needsValue, type ScreenFilter } from '../filters.ts';
import type { NamedPeriod } from '../period.ts';
import { TrustLineIn } from '../trust-line.tsx';
import { usePropertyName, useValueWords } from '../words.ts';
import type { Opened } from './shared-page.tsx';
import styles from './sharing.module.css';

interface Props {
  tile: SharedTile;
  index: number;
  /** the only one of its page: shown with its table and files */
  alone: boolean;
  period: NamedPeriod | undefined;
  opened: Opened;
  segments: readonly { id: string; name: string }[];
  setting: Setting;
}

export function SharedReport(props: Props) {
  const { tile, alone } = props;
  const { t } = useTranslation();
  const name = tile.question ? tile.name : t('dashboards.gone');
  return (
    <section className={`${boards.tile} ${boards[tile.width]}`} aria-label={name}>
      {!alone && (
        <div className={boards.head}>
          <h2>{name}</h2>
        </div>
      )}
      {tile.description !== '' && <p className={styles.only}>{tile.description}</p>}
      {tile.question ? <Content {...props} question={tile.question} /> : <p>{t('sharing.tileGone')}</p>}
    </section>
  );
}

function Content(props: Props & { question: NonNullable<SharedTile['question']> }) {
  const { tile, index, alone, period, opened, setting } = props;
  const { key, token } = opened;
  const answer = useQuery(
    api.shared.answer.queryOptions({
      input: { key, tile: index, ...(token ? { token } : {}), ...(period ? { period } : {}) },
      placeholderData: keepPreviousData,
    }),
  );
  if (answer.isError) return <Problem error={answer.error} onRetry={answer.refetch} />;
  if (answer.data === undefined) return <Waiting />;
  const question = { ...props.question, ...(period ? { period } : {}) };
  const of = { question, answer: answer.data, setting };
  const table = question.form === 'table' && question.dimensions.length > 0;
  return (
    <div className={boards.content} aria-busy={answer.isPlaceholderData}>
      <OnlyOf question={question} segments={props.segments} />
      {alone ? (
        <>
          <ReportBody {...of} name={tile.name} />
          <TrustLineIn trust={answer.data.trust} timeZone={setting.timeZone} />
        </>
      ) : (
        <>
          {question.dimensions.length === 0 && question.form !== 'funnel' && <AnswerStrip {...of} />}
          {table ? <AnswerTable {...of} caption={tile.name} /> : <AnswerChart {...of} label={tile.name} />}
        </>
      )}
    </div>
  );
}

function OnlyOf({
  question,
  segments,
}: {
  question: NonNullable<SharedTile['question']>;
  segments: Props['segments'];
}) {
  const { t } = useTranslation();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const segment = segments.find(({ id }) => id === question.segment);
  const said = [
    ...(question.site ? [question.site] : []),
    ...(segment ? [segment.name] : []),
    ...(question.filters as ScreenFilter[]).map(
      ({ property, operator, values }) =>
        `${propertyName(property)} ${t(`operator.${operator}`)}${needsValue(operator) ? ` ${values.map((value) => words(property, value)).join(t('filter.or'))}` : ''}`,
    ),
  ];
  if (said.length === 0) return null;
  return <p className={styles.only}>{t('sharing.only', { of: said.join('; ') })}</p>;
}
