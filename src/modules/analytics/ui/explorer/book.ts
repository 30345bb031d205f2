// The book of measures and dimensions on screen.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type Book, bookGoal, bookOf, type Given } from './book-of.ts';

export type { Book, BookDimension, BookGoal, BookMeasure } from './book-of.ts';

/** Undefined until everything is known. */
export function useBookOf(given: Given | undefined): Book | undefined {
  const { t, i18n } = useTranslation();
  return given && bookOf(given, t, i18n.language);
}

/** The book of the company on screen. */
export function useBook(): Book | undefined {
  const { workspace } = useWorkspace();
  const input = { workspace: workspace.id };
  const staleTime = 60_000;
  const vocabulary = useQuery(api.reports.vocabulary.queryOptions({ input, staleTime: Number.POSITIVE_INFINITY }));
  const goals = useQuery(api.goals.list.queryOptions({ input, staleTime }));
  const properties = useQuery(api.explorer.properties.queryOptions({ input, staleTime }));
  return useBookOf(
    vocabulary.data &&
      goals.data && {
        vocabulary: vocabulary.data as Given['vocabulary'],
        goals: goals.data.map(bookGoal),
        properties: (properties.data ?? []).map(({ name }) => name),
        currency: workspace.currency,
      },
  );
}
