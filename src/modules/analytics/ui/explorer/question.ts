// The question on screen is the address: it is bookmarked, shared and gone back to. A saved report is the same question, kept.

import type { Search } from '../../../../web/address.ts';
import {
  type ExplorerQuestion,
  explorerQuestion,
  FORMS,
  type Form,
  MOST_DIMENSIONS,
  MOST_MEASURES,
  TOPS,
} from '../../explorer/question-contract.ts';
import { type Property, readFilters, writeFilters } from '../filters.ts';
import type { MeasureId } from '../measures.ts';
import { COMPARISONS } from '../period.ts';
import { usualForm } from './forms.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? [...new Set(value.filter((one): one is string => typeof one === 'string'))] : undefined;

const BEGINNING = { measures: ['visits', 'revenue'], by: ['day'] };

/** What the address asks; a part that makes no sense is left out. */
export function readQuestion(search: Search): ExplorerQuestion {
  const by = (texts(search.by) ?? (search.measures ? [] : BEGINNING.by)).slice(0, MOST_DIMENSIONS) as Property[];
  const measures = (texts(search.measures) ?? BEGINNING.measures).slice(0, MOST_MEASURES) as MeasureId[];
  const form = FORMS.find((one) => one === search.form) ?? usualForm(by);
  const given = {
    version: 1,
    measures,
    dimensions: by,
    period: text(search.period) ?? '30d',
    compare: COMPARISONS.find((one) => one === search.compare) ?? 'previous',
    filters: readFilters(search.filters),
    form,
    top: TOPS.find((one) => one === Number(search.top)) ?? 10,
    ...optional({
      site: text(search.site),
      segment: text(search.segment),
      funnel: form === 'funnel' ? text(search.funnel) : undefined,
      lead: measures.find((one) => one === search.measure),
      sort: text(search.sort),
    }),
  };
  const parsed = explorerQuestion.safeParse(given);
  if (parsed.success) return parsed.data;
  return explorerQuestion.parse({ version: 1, measures: BEGINNING.measures, dimensions: BEGINNING.by, form: 'line' });
}

/** The same question as keys of the address; what is usual is left out. */
export function writeQuestion(question: ExplorerQuestion): Search {
  return {
    measures: question.measures,
    by: question.dimensions,
    form: question.form,
    period: question.period,
    compare: question.compare === 'previous' ? undefined : question.compare,
    site: question.site,
    segment: question.segment,
    filters: writeFilters(question.filters as Parameters<typeof writeFilters>[0]),
    funnel: question.funnel,
    measure: question.lead,
    sort: question.sort,
    top: question.top === 10 ? undefined : question.top,
  };
}

/** A change of measures or dimensions takes along what hangs on them: the sort, the measure on the chart. */
export function changed(
  question: ExplorerQuestion,
  change: Partial<Pick<ExplorerQuestion, 'measures' | 'dimensions' | 'form' | 'funnel'>>,
): Search {
  const next = { ...question, ...change };
  const known: readonly string[] = [...next.measures, ...next.dimensions];
  const keptSort = next.sort && known.includes(next.sort.replace(/^-/, '')) ? next.sort : undefined;
  const lead = next.lead && next.measures.includes(next.lead) ? next.lead : undefined;
  return {
    measures: next.measures,
    by: next.dimensions,
    form: next.form,
    funnel: next.funnel,
    sort: keptSort,
    measure: lead,
  };
}

/** Whether two questions ask the same in the same form. */
export const sameQuestion = (a: ExplorerQuestion, b: ExplorerQuestion): boolean =>
  JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

const ordered = (question: ExplorerQuestion): unknown[] =>
  (Object.keys(question) as (keyof ExplorerQuestion)[])
    .sort()
    .flatMap((key) => (question[key] === undefined ? [] : [[key, question[key]]]));

const optional = (of: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));

export type { Form };
