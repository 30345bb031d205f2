// The period on screen in words, in its language.
import { useTranslation } from 'react-i18next';
import type { Dates } from './period.ts';
import { periodWords } from './period-words-of.ts';

export { periodWords } from './period-words-of.ts';

export function usePeriodWords(): (dates: Dates) => string {
  const { i18n } = useTranslation();
  return (dates) => periodWords(dates, i18n.language);
}
