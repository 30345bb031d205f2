// How each dimension is read from visits and from events.
import type { DimensionId, NumberPropertyId, PlainDimensionId } from './vocabulary.ts';

export interface DimensionClause {
  /** over `visits`; an array column is read once for each of its members */
  visit?: string;
  visitArray?: string;
  /** over `events` */
  event?: string;
  /** over events joined to their visit, where it is not the column's own name */
  joined?: string;
  /** not a property of one event: events are joined to their visit for it */
  ofVisit?: boolean;
}

const both = (column: string): DimensionClause => ({ visit: column, event: column });
const ofVisit = (column: string): DimensionClause => ({ visit: column, ofVisit: true });

const TIME: Partial<Record<PlainDimensionId, (at: string, zone: string) => string>> = {
  // not toStartOfHour: it is wrong for the rest of a day on which a clock changes by half an hour
  hour: (at, zone) => `formatDateTime(${at}, '%Y-%m-%dT%H:00:00', '${zone}')`,
  day: (at, zone) => `toString(toDate(${at}, '${zone}'))`,
  week: (at, zone) => `toString(toStartOfWeek(toDate(${at}, '${zone}'), 1))`,
  month: (at, zone) => `toString(toStartOfMonth(toDate(${at}, '${zone}')))`,
  // 1 is Monday
  weekday: (at, zone) => `toString(toDayOfWeek(toDate(${at}, '${zone}')))`,
  hourOfDay: (at, zone) => `formatDateTime(${at}, '%H', '${zone}')`,
};

/** Roll-ups hold local days already. */
export const ROLLUP_TIME: Partial<Record<DimensionId, string>> = {
  day: 'toString(day)',
  week: 'toString(toStartOfWeek(day, 1))',
  month: 'toString(toStartOfMonth(day))',
  weekday: 'toString(toDayOfWeek(day))',
};

export const isTime = (id: DimensionId): boolean => id in TIME;

export const timeClause = (id: DimensionId, at: string, zone: string): string | undefined =>
  TIME[id as PlainDimensionId]?.(at, zone);

export const DIMENSION_CLAUSES: Readonly<
  Record<Exclude<PlainDimensionId, 'hour' | 'day' | 'week' | 'month' | 'weekday' | 'hourOfDay'>, DimensionClause>
> = {
  channel: ofVisit('channel'),
  source: ofVisit('source'),
  medium: ofVisit('medium'),
  campaign: ofVisit('campaign'),
  content: ofVisit('content'),
  term: ofVisit('term'),
  referrer: ofVisit('referrer_host'),
  landingPage: ofVisit('landing_path'),
  exitPage: ofVisit('exit_path'),
  page: { visitArray: 'paths', event: 'path' },
  country: both('country'),
  browser: both('browser'),
  system: both('system'),
  device: both('device'),
  language: both('language'),
  hostname: both('hostname'),
  status: { event: 'toString(status)' },
  event: { visitArray: 'names', event: 'name' },
};

export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const NUMBER_CLAUSES: Readonly<Record<NumberPropertyId, DimensionClause>> = {
  scroll: { event: 'toString(scroll)' },
  amount: { event: 'toString(revenue)' },
  seconds: { visit: 'toString(intDiv(duration_ms, 1000))', joined: 'toString(intDiv(v_duration_ms, 1000))' },
  views: { visit: 'toString(views)', joined: 'toString(v_views)' },
};

/** A property's clause reads the map of the event. */
export function clauseOf(id: DimensionId): DimensionClause {
  if (id.startsWith('property:')) return { event: `properties[${quote(id.slice('property:'.length))}]` };
  return DIMENSION_CLAUSES[id as keyof typeof DIMENSION_CLAUSES] ?? NUMBER_CLAUSES[id as NumberPropertyId] ?? {};
}
