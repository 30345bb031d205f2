// A segment while it is built: a tree of groups and conditions a person can change one by one, and its way to the language of
// filters and back. What the builder has no form for is kept as it is.
import type { Filter } from '../../contract.ts';
import type { Act, PlainFilter, Times, Within } from '../../report/filter-contract.ts';
import type { ReadySegmentId } from '../../report/vocabulary.ts';
import { type Operator, type Property, reportFilter, type ScreenFilter } from '../filters.ts';

export const MATCHES = ['all', 'any', 'none'] as const;
export type Match = (typeof MATCHES)[number];
export const TIMES = ['atLeast', 'atMost', 'exactly'] as const;
export type HowOften = (typeof TIMES)[number];
export interface DraftTimes {
  is: HowOften;
  n: number;
}
export type DraftWithin =
  | { is: 'ever' }
  | { is: 'days'; days: number }
  | { is: 'report' }
  | { is: 'period'; from: string; to: string };
export interface DraftAct {
  what: 'view' | 'event' | 'any';
  rows: ScreenFilter[];
}

interface Conditions {
  did: { act: DraftAct; times: DraftTimes; within: DraftWithin };
  never: { act: DraftAct; within: DraftWithin };
  visited: { rows: ScreenFilter[]; times: DraftTimes; within: DraftWithin };
  firstSeen: { within: DraftWithin };
  lastSeen: { within: DraftWithin };
  notSeen: { within: DraftWithin };
  /** minor units; percent of `topPercent` */
  revenue: { is: 'atLeast' | 'atMost' | 'topPercent'; amount: number; within: DraftWithin };
  sequence: { first: DraftAct; next: DraftAct; days: number; within: DraftWithin };
  property: { row: ScreenFilter };
  segment: { segment: string };
  kept: { filter: Filter };
}
export type ConditionKind = keyof Conditions;
export type Condition = { [Kind in ConditionKind]: { id: string; kind: Kind } & Conditions[Kind] }[ConditionKind];
export interface Group {
  id: string;
  kind: 'group';
  match: Match;
  items: Draft[];
}
export type Draft = Group | Condition;

/** What can be added, in the order of the menu. */
export const ADDABLE = [
  'did',
  'never',
  'visited',
  'firstSeen',
  'notSeen',
  'revenue',
  'sequence',
  'property',
  'segment',
] as const satisfies readonly ConditionKind[];

let last = 0;
const newId = (): string => `c${++last}`;
const EVER: DraftWithin = { is: 'ever' };
const MONTH: DraftWithin = { is: 'days', days: 30 };
const ONCE: DraftTimes = { is: 'atLeast', n: 1 };
const row = (property: Property): ScreenFilter => ({ property, operator: 'is', values: [] });

export const emptyGroup = (items: Draft[] = []): Group => ({ id: newId(), kind: 'group', match: 'all', items });

export function newCondition(kind: (typeof ADDABLE)[number]): Condition {
  const id = newId();
  switch (kind) {
    case 'did':
      return { id, kind, act: { what: 'view', rows: [row('page')] }, times: ONCE, within: MONTH };
    case 'never':
      return { id, kind, act: { what: 'event', rows: [row('event')] }, within: EVER };
    case 'visited':
      return { id, kind, rows: [], times: { is: 'atLeast', n: 2 }, within: MONTH };
    case 'firstSeen':
    case 'notSeen':
      return { id, kind, within: MONTH };
    case 'revenue':
      return { id, kind, is: 'atLeast', amount: 100_00, within: EVER };
    case 'sequence':
      return {
        id,
        kind,
        first: { what: 'view', rows: [row('page')] },
        next: { what: 'event', rows: [row('event')] },
        days: 7,
        within: EVER,
      };
    case 'property':
      return { id, kind, row: row('channel') };
    case 'segment':
      return { id, kind, segment: '' };
  }
}

const ready = (rows: readonly ScreenFilter[]): ScreenFilter[] =>
  rows.filter((one) => one.operator === 'empty' || one.operator === 'filled' || one.values.length > 0);

