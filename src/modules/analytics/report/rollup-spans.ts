// Visits of a period whose rows need not be told apart by day: of whole weeks or months the visitors stand in one row each, as those
// of their days are the larger part of what a long period would read.
import { quote } from './dimensions.ts';
import { NOBODY, RAW, rollupFrom } from './rollup-rows.ts';
import { own, type Scope, shiftDate } from './scope.ts';

export const SPANS = ['week', 'month'] as const;
export type Span = (typeof SPANS)[number];

interface Calendar {
  /** the first day of the span a date is in */
  startOf(date: string): string;
  next(start: string): string;
  /** `startOf` the column `day` */
  sql: string;
}
export const CALENDAR: Readonly<Record<Span, Calendar>> = {
  week: {
    startOf: (date) => shiftDate(date, -((new Date(date).getUTCDay() + 6) % 7)),
    next: (start) => shiftDate(start, 7),
    sql: 'toStartOfWeek(day, 1)',
  },
  month: {
    startOf: (date) => `${date.slice(0, 7)}-01`,
    next: (start) => `${shiftDate(start, 31).slice(0, 7)}-01`,
    sql: 'toStartOfMonth(day)',
  },
};

/** First days of those that lie whole in the period and have no day whose roll-up is old. */
function wholeSpans(s: Scope, { startOf, next }: Calendar): string[] {
  const old = new Set(s.dirty.map(({ day }) => startOf(day)));
  const starts: string[] = [];
  const begun = startOf(s.from);
  for (let start = begun < s.from ? next(begun) : begun; next(start) <= s.to; start = next(start))
    if (!old.has(start)) starts.push(start);
  return starts;
}

/** Rows like those of `rollupFrom`, whose `day` is the first of its span where it says who came. */
export function visitsBySpan(s: Scope, span: Span): string {
  const calendar = CALENDAR[span];
  const starts = wholeSpans(s, calendar);
  if (starts.length === 0) return rollupFrom(s, 'visits');
  const list = starts.map((start) => `toDate(${quote(start)})`).join(', ');
  const inside = `day >= ${quote(starts[0]!)} AND day < ${quote(calendar.next(starts.at(-1)!))} AND ${calendar.sql} IN (${list})`;
  const columns = (of: (name: string) => string): string => Object.keys(RAW.visits.columns).map(of).join(', ');
  const figures = columns((name) => (name === 'visitors' ? `${NOBODY} AS visitors` : name));
  const people = columns((name) => (name === 'visitors' ? name : `toUInt64(0) AS ${name}`));
  return `SELECT day, bot, ${figures} FROM rollup_days FINAL WHERE ${own(s)} AND ${inside}
    UNION ALL SELECT start AS day, bot, ${people} FROM rollup_spans FINAL WHERE ${own(s)} AND unit = ${quote(span)} AND start IN (${list})
    UNION ALL ${rollupFrom(s, 'visits', ` AND ${calendar.sql} NOT IN (${list})`)}`;
}
