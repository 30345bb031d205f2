// Figures and values of an answer in words.
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { formatValue } from '../../../../web/format.ts';
import type { AnswerRow, ExplorerAnswer } from '../../explorer/question-contract.ts';
import type { Property } from '../filters.ts';
import { useValueWords } from '../words.ts';
import type { BookMeasure } from './book.ts';
import type { Setting } from './setting.ts';

export function useAnswerWords({ currency }: Pick<Setting, 'currency'>) {
  const { i18n } = useTranslation();
  const valueWords = useValueWords();
  const format = (measure: Pick<BookMeasure, 'unit'>, value: unknown) =>
    formatValue(value, measure.unit, i18n.language, currency);
  return {
    format,
    values: (by: readonly Property[], row: AnswerRow) => by.map((id) => valueWords(id, row[id])).join(' · '),
    value: valueWords,
    about: (answer: ExplorerAnswer | undefined) =>
      answer ? `${answer.dates[0]} – ${addDays(answer.dates[1], -1)}` : '',
  };
}
