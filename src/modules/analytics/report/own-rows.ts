// Visits and events of an opened question as rows to count, for modules that ask what no measure answers: each begins with the same
// workspace, sites, period, robots and filter as a report does.
import { quote } from './dimensions.ts';
import { compileFilter } from './filter.ts';
import { salesFrom, salesWhere } from './sales-part.ts';
import { known, own, robots, type Scope, within } from './scope.ts';
import { visitorCondition } from './visitor-set.ts';
import { visitsFrom } from './visits-from.ts';

/** FROM and WHERE over visits that began in the period. */
export function visitsOf(s: Scope): string {
  const people = (column: string) => (filter: Parameters<typeof visitorCondition>[1]) =>
    visitorCondition(s, filter, column);
  const filter = s.filter
    ? ` AND ${compileFilter(s.filter, { side: 'visit', zone: s.zone, people: people('visitor') })}`
    : '';
  return `FROM ${visitsFrom(s)} WHERE ${own(s)} AND ${within('start', s)}${robots(s)}${filter}`;
}

/** FROM and WHERE over events of the period, whatever their visit: the question's filter is not in it. */
export const eventsOf = (s: Scope): string =>
  `FROM events WHERE ${own(s)} AND ${within('at', s)}${robots(s)}${known(s)}`;

/** FROM and WHERE over sales of the period, each with the source of the visit that led to it; the question's filter is in it. */
export const salesOf = (s: Scope): string => `FROM ${salesFrom(s)} WHERE ${salesWhere(s)}`;

/** The local date of a moment, as text. */
export const localDate = (s: Scope, column: string): string => `toString(toDate(${column}, ${quote(s.zone)}))`;

export { quote };
