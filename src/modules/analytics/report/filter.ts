// The filter grammar → a ClickHouse condition over visits or over events. What it says of visitors is compiled by
// visitor-set.ts and comes in as a condition on the visitor.
import { ORPCError } from '@orpc/server';
import type { Filter } from '../contract.ts';
import { clauseOf, isTime, quote, timeClause } from './dimensions.ts';
import type { Behaviour, Comparison } from './filter-contract.ts';
import type { DimensionId } from './vocabulary.ts';

export type Side = 'visit' | 'event';
/** A filter whose saved segments have been put in their places; those bound to a site say so. */
export type Resolved =
  | Comparison
  | Exclude<Behaviour, { segment: unknown }>
  | { visitors: Resolved }
  | { onSite: string; where: Resolved }
  | { and: Resolved[] }
  | { or: Resolved[] }
  | { not: Resolved };

const DEEPEST = 10;

export function checkDepth(depth: number): void {
  if (depth > DEEPEST) throw new ORPCError('BAD_REQUEST', { message: `Filters nest at most ${DEEPEST} deep.` });
}

/** The properties of visits and events a filter names. Throws BAD_REQUEST when it is nested too deep. */
export function propertiesOf(filter: Resolved | Filter | undefined, depth = 0): DimensionId[] {
  if (!filter) return [];
  checkDepth(depth);
  if ('and' in filter) return filter.and.flatMap((f) => propertiesOf(f, depth + 1));
  if ('or' in filter) return filter.or.flatMap((f) => propertiesOf(f, depth + 1));
  if ('not' in filter) return propertiesOf(filter.not, depth + 1);
  if ('onSite' in filter) return propertiesOf(filter.where, depth + 1);
  return 'property' in filter ? [filter.property as DimensionId] : [];
}

/** Whether it speaks of visitors alone, so that one set of them answers it. */
export function isOfVisitors(filter: Resolved): boolean {
  if ('property' in filter) return false;
  if ('and' in filter) return filter.and.length > 0 && filter.and.every(isOfVisitors);
  if ('or' in filter) return filter.or.length > 0 && filter.or.every(isOfVisitors);
  if ('not' in filter) return isOfVisitors(filter.not);
  if ('onSite' in filter) return isOfVisitors(filter.where);
  return true;
}

/** Whether it speaks of nothing but which pages were viewed, as a row of the roll-up of pages can answer. */
export function isOfPages(filter: Resolved): boolean {
  if ('and' in filter) return filter.and.length > 0 && filter.and.every(isOfPages);
  if ('or' in filter) return filter.or.length > 0 && filter.or.every(isOfPages);
  if ('not' in filter) return isOfPages(filter.not);
  return 'property' in filter && filter.property === 'page';
}

/** Whether it asks what visitors spent, so that all their sales need rates. */
export function asksRevenue(filter: Resolved | undefined): boolean {
  if (!filter) return false;
  if ('and' in filter) return filter.and.some(asksRevenue);
  if ('or' in filter) return filter.or.some(asksRevenue);
  if ('not' in filter) return asksRevenue(filter.not);
  if ('visitors' in filter) return asksRevenue(filter.visitors);
  return 'onSite' in filter ? asksRevenue(filter.where) : 'revenue' in filter;
}

function test(expression: string, comparison: Comparison): string {
  const { is, value } = comparison;
  const wrong = (needs: string): never => {
    throw new ORPCError('BAD_REQUEST', { message: `Filter ${comparison.property} ${is}: give ${needs}.` });
  };
  const one = (): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : wrong('one value');
  const number = (): number => (Number.isFinite(Number(one())) ? Number(one()) : wrong('a number'));
  switch (is) {
    case 'empty':
      return `${expression} = ''`;
    case 'equals':
      return `${expression} = ${quote(one())}`;
    case 'in': {
      const list = Array.isArray(value) ? value : [one()];
      return list.length === 0 ? '0' : `${expression} IN (${list.map((v) => quote(String(v))).join(', ')})`;
    }
    case 'contains':
      return `positionCaseInsensitiveUTF8(${expression}, ${quote(one())}) > 0`;
    case 'starts-with':
      return `startsWith(${expression}, ${quote(one())})`;
    case 'matches':
      return `match(${expression}, ${quote(one())})`;
    case 'less':
      return `ifNull(toFloat64OrNull(${expression}) < ${number()}, 0)`;
    case 'greater':
      return `ifNull(toFloat64OrNull(${expression}) > ${number()}, 0)`;
  }
}

function compare(comparison: Comparison, { side, zone, joined = '' }: FilterContext): string {
  const id = comparison.property as DimensionId;
  if (isTime(id)) return test(timeClause(id, side === 'visit' ? 'start' : 'at', zone)!, comparison);
  const clause = clauseOf(id);
  if (!clause.event && !clause.visit && !clause.visitArray) {
    throw new ORPCError('BAD_REQUEST', {
      message: `There is no property "${id}" any more. Take it out of the filter.`,
    });
  }
  if (side === 'visit') {
    if (clause.visitArray) {
      if (comparison.is === 'empty') return `empty(${clause.visitArray})`;
      // half of what a lambda over the members costs
      if (comparison.is === 'equals' && typeof comparison.value === 'string')
        return `has(${clause.visitArray}, ${quote(comparison.value)})`;
      return `arrayExists(x -> ${test('x', comparison)}, ${clause.visitArray})`;
    }
    return test(clause.visit ?? "''", comparison);
  }
  return test(clause.event ?? clause.joined ?? `${joined}${clause.visit}`, comparison);
}

export interface FilterContext {
  side: Side;
  zone: string;
  /** prefix of a visit's columns when events are joined to visits */
  joined?: string;
  /** the column that holds the site */
  site?: string;
  /** a condition about visitors, as SQL over the row's visitor */
  people: (filter: Resolved) => string;
}

export function compileFilter(filter: Resolved, context: FilterContext): string {
  if (isOfVisitors(filter)) return context.people(filter);
  if ('and' in filter) return list(filter.and, 'and', context) || '1';
  if ('or' in filter) return list(filter.or, 'or', context) || '0';
  if ('not' in filter) return `NOT (${compileFilter(filter.not, context)})`;
  if ('onSite' in filter) {
    return `(${context.site ?? 'site'} = ${quote(filter.onSite)} AND ${compileFilter(filter.where, context)})`;
  }
  if ('property' in filter) return `(${compare(filter, context)})`;
  return context.people(filter);
}

/** Conditions about visitors that stand side by side are answered by one set. */
function list(filters: readonly Resolved[], word: 'and' | 'or', context: FilterContext): string {
  const people = filters.filter(isOfVisitors);
  const together: Resolved[] = people.length < 2 ? [] : [word === 'and' ? { and: [...people] } : { or: [...people] }];
  const parts = people.length < 2 ? filters : [...filters.filter((f) => !isOfVisitors(f)), ...together];
  if (parts.length === 0) return '';
  return `(${parts.map((f) => compileFilter(f, context)).join(word === 'and' ? ' AND ' : ' OR ')})`;
}
