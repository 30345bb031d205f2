// Rows of a sheet of a workbook, read as they come. Numbers come with the decimal sign the reading names, days as 2026-11-24.
import { ImportFileError } from '../errors.ts';
import type { Reading } from '../settings-contract.ts';
import { isEmptyRow, MOST_CELL, MOST_COLUMNS, type RawRow } from './rows.ts';
import { readWorkbook, readXml, SharedTexts } from './xlsx-parts.ts';
import { Zip } from './zip.ts';

/** Bytes a sheet may unpack to. */
const MOST_SHEET = 4_000_000_000;
const DAY = 86_400_000;

export async function sheetsOf(path: string): Promise<string[]> {
  return (await readWorkbook(await Zip.open(path))).sheets.map((sheet) => sheet.name);
}

export async function* xlsxRows(
  path: string,
  { sheet, decimal }: Pick<Reading, 'sheet' | 'decimal'>,
  seen?: (bytes: number) => void,
): AsyncGenerator<RawRow> {
  const zip = await Zip.open(path);
  const workbook = await readWorkbook(zip);
  const chosen = sheet === '' ? workbook.sheets[0] : workbook.sheets.find((one) => one.name === sheet);
  if (!chosen)
    throw new ImportFileError(
      'no-sheet',
      `The workbook has no sheet called “${sheet}”. Choose one of: ${workbook.sheets.map((one) => one.name).join(', ')}.`,
    );
  const texts = await SharedTexts.read(zip);
  const zero = workbook.from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);

  let ready: RawRow[] = [];
  let row: RawRow = { line: 0, cells: [] };
  let column = -1;
  let type = '';
  let style = 0;
  let take = false;
  let value: string[] = [];
  const cellText = (): string => {
    const text = value.join('').slice(0, MOST_CELL);
    if (type === 's') return texts.get(Number(text));
    if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
    if (type === 'd') return text.slice(0, 10);
    if (type !== '' && type !== 'n') return text;
    if (text === '') return '';
    const number = Number(text);
    if (!Number.isFinite(number)) return text;
    if (workbook.isDate[style] && number >= 1) return dayOf(zero, number);
    return plainNumber(number).replace('.', decimal);
  };
  const drain = (): RawRow[] => {
    const full = ready;
    ready = [];
    return full;
  };
  const bytes = await zip.read(chosen.path, MOST_SHEET, seen);
  try {
    yield* readXml(
      bytes,
      {
        open: (name, attributes) => {
          if (name === 'row') {
            row = { line: Number(attributes.r) || row.line + 1, cells: [] };
            column = -1;
          } else if (name === 'c') {
            column = attributes.r ? columnOf(attributes.r) : column + 1;
            type = attributes.t ?? '';
            style = Number(attributes.s ?? 0);
            value = [];
          } else take = name === 'v' || name === 't';
        },
        close: (name) => {
          take = false;
          if (name === 'c' && column >= 0 && column < MOST_COLUMNS && value.length > 0) {
            while (row.cells.length < column) row.cells.push('');
            row.cells[column] = cellText();
          }
          if (name === 'row' && !isEmptyRow(row.cells)) ready.push(row);
        },
        text: (text) => {
          if (take) value.push(text);
        },
      },
      drain,
    );
  } finally {
    bytes.destroy();
  }
}

/** 'BC12' → 54 */
function columnOf(reference: string): number {
  let number = 0;
  for (const char of reference) {
    const code = char.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    number = number * 26 + code;
  }
  return number - 1;
}

/** Excel shows 15 figures; what is behind them is the noise of halves and quarters. */
function plainNumber(number: number): string {
  const short = String(Number(number.toPrecision(15)));
  return short.includes('e') ? number.toFixed(10).replace(/\.?0+$/, '') : short;
}

function dayOf(zero: number, serial: number): string {
  const at = zero + Math.floor(serial) * DAY;
  return at < 8.64e15 ? new Date(at).toISOString().slice(0, 10) : String(serial);
}
