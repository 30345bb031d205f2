// Which column is which field: guessed from its name in the head, in English and Russian, else from what stands in it.
import type { ImportField, ImportKind } from './kind.ts';
import { readDate } from './reading/dates.ts';
import { readNumber } from './reading/numbers.ts';
import type { DateOrder, Decimal, Mapping } from './settings-contract.ts';

/** 'Расход, ₽ (с НДС)' → 'расход' */
export const plainHeader = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/[^a-zа-я0-9]+/g, ' ')
    .replace(/(?:^| )(?:rub|руб|р|usd|eur|euro|евро|byn|kzt)(?= |$)/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

function closeness(header: string, names: readonly string[]): number {
  let best = 0;
  names.forEach((name, index) => {
    const sure = 1 - index / (names.length * 2);
    if (header === name) best = Math.max(best, 3 * sure + 3);
    else if (header.startsWith(`${name} `)) best = Math.max(best, 2 * sure);
    else if (` ${header} `.includes(` ${name} `)) best = Math.max(best, sure);
  });
  return best;
}

export const isKnownHeader = (kind: ImportKind, cell: string): boolean => {
  const header = plainHeader(cell);
  return header !== '' && kind.fields.some((field) => field.from !== 'file' && closeness(header, field.names) >= 1);
};

/** Columns by field; the closest names first, each column once. */
export function guessMapping(
  kind: ImportKind,
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  reading: { decimal: Decimal; dateOrder: DateOrder },
): Mapping {
  const pairs = kind.fields
    .filter((field) => field.from !== 'file')
    .flatMap((field) =>
      headers.map((header, column) => ({ field, column, score: closeness(plainHeader(header), field.names) })),
    )
    .filter(({ field, column, score }) => score > 0 && fits(field, column, sample, reading))
    .sort((a, b) => b.score - a.score);
  const guessed: Mapping = {};
  const taken = new Set<number>();
  const take = (field: ImportField, column: number): void => {
    if (guessed[field.name] !== undefined || taken.has(column)) return;
    guessed[field.name] = { column };
    taken.add(column);
  };
  for (const { field, column } of pairs) take(field, column);
  for (const field of kind.fields) {
    if (!field.required || field.from !== 'column' || guessed[field.name]) continue;
    const column = headers.findIndex((_, at) => !taken.has(at) && fits(field, at, sample, reading));
    if (column >= 0) take(field, column);
  }
  return guessed;
}

/** Most cells of the column are of the field's type. */
function fits(
  field: ImportField,
  column: number,
  sample: readonly (readonly string[])[],
  reading: { decimal: Decimal; dateOrder: DateOrder },
): boolean {
  const cells = sample.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
  if (cells.length === 0) return field.type !== 'day' && field.type !== 'amount';
  const right = (is: (cell: string) => boolean): boolean => cells.filter(is).length >= cells.length / 2;
  if (field.type === 'day') return right((cell) => readDate(cell, reading.dateOrder) !== null);
  if (field.type === 'amount' || field.type === 'integer')
    return right((cell) => readNumber(cell, reading.decimal) !== null);
  return field.type !== 'text' || !field.required || right((cell) => readDate(cell, reading.dateOrder) === null);
}
