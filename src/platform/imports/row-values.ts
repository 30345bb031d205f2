// Cells of one row → values of fields, or why the row can't be taken.
import type { Choice, ImportField, ImportKind } from './kind.ts';
import { currencyIn, sameSign } from './reading/currency.ts';
import { readDate } from './reading/dates.ts';
import { readNumber } from './reading/numbers.ts';
import type { Mapping, Reading } from './settings-contract.ts';

/** A reason is `field:code`, or `row:code` where no field is to blame. */
export type Values = { ok: true; values: Record<string, string> } | { ok: false; reason: string };

const TOTAL = /^(?:итог|всего|total|grand total|sum(?:me)?\b|subtotal)/i;

export const plainChoice = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '');

export interface ReadingOfRows {
  kind: ImportKind;
  reading: Reading;
  mapping: Mapping;
  /** options of fields of the type choice */
  options: Readonly<Record<string, readonly Choice[]>>;
}

/** A function, so that what holds for all rows is looked at once. */
export function valuesReader({ kind, reading, mapping, options }: ReadingOfRows): (cells: readonly string[]) => Values {
  const byLabel = new Map(
    Object.entries(options).map(([field, list]) => [
      field,
      new Map(list.flatMap(({ value, label }) => [[value, value] as const, [plainChoice(label), value] as const])),
    ]),
  );
  const currencyField = kind.fields.find((field) => field.type === 'currency')?.name;
  const currencyIsFixed = currencyField !== undefined && !('column' in (mapping[currencyField] ?? {}));

  const readAs = (field: ImportField, text: string): string | null => {
    if (field.type === 'day') return readDate(text, reading.dateOrder);
    if (field.type === 'amount') return readNumber(text, reading.decimal);
    if (field.type === 'integer') {
      const number = readNumber(text, reading.decimal);
      return number !== null && /^\d{1,15}(\.0+)?$/.test(number) ? number.replace(/\..*/, '') : null;
    }
    if (field.type === 'currency') return currencyIn(text) ?? null;
    if (field.type === 'choice')
      return byLabel.get(field.name)?.get(text) ?? byLabel.get(field.name)?.get(plainChoice(text)) ?? null;
    return text;
  };

  return (cells) => {
    if (cells.some((cell) => cell.includes('\uFFFD'))) return { ok: false, reason: 'row:unreadable' };
    const values: Record<string, string> = {};
    for (const field of kind.fields) {
      const from = mapping[field.name];
      const text = (from === undefined ? '' : 'column' in from ? (cells[from.column] ?? '') : from.value).trim();
      if (text === '') {
        if (field.required) return { ok: false, reason: totalOr(cells, `${field.name}:missing`) };
        values[field.name] = '';
        continue;
      }
      const value = readAs(field, text);
      if (value === null) return { ok: false, reason: totalOr(cells, `${field.name}:no-${field.type}`) };
      if (value.length > (field.most ?? 300)) return { ok: false, reason: `${field.name}:too-long` };
      values[field.name] = value;
      if (field.type === 'amount' && currencyField !== undefined && currencyIsFixed) {
        const own = /[^\d\s.,+\-−]/.test(text) ? currencyIn(text) : undefined;
        const chosen = mapping[currencyField];
        const fixed = chosen && 'value' in chosen ? chosen.value : '';
        if (own !== undefined && !sameSign(own, fixed)) values[`${field.name} in`] = own;
      }
    }
    for (const field of kind.fields) {
      const own = values[`${field.name} in`];
      if (own === undefined || currencyField === undefined) continue;
      values[currencyField] = own;
      delete values[`${field.name} in`];
    }
    return { ok: true, values };
  };
}

const totalOr = (cells: readonly string[], reason: string): string =>
  cells.some((cell) => TOTAL.test(cell.trim())) ? 'row:total' : reason;
