// The rows that are shown by name, as filters: one of them, or none.
import type { Filter } from '../contract.ts';
import type { DimensionId } from '../report/vocabulary.ts';
import type { AnswerRow } from './question-contract.ts';

/** Dimensions that are steps of time, one after another. */
export const STEPS: readonly string[] = ['hour', 'day', 'week', 'month'];
/** Dimensions of few values, shown whole. */
const WHOLE: Readonly<Record<string, number>> = { weekday: 7, hourOfDay: 24 };

/** How many rows are shown by name. */
export const atMost = (dimensions: readonly DimensionId[], top: number): number =>
  dimensions.length > 0 && dimensions.every((id) => id in WHOLE)
    ? dimensions.reduce((product, id) => product * WHOLE[id]!, 1)
    : top;

const textIn = (row: AnswerRow, id: DimensionId): string => String(row[id] ?? '');
const is = (property: DimensionId, value: string): Filter =>
  value === '' ? { property, is: 'empty' } : { property, is: 'equals', value };

/** What is true of the rows' visits or events; null for no rows. */
export function oneOf(dimensions: readonly DimensionId[], rows: readonly AnswerRow[]): Filter | null {
  const [first] = dimensions;
  if (first === undefined || rows.length === 0) return null;
  if (dimensions.length === 1) {
    const values = [...new Set(rows.map((row) => textIn(row, first)))];
    const named: Filter[] = [{ property: first, is: 'in', value: values.filter((value) => value !== '') }];
    return values.includes('') ? { or: [...named, { property: first, is: 'empty' }] } : named[0]!;
  }
  return { or: rows.map((row) => ({ and: dimensions.map((id) => is(id, textIn(row, id))) })) };
}

/** What is true of all others. A property nobody gave is no value of it. */
export function noneOf(dimensions: readonly DimensionId[], rows: readonly AnswerRow[]): Filter[] {
  const shown = oneOf(dimensions, rows);
  const given = dimensions
    .filter((id) => id.startsWith('property:') || id === 'event')
    .map((property): Filter => ({ not: { property, is: 'empty' } }));
  return shown ? [{ not: shown }, ...given] : given;
}
