// Looks at the beginning of a file and says how it is to be read. What a person has said already holds; the rest is told anew.
import { Readable } from 'node:stream';
import { ImportFileError } from '../errors.ts';
import type { ImportKind } from '../kind.ts';
import { guessMapping, isKnownHeader } from '../mapping.ts';
import type { Mapping, Reading } from '../settings-contract.ts';
import { detectCurrency } from './currency.ts';
import { type DetectedOrder, detectDateOrder } from './dates.ts';
import { detectDelimiter } from './delimiter.ts';
import { detectEncoding } from './encoding.ts';
import { detectHeader } from './header.ts';
import { type DetectedDecimal, detectDecimal } from './numbers.ts';
import { isEmptyRow, type RawRow } from './rows.ts';
import { readHead, rowsOf } from './source.ts';
import { textRows } from './text-rows.ts';
import { sheetsOf } from './xlsx-rows.ts';

const LOOKED_AT = 300;
const SHOWN = 20;

export interface Sniffed {
  reading: Reading;
  /** a person should look at these: the file speaks for two ways alike */
  unsure: ('dateOrder' | 'decimal')[];
  /** of a workbook */
  sheets: string[];
  headers: string[];
  /** the first rows as they are, with what stands above the head */
  rows: RawRow[];
  /** the code most amounts or their head name */
  currency: string | null;
  mapping: Mapping;
}

export async function sniff(path: string, kind: ImportKind, given: Partial<Reading>): Promise<Sniffed> {
  const head = await readHead(path);
  const sheets = head.format === 'xlsx' ? await sheetsOf(path) : [];
  const encoding = given.encoding ?? detectEncoding(head.bytes);
  const text = head.format === 'text' ? new TextDecoder(encoding).decode(head.bytes) : '';
  const delimiter = given.delimiter ?? detectDelimiter(text, head.isWhole);
  const reading: Reading = {
    format: head.format,
    encoding,
    delimiter,
    sheet: given.sheet ?? sheets[0] ?? '',
    headerLine: 0,
    decimal: given.decimal ?? '.',
    dateOrder: given.dateOrder ?? 'ymd',
  };
  let rows: RawRow[];
  if (head.format === 'text') {
    rows = await first(textRows(Readable.from([head.bytes]), reading));
    // what stands at the end of a piece may be half a row
    if (!head.isWhole && rows.length < LOOKED_AT && rows.length > 1) rows.pop();
  } else {
    rows = await first(rowsOf(path, reading));
    for (const sheet of given.sheet === undefined ? sheets.slice(1) : []) {
      if (rows.length > 1) break;
      const more = await first(rowsOf(path, { ...reading, sheet }));
      if (more.length > rows.length) {
        rows = more;
        reading.sheet = sheet;
      }
    }
  }
  if (rows.length === 0)
    throw new ImportFileError('empty', 'There are no rows in the file. Export it again from where it comes from.');
  reading.headerLine = given.headerLine ?? detectHeader(rows, (cell) => isKnownHeader(kind, cell));
  const headers = headersOf(rows, reading.headerLine);
  const below = rows.filter((row) => row.line > reading.headerLine).map((row) => row.cells);
  const columns = headers.map((_, column) => below.map((cells) => cells[column] ?? ''));

  const found = values(columns);
  reading.dateOrder = given.dateOrder ?? found.dates[0]?.order ?? 'ymd';
  reading.decimal =
    given.decimal ?? found.decimal?.decimal ?? (delimiter === ';' && head.format === 'text' ? ',' : '.');
  const mapping = guessMapping(kind, headers, below, reading);

  // what the mapped columns say goes before what the others say
  const day = columnOf(kind, mapping, 'day');
  const amount = columnOf(kind, mapping, 'amount');
  const own = day === undefined ? null : detectDateOrder(columns[day] ?? []);
  const sign = amount === undefined ? null : detectDecimal(columns[amount] ?? []);
  if (own && given.dateOrder === undefined) reading.dateOrder = own.order;
  if (sign && given.decimal === undefined) reading.decimal = sign.decimal;
  const unsure: Sniffed['unsure'] = [];
  if (given.dateOrder === undefined && (own ?? found.dates[0])?.ambiguous) unsure.push('dateOrder');
  if (given.decimal === undefined && sign?.ambiguous) unsure.push('decimal');
  const currency =
    amount === undefined
      ? undefined
      : (detectCurrency([headers[amount] ?? '']) ?? detectCurrency(columns[amount] ?? []) ?? detectCurrency(headers));
  return { reading, unsure, sheets, headers, rows: rows.slice(0, SHOWN), currency: currency ?? null, mapping };
}

async function first(rows: AsyncGenerator<RawRow>): Promise<RawRow[]> {
  const taken: RawRow[] = [];
  for await (const row of rows) {
    taken.push(row);
    if (taken.length === LOOKED_AT) break;
  }
  return taken;
}

/** As wide as the widest row; a column without a name is called by its number. */
export function headersOf(rows: readonly RawRow[], headerLine: number): string[] {
  const named = rows.find((row) => row.line === headerLine)?.cells ?? [];
  const width = Math.max(
    named.length,
    ...rows.filter((row) => row.line > headerLine && !isEmptyRow(row.cells)).map((row) => lastGiven(row.cells)),
  );
  return Array.from({ length: width }, (_, column) => named[column]?.trim().slice(0, 200) || `#${column + 1}`);
}

const lastGiven = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1;

function values(columns: readonly (readonly string[])[]): { dates: DetectedOrder[]; decimal: DetectedDecimal | null } {
  const dates: DetectedOrder[] = [];
  const figures: string[] = [];
  for (const cells of columns) {
    const order = detectDateOrder(cells);
    if (order) dates.push(order);
    else figures.push(...cells);
  }
  return { dates, decimal: detectDecimal(figures) };
}

function columnOf(kind: ImportKind, mapping: Mapping, type: 'day' | 'amount'): number | undefined {
  for (const field of kind.fields) {
    const from = mapping[field.name];
    if (field.type === type && from && 'column' in from) return from.column;
  }
  return undefined;
}