function withinOf(within: DraftWithin): { within?: Within } {
  switch (within.is) {
    case 'ever':
      return {};
    case 'days':
      return { within: { days: within.days } };
    case 'report':
      return { within: { reportPeriod: true } };
    case 'period':
      return { within: { period: [within.from, within.to] } };
  }
}
const timesOf = ({ is, n }: DraftTimes): Times =>
  is === 'atLeast' ? { atLeast: n } : is === 'atMost' ? { atMost: n } : { exactly: n };
export const whereOf = (rows: readonly ScreenFilter[]): { where?: PlainFilter } => {
  const where = reportFilter(ready(rows)) as PlainFilter | undefined;
  return where ? { where } : {};
};
export const actOf = ({ what, rows }: DraftAct): Act => ({ ...(what === 'any' ? {} : { what }), ...whereOf(rows) });

/** A condition that lacks its value says nothing yet: null. */
export function toFilter(draft: Draft): Filter | null {
  switch (draft.kind) {
    case 'group': {
      const items = draft.items.map(toFilter).filter((one) => one !== null);
      if (items.length === 0) return null;
      if (draft.match === 'all') return { and: items };
      return draft.match === 'any' ? { or: items } : { not: { or: items } };
    }
    case 'did':
      return { did: { ...actOf(draft.act), times: timesOf(draft.times), ...withinOf(draft.within) } };
    case 'never':
      return { never: { ...actOf(draft.act), ...withinOf(draft.within) } };
    case 'visited':
      return { visited: { ...whereOf(draft.rows), times: timesOf(draft.times), ...withinOf(draft.within) } };
    case 'firstSeen':
    case 'lastSeen':
    case 'notSeen': {
      const { within } = withinOf(draft.within);
      if (!within) return null;
      if (draft.kind === 'firstSeen') return { firstSeen: { within } };
      return draft.kind === 'lastSeen' ? { lastSeen: { within } } : { not: { lastSeen: { within } } };
    }
    case 'revenue': {
      const { is, amount } = draft;
      const sum =
        is === 'atLeast' ? { atLeast: amount } : is === 'atMost' ? { atMost: amount } : { topPercent: amount };
      return { revenue: { sum, ...withinOf(draft.within) } };
    }
    case 'sequence':
      return {
        sequence: {
          first: actOf(draft.first),
          next: actOf(draft.next),
          days: draft.days,
          ...withinOf(draft.within),
        },
      };
    case 'property':
      return reportFilter(ready([draft.row])) ?? null;
    case 'segment':
      return draft.segment === '' ? null : { segment: draft.segment as ReadySegmentId };
    case 'kept':
      return draft.filter;
  }
}

/** The whole segment as a group, whatever its outermost condition is. */
export function toDraft(filter: Filter): Group {
  const draft = draftOf(filter);
  return draft.kind === 'group' ? draft : emptyGroup([draft]);
}

function draftOf(filter: Filter): Draft {
  const id = newId();
  const single = rowOf(filter);
  if (single) return { id, kind: 'property', row: single };
  if ('and' in filter) return { id, kind: 'group', match: 'all', items: filter.and.map(draftOf) };
  if ('or' in filter) return { id, kind: 'group', match: 'any', items: filter.or.map(draftOf) };
  if ('not' in filter) {
    if ('or' in filter.not) return { id, kind: 'group', match: 'none', items: filter.not.or.map(draftOf) };
    if ('lastSeen' in filter.not) return { id, kind: 'notSeen', within: draftWithin(filter.not.lastSeen.within) };
    return { id, kind: 'group', match: 'none', items: [draftOf(filter.not)] };
  }
  if ('segment' in filter) return { id, kind: 'segment', segment: filter.segment };
  if ('firstSeen' in filter) return { id, kind: 'firstSeen', within: draftWithin(filter.firstSeen.within) };
  if ('lastSeen' in filter) return { id, kind: 'lastSeen', within: draftWithin(filter.lastSeen.within) };
  return behaviourOf(id, filter) ?? { id, kind: 'kept', filter };
}

