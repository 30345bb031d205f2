// An answer of the explorer in words, as a message shows it: figures with their change, and the first rows.
import type { TFunction } from 'i18next';
import type { MailTable } from '../../../platform/mail/render.ts';
import { formatChange, formatValue } from '../../../web/format.ts';
import type { ExplorerAnswer, ExplorerQuestion } from '../explorer/question-contract.ts';
import { shownRows } from '../ui/explorer/answer-rows.ts';
import type { Book } from '../ui/explorer/book-of.ts';
import type { Property } from '../ui/filters.ts';
import { valueWords } from '../ui/value-words.ts';

const MOST_ROWS = 10;
/** more columns than a phone's mail reader shows */
const MOST_COLUMNS = 3;

interface Of {
  title: string;
  question: ExplorerQuestion;
  answer: ExplorerAnswer;
  book: Book;
  currency: string;
  t: TFunction;
  language: string;
}

export function mailTable({ title, question, answer, book, currency, t, language }: Of): MailTable {
  const change = (now: unknown, before: unknown, unit: Parameters<typeof formatValue>[1]): string =>
    formatChange(now, before, unit, language, t('points'))?.text ?? '';
  if (question.form === 'funnel' && answer.funnel) {
    const { steps } = answer.funnel;
    const first = steps[0]?.reached ?? 0;
    return {
      title,
      note: '',
      figures: [],
      head: [t('funnels.step'), t(`funnels.who.${answer.funnel.by}`), t('funnels.ofFirst')],
      rows: steps.map(({ name, reached }, index) => [
        name ?? t('explorer.step', { number: index + 1 }),
        formatValue(reached, 'count', language),
        formatValue(first > 0 ? reached / first : null, 'share', language),
      ]),
    };
  }
  const measures = question.measures.map((id) => book.measure(id));
  const figures = measures.map(({ id, name, unit }) => ({
    name,
    value: formatValue(answer.totals[id], unit, language, currency),
    change: change(answer.totals[id], answer.totalsBefore?.[id], unit),
  }));
  const by = question.dimensions as Property[];
  if (by.length === 0) return { title, note: '', figures, head: [], rows: [] };
  const words = valueWords(t, language);
  const lead = book.measure(question.lead ?? question.measures[0]!);
  const shown = [lead, ...measures.filter(({ id }) => id !== lead.id)].slice(0, MOST_COLUMNS);
  const rows = shownRows(question, answer, measures).slice(0, MOST_ROWS);
  return {
    title,
    note: '',
    figures,
    head: [by.map((id) => book.dimension(id).name).join(' · '), ...shown.map(({ name }) => name)],
    rows: rows.map(({ cells }) => [
      by.map((id) => words(id, cells[id])).join(' · '),
      ...shown.map(({ id, unit }) => formatValue(cells[id], unit, language, currency)),
    ]),
  };
}
