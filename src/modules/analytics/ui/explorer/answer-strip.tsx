// The measures of a question with their change; pressing one puts it on the chart.
import { useTranslation } from 'react-i18next';
import { formatChange } from '../../../../web/format.ts';
import styles from '../../../../web/parts/measure.module.css';
import { Measure } from '../../../../web/parts/measure.tsx';
import type { MeasureId } from '../measures.ts';
import type { Answered } from './setting.ts';
import { useAnswerWords } from './use-answer-words.ts';

export function AnswerStrip({
  question,
  answer,
  setting,
  onLead,
}: Answered & { onLead?: ((id: MeasureId) => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const { format } = useAnswerWords(setting);
  const lead = question.lead ?? question.measures[0];
  return (
    <section className={styles.strip} aria-label={t('overview.measures')}>
      {question.measures.map((id, index) => {
        const measure = setting.book.measure(id);
        const before = answer?.totalsBefore?.[id];
        return (
          <Measure
            key={id}
            label={measure.name}
            value={format(measure, answer?.totals[id])}
            change={formatChange(answer?.totals[id], before, measure.unit, i18n.language, t('points'))}
            direction={measure.direction}
            {...(index === 0 && answer?.compared ? { against: t('explorer.against') } : {})}
            chosen={id === lead && question.measures.length > 1}
            loading={answer === undefined}
            onChoose={() => onLead?.(id)}
          />
        );
      })}
    </section>
  );
}
