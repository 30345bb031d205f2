// A definition as one plain sentence in the language of the screen.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { dateLanguage, formatDate, formatValue } from '../../../../web/format.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Filter } from '../../contract.ts';
import type { Act, Comparison, PlainFilter, Times, Within } from '../../report/filter-contract.ts';
import type { SegmentDefinition } from '../../segments/contract.ts';
import { isReadySegment } from '../../segments/ready-contract.ts';
import { usePropertyName, useValueWords } from '../words.ts';

const OPERATORS: Record<Comparison['is'], string> = {
  equals: 'is',
  in: 'is',
  contains: 'contains',
  'starts-with': 'starts',
  matches: 'matches',
  less: 'less',
  greater: 'greater',
  empty: 'empty',
};

export interface SegmentNames {
  /** of saved segments, by id */
  nameOf: (id: string) => string | undefined;
}

interface Words {
  t: TFunction;
  language: string;
  row: (one: Comparison) => string;
  money: (minor: number) => string;
  nameOf: SegmentNames['nameOf'];
}

export function useSegmentWords({ nameOf }: SegmentNames): (definition: SegmentDefinition) => string {
  const words = useWords(nameOf);
  const { t } = words;
  return ({ selects, where }) =>
    selects === 'visitors'
      ? t('segments.words.visitors', { what: ofVisitors(where, words, 0) || t('segments.words.everyone') })
      : t('segments.words.visits', { what: ofVisits(where, words, 0) || t('segments.words.everyone') });
}

/** What a visitor did, as the end of a sentence: "saw a page where Page is …". */
export function useDidWords(): (of: Act) => string {
  const words = useWords(() => undefined);
  return (of) => act(of, 'did', words);
}

/** What one event is, in few words: a step of a funnel, an end of a path. */
export function useActWords(): (act: Act) => string {
  const words = useWords(() => undefined);
  return (act) => shortAct(act, words);
}

function useWords(nameOf: SegmentNames['nameOf']): Words {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const propertyName = usePropertyName();
  const valueWords = useValueWords();
  const row = ({ property, is, value }: Comparison): string => {
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const said = values
      .map((one) => t('segments.words.quoted', { value: valueWords(property as never, one) }))
      .join(t('filter.or'));
    const operator = t(`operator.${OPERATORS[is]}`);
    return [propertyName(property as never), operator, said].filter((part) => part !== '').join(' ');
  };
  const money = (minor: number): string =>
    `${formatValue(minor, 'money', i18n.language, workspace.currency)} ${workspace.currency}`;
  return { t, language: i18n.language, row, money, nameOf };
}

function list(parts: readonly string[], word: 'and' | 'or', depth: number, t: TFunction): string {
  const said = parts.filter((part) => part !== '');
  const joined = said.join(t(`segments.words.${word}`));
  return said.length > 1 && depth > 0 ? `(${joined})` : joined;
}

function plain(filter: PlainFilter, w: Words, depth = 0): string {
  if ('and' in filter)
    return list(
      filter.and.map((f) => plain(f, w, depth + 1)),
      'and',
      depth,
      w.t,
    );
  if ('or' in filter)
    return list(
      filter.or.map((f) => plain(f, w, depth + 1)),
      'or',
      depth,
      w.t,
    );
  if ('not' in filter) return w.t('segments.words.not', { what: plain(filter.not, w, depth + 1) });
  return w.row(filter);
}

const where = (filter: PlainFilter | undefined, w: Words): string =>
  filter ? w.t('segments.words.where', { what: plain(filter, w) }) : '';

/** Words with a space before each, so that those left out leave none. */
const after = (...parts: readonly string[]): string => parts.map((part) => (part === '' ? '' : ` ${part}`)).join('');

function often(times: Times | undefined, w: Words): string {
  if (!times) return '';
  const [is, n] = Object.entries(times)[0] as [string, number];
  return is === 'atLeast' && n === 1 ? '' : w.t(`segments.words.${is}`, { count: n });
}

