// Periods as people name them, turned into two dates of the company's time zone (the second exclusive).
import { addDays, todayIn } from '../../../web/dates.ts';
export const PERIODS = ['today', 'yesterday', '7d', '30d', '90d', 'month', 'last-month', '12m'] as const;
export type NamedPeriod = (typeof PERIODS)[number];
export const COMPARISONS = ['previous', 'year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type Dates = readonly [from: string, to: string];
export type Grain = 'hour' | 'day' | 'week' | 'month';

const DAY = 86_400_000;
const ms = (date: string) => Date.parse(`${date}T00:00:00Z`);
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
export const daysIn = ([from, to]: Dates) => Math.round((ms(to) - ms(from)) / DAY);

/** The same day `months` later; the last of the month when there is no such day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** The hour it is there, as steps are written: `2026-11-23T14`. */
export function hourIn(timeZone: string, now = new Date()): string {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now);
  return `${todayIn(timeZone, now)}T${hour}`;
}

const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms(text));

/** A name, or two dates of one's own as `2015-05-01..2015-06-01`; anything else is the last 30 days. */
export function resolvePeriod(name: string, today: string): Dates {
  const tomorrow = addDays(today, 1);
  const first = `${today.slice(0, 8)}01`;
  const own = name.split('..');
  const [from = '', to = ''] = own;
  if (own.length === 2 && isDate(from) && isDate(to) && from < to) return [from, to];
  switch (name) {
    case 'today':
      return [today, tomorrow];
    case 'yesterday':
      return [addDays(today, -1), today];
    case '7d':
      return [addDays(today, -6), tomorrow];
    case '90d':
      return [addDays(today, -89), tomorrow];
    case 'month':
      return [first, tomorrow];
    case 'last-month':
      return [addMonths(first, -1), first];
    case '12m':
      return [addMonths(first, -11), tomorrow];
    default:
      return [addDays(today, -29), tomorrow];
  }
}

const isWholeMonths = ([from, to]: Dates) => from.endsWith('-01') && to.endsWith('-01');
const monthsIn = ([from, to]: Dates) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** What a period is held against: as many days (or whole months) just before, or the same days a year before. */
export function comparedDates(name: string, dates: Dates, comparison: Comparison): Dates | null {
  if (comparison === 'none') return null;
  const [from, to] = dates;
  if (comparison === 'year') return [addMonths(from, -12), addMonths(to, -12)];
  if (name === 'month') return [addMonths(from, -1), addDays(addMonths(addDays(to, -1), -1), 1)];
  if (name === '12m') return [addMonths(from, -12), addMonths(to, -12)];
  if (isWholeMonths(dates)) return [addMonths(from, -monthsIn(dates)), from];
  return [addDays(from, -daysIn(dates)), from];
}

export function grainOf(dates: Dates): Grain {
  const days = daysIn(dates);
  return days <= 2 ? 'hour' : days <= 92 ? 'day' : days <= 400 ? 'week' : 'month';
}

export const monday = (date: string) => addDays(date, -((new Date(ms(date)).getUTCDay() + 6) % 7));

/** Every step of the period, also those in which nothing happened: `2026-11-23T14` for hours, else the first date of the step. */
export function steps(dates: Dates, grain: Grain): string[] {
  const [from, to] = dates;
  const found: string[] = [];
  if (grain === 'hour') {
    for (let day = from; day < to; day = addDays(day, 1)) {
      for (let hour = 0; hour < 24; hour++) found.push(`${day}T${String(hour).padStart(2, '0')}`);
    }
    return found;
  }
  const start = grain === 'week' ? monday(from) : grain === 'month' ? `${from.slice(0, 8)}01` : from;
  const next = (date: string) => (grain === 'month' ? addMonths(date, 1) : addDays(date, grain === 'week' ? 7 : 1));
  for (let date = start; date < to; date = next(date)) found.push(date);
  return found;
}

/** The dates of one step, cut to the period it belongs to. */
export function stepDates(step: string, grain: Grain, period: Dates): Dates {
  const from = step.slice(0, 10);
  const to = grain === 'month' ? addMonths(from, 1) : addDays(from, grain === 'week' ? 7 : 1);
  return [from < period[0] ? period[0] : from, to > period[1] ? period[1] : to];
}
