// Days as people and programs write them, in English and Russian; which of two figures is the month is told by the whole column.
import { DATE_ORDERS, type DateOrder } from '../settings-contract.ts';

const MONTHS = new Map<string, number>(
  (
    [
      ['jan', 'янв'],
      ['feb', 'фев'],
      ['mar', 'мар'],
      ['apr', 'апр'],
      ['may', 'май', 'мая'],
      ['jun', 'июн'],
      ['jul', 'июл'],
      ['aug', 'авг'],
      ['sep', 'сен'],
      ['oct', 'окт'],
      ['nov', 'ноя'],
      ['dec', 'дек'],
    ] as const
  ).flatMap((names, i) => names.map((name) => [name, i + 1] as const)),
);
const monthOf = (word: string): number | undefined => MONTHS.get(word.slice(0, 3).toLowerCase());

/** What may follow a day: a time of it, with or without a zone. The day is taken as it is written. */
const TIME = /(?:[T\s,]+\d{1,2}:\d{2}.*)?$/.source;
const FIGURES = new RegExp(`^(\\d{1,4})([./\\-\\s])\\s?(\\d{1,2})\\2\\s?(\\d{1,4})(?:\\s?г\\.?)?${TIME}`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const DAY_FIRST = new RegExp(
  `^(\\d{1,2})[\\s.\\-/]+([A-Za-zА-Яа-яё]{3,9})\\.?[\\s,.\\-/]+(\\d{2,4})(?:\\s?г\\.?)?${TIME}`,
);
const MONTH_FIRST = new RegExp(`^([A-Za-zА-Яа-яё]{3,9})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${TIME}`);
const WEEKDAY =
  /^(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|понед|втор|сред|четв|пятн|субб|воск)[a-zа-я]*[.,]*\s+/i;

/** YYYY-MM-DD, or null when the text is no day of the calendar between 1990 and 2100. */
export function readDate(text: string, order: DateOrder): string | null {
  const plain = text.trim().replace(WEEKDAY, '');
  const compact = COMPACT.exec(plain);
  if (compact) return day(compact[1]!, compact[2]!, compact[3]!);
  const figures = FIGURES.exec(plain);
  if (figures) {
    const [, a, , b, c] = figures as unknown as [string, string, string, string, string];
    if (a.length === 4) return day(a, b, c);
    if (c.length === 3 || a.length === 3) return null;
    if (order === 'dmy') return day(c, b, a);
    if (order === 'mdy') return day(c, a, b);
    return c.length === 4 ? null : day(a, b, c);
  }
  const dayFirst = DAY_FIRST.exec(plain);
  if (dayFirst) return named(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!);
  const monthFirst = MONTH_FIRST.exec(plain);
  if (monthFirst) return named(monthFirst[3]!, monthFirst[1]!, monthFirst[2]!);
  return null;
}

function named(year: string, word: string, dayOf: string): string | null {
  const month = monthOf(word);
  return month === undefined ? null : day(year, String(month), dayOf);
}

function day(year: string, month: string, dayOf: string): string | null {
  const y = Number(year) + (year.length <= 2 ? 2000 : 0);
  const m = Number(month);
  const d = Number(dayOf);
  if (y < 1990 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31) return null;
  if (d > 28 && new Date(Date.UTC(y, m - 1, d)).getUTCDate() !== d) return null;
  return `${y}-${m < 10 ? '0' : ''}${m}-${d < 10 ? '0' : ''}${d}`;
}

export interface DetectedOrder {
  order: DateOrder;
  /** the file speaks for both orders alike: a person should look */
  ambiguous: boolean;
}

/** The order of a column of days; null when it holds none. */
export function detectDateOrder(cells: readonly string[]): DetectedOrder | null {
  const given = cells.filter((cell) => cell.trim() !== '');
  const right = new Map<DateOrder, number>();
  for (const order of DATE_ORDERS) right.set(order, given.filter((cell) => readDate(cell, order) !== null).length);
  const most = Math.max(...right.values());
  if (most === 0 || most < given.length * 0.6) return null;
  const best = DATE_ORDERS.filter((order) => right.get(order) === most);
  if (best.length === 1) return { order: best[0]!, ambiguous: false };
  if (!best.includes('dmy') || !best.includes('mdy')) return { order: best[0]!, ambiguous: false };
  const differ = given.some((cell) => readDate(cell, 'dmy') !== readDate(cell, 'mdy'));
  if (!differ) return { order: best[0]!, ambiguous: false };
  // a full stop between figures is the way of those who write the day first
  const dotted = given.some((cell) => /^\d{1,2}\.\d{1,2}\./.test(cell.trim()));
  return dotted ? { order: 'dmy', ambiguous: false } : { order: runs(given), ambiguous: true };
}

/** Among small figures, the one that changes more from row to row is the day. */
function runs(cells: readonly string[]): DateOrder {
  const first = new Set<string>();
  const second = new Set<string>();
  for (const cell of cells) {
    const [a = '', b = ''] = cell.trim().split(/[./\-\s]/);
    first.add(a);
    second.add(b);
  }
  return second.size > first.size ? 'mdy' : 'dmy';
}