function date(iso: string, w: Words): string {
  return formatDate(iso, dateLanguage(w.language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function when(within: Within | undefined, w: Words): string {
  if (!within) return '';
  if ('days' in within) return w.t('segments.words.days', { count: within.days });
  if ('reportPeriod' in within) return w.t('segments.words.reportPeriod');
  const [from, to] = within.period;
  return w.t('segments.words.period', { from: date(from, w), to: date(addDays(to, -1), w) });
}

const act = (one: Act, verb: 'did' | 'never', w: Words): string =>
  w.t(`segments.words.${verb}.${one.what ?? 'any'}`) + after(where(one.where, w));

function ofVisitors(filter: Filter, w: Words, depth: number): string {
  const { t } = w;
  if ('and' in filter)
    return list(
      filter.and.map((f) => ofVisitors(f, w, depth + 1)),
      'and',
      depth,
      t,
    );
  if ('or' in filter)
    return list(
      filter.or.map((f) => ofVisitors(f, w, depth + 1)),
      'or',
      depth,
      t,
    );
  if ('visitors' in filter) return ofVisitors(filter.visitors, w, depth);
  if ('property' in filter) return t('segments.words.hadVisit', { what: w.row(filter) });
  if ('not' in filter) {
    const { not } = filter;
    if ('property' in not) return t('segments.words.noVisit', { what: w.row(not) });
    if ('lastSeen' in not) return t('segments.words.notSeen', { when: when(not.lastSeen.within, w) });
    if ('segment' in not) return t('segments.words.notIn', { name: name(not.segment, w) });
    return t('segments.words.not', { what: ofVisitors(not, w, depth + 1) });
  }
  if ('segment' in filter) return t('segments.words.in', { name: name(filter.segment, w) });
  if ('did' in filter) {
    const { times, within, ...one } = filter.did;
    return act(one, 'did', w) + after(often(times, w), when(within, w));
  }
  if ('never' in filter) return act(filter.never, 'never', w) + after(when(filter.never.within, w));
  if ('visited' in filter) {
    const { where: which, times, within } = filter.visited;
    return t('segments.words.came') + after(where(which, w), often(times, w), when(within, w));
  }
  if ('firstSeen' in filter) return t('segments.words.firstSeen', { when: when(filter.firstSeen.within, w) });
  if ('lastSeen' in filter) return t('segments.words.lastSeen', { when: when(filter.lastSeen.within, w) });
  if ('revenue' in filter) {
    const { sum, within } = filter.revenue;
    const [is, amount] = Object.entries(sum)[0] as [string, number];
    return (
      t(`segments.words.revenue.${is}`, { amount: is === 'topPercent' ? amount : w.money(amount) }) +
      after(when(within, w))
    );
  }
  if ('funnel' in filter) {
    const { steps, reached, where: which, within } = filter.funnel;
    const [is, step] = Object.entries(reached)[0] as [string, number];
    const said = { step, of: steps.length, steps: steps.map((one) => shortAct(one, w)).join(' → ') };
    return t(`segments.words.funnel.${is}`, said) + after(where(which, w), when(within, w));
  }
  const { first, next, days, within } = filter.sequence;
  const said = { first: act(first, 'did', w), next: act(next, 'did', w), count: days };
  return t('segments.words.sequence', said) + after(when(within, w));
}

/** An act in few words: the page or event where it is one, else its condition. */
function shortAct({ what, where: which }: Act, w: Words): string {
  if (!which) return w.t(`segments.what.${what === 'attention' ? 'any' : (what ?? 'any')}`);
  const named =
    'property' in which && (which.property === 'page' || which.property === 'event') && which.is === 'equals';
  return named ? String(which.value) : plain(which, w);
}

const name = (id: string, w: Words): string =>
  isReadySegment(id) ? w.t(`segments.ready.${id}`) : (w.nameOf(id) ?? '…');

function ofVisits(filter: Filter, w: Words, depth: number): string {
  if ('and' in filter)
    return list(
      filter.and.map((f) => ofVisits(f, w, depth + 1)),
      'and',
      depth,
      w.t,
    );
  if ('or' in filter)
    return list(
      filter.or.map((f) => ofVisits(f, w, depth + 1)),
      'or',
      depth,
      w.t,
    );
  if ('not' in filter) return w.t('segments.words.not', { what: ofVisits(filter.not, w, depth + 1) });
  if ('property' in filter) return w.row(filter);
  return w.t('segments.words.ofThose', { what: ofVisitors(filter, w, depth + 1) });
}
