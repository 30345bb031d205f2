// Days, weeks and months as whole numbers, alike in ClickHouse and here: subtracting two tells how many lie between.
import type { RetentionUnit } from './contract.ts';

const MS_PER_DAY = 86_400_000;
/** 1 January 1970 was a Thursday: days since the Monday before. */
const TO_MONDAY = 3;

export function unitOf(date: string, unit: RetentionUnit): number {
  const days = Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
  if (unit === 'day') return days;
  if (unit === 'week') return Math.floor((days + TO_MONDAY) / 7);
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** The first date of a unit. */
export function dateOf(number: number, unit: RetentionUnit): string {
  const iso = (days: number): string => new Date(days * MS_PER_DAY).toISOString().slice(0, 10);
  if (unit === 'day') return iso(number);
  if (unit === 'week') return iso(number * 7 - TO_MONDAY);
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`;
}

/** The unit in which a moment falls, as SQL; `zone` is one the workspace may have. */
export function unitSql(column: string, unit: RetentionUnit, zone: string): string {
  const date = `toDate(${column}, '${zone}')`;
  if (unit === 'day') return `toInt64(${date})`;
  if (unit === 'week') return `intDiv(toInt64(${date}) + ${TO_MONDAY}, 7)`;
  return `toInt64(toYear(${date})) * 12 + toMonth(${date}) - 1`;
}
