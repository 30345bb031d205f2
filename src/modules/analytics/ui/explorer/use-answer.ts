// The answer to the question on screen, with what is searched in its first dimension.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type ExplorerQuestion, MOST_MEASURES } from '../../explorer/question-contract.ts';
import type { Property } from '../filters.ts';
import { useValueWords } from '../words.ts';
import { partsIn } from './answer-rows.ts';

/** Values shown in other words than the report's: the words are searched, and the values they stand for are asked. */
const WORDED: readonly string[] = ['channel', 'country', 'language', 'device', 'weekday', 'hourOfDay'];
const MOST_WORDED = 1000;

export function useAnswer(question: ExplorerQuestion, search = '') {
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const [part] = partsIn(question);
  const worded = search !== '' && part !== undefined && WORDED.includes(part);
  const values = useQuery(
    api.reports.run.queryOptions({
      input: {
        workspace: workspace.id,
        period: ['2000-01-01', '2100-01-01'],
        measures: ['visits'],
        dimensions: [part ?? 'channel'],
        limit: MOST_WORDED,
      },
      enabled: worded,
      staleTime: 300_000,
    }),
  );
  const among = (values.data?.rows ?? [])
    .map((row) => String(row[part as Property] ?? ''))
    .filter((value) =>
      words(part as Property, value)
        .toLowerCase()
        .includes(search.toLowerCase()),
    );
  const find = search === '' || part === undefined ? {} : { find: worded ? { among } : { contains: search } };
  return useQuery(
    api.explorer.answer.queryOptions({
      input: { workspace: workspace.id, question: question as never, ...find },
      enabled: question.measures.length <= MOST_MEASURES && (!worded || values.data !== undefined),
      placeholderData: (before, last) => (sameShape(last?.queryKey, question) ? keepPreviousData(before) : undefined),
    }),
  );
}

/** Old rows may stay while new ones load only when they have the same columns. */
function sameShape(key: unknown, { measures, dimensions, form }: ExplorerQuestion): boolean {
  const text = JSON.stringify(key ?? '');
  const holds = (part: object): boolean => text.includes(JSON.stringify(part).slice(1, -1));
  return holds({ measures }) && holds({ dimensions }) && holds({ form });
}