function behaviourOf(id: string, filter: Filter): Condition | null {
  if ('did' in filter) {
    const act = draftAct(filter.did);
    const { times, within } = filter.did;
    return act && { id, kind: 'did', act, times: draftTimes(times), within: draftWithin(within) };
  }
  if ('never' in filter) {
    const act = draftAct(filter.never);
    return act && { id, kind: 'never', act, within: draftWithin(filter.never.within) };
  }
  if ('visited' in filter) {
    const { where, times, within } = filter.visited;
    const rows = rowsOf(where);
    return rows && { id, kind: 'visited', rows, times: draftTimes(times), within: draftWithin(within) };
  }
  if ('revenue' in filter) {
    const { sum, within } = filter.revenue;
    const [[is, amount]] = Object.entries(sum) as [['atLeast' | 'atMost' | 'topPercent', number]];
    return { id, kind: 'revenue', is, amount, within: draftWithin(within) };
  }
  if ('sequence' in filter) {
    const { first, next, days, within } = filter.sequence;
    const [one, two] = [draftAct(first), draftAct(next)];
    return one && two && { id, kind: 'sequence', first: one, next: two, days, within: draftWithin(within) };
  }
  return null;
}

const draftTimes = (times: Times = { atLeast: 1 }): DraftTimes =>
  'atLeast' in times
    ? { is: 'atLeast', n: times.atLeast }
    : 'atMost' in times
      ? { is: 'atMost', n: times.atMost }
      : { is: 'exactly', n: times.exactly };

function draftWithin(within: Within | undefined): DraftWithin {
  if (within === undefined) return EVER;
  if ('days' in within) return { is: 'days', days: within.days };
  if ('reportPeriod' in within) return { is: 'report' };
  return { is: 'period', from: within.period[0], to: within.period[1] };
}

export function draftAct({ what, where }: Act): DraftAct | null {
  const rows = rowsOf(where);
  return rows && what !== 'attention' ? { what: what ?? 'any', rows } : null;
}

/** A list of rows that must all hold; null when the filter is more than that. */
export function rowsOf(where: PlainFilter | undefined): ScreenFilter[] | null {
  if (where === undefined) return [];
  const single = rowOf(where);
  if (single) return [single];
  if (!('and' in where)) return null;
  const rows = where.and.map(rowOf);
  return rows.some((one) => one === null) ? null : (rows as ScreenFilter[]);
}

const POSITIVE: Partial<Record<string, Operator>> = {
  equals: 'is',
  in: 'is',
  contains: 'contains',
  'starts-with': 'starts',
  empty: 'empty',
};
const NEGATIVE: Partial<Record<Operator, Operator>> = { is: 'is-not', contains: 'contains-not', empty: 'filled' };

function rowOf(filter: Filter): ScreenFilter | null {
  if ('not' in filter) {
    const inner = rowOf(filter.not);
    const operator = inner && NEGATIVE[inner.operator];
    return inner && operator ? { ...inner, operator } : null;
  }
  if ('or' in filter) {
    const rows = filter.or.map(rowOf);
    const [first] = rows;
    const alike = rows.every((one) => one && one.property === first?.property && one.operator === first?.operator);
    const several = first?.operator === 'contains' || first?.operator === 'starts';
    return first && alike && several && rows.length > 1
      ? { ...first, values: rows.flatMap((one) => one?.values ?? []) }
      : null;
  }
  if (!('property' in filter)) return null;
  const operator = POSITIVE[filter.is];
  if (!operator) return null;
  const { value } = filter;
  const values = value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
  return { property: filter.property as Property, operator, values };
}

/** The tree with one part of it changed; null takes the part out. */
export function changed(group: Group, id: string, to: Draft | null): Group {
  return {
    ...group,
    items: group.items.flatMap((item): Draft[] => {
      if (item.id === id) return to ? [to] : [];
      return [item.kind === 'group' ? changed(item, id, to) : item];
    }),
  };
}
