// A table as a CSV, XLSX or JSON file, row by row: the same bytes whether the server streams them or a browser makes them of the rows it
// has. Nothing in it runs when a spreadsheet opens it. Browser-safe.
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { type Cell, CSV_MARK, csvLine } from './csv.ts';

export type { Cell };

export const TABLE_FORMATS = ['csv', 'xlsx', 'json'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];
export type TableRows = AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;

export const TABLE_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

const PIECE = 64 * 1024;

export async function* csvBytes(head: readonly Cell[], rows: TableRows): AsyncGenerator<Uint8Array> {
  let text = CSV_MARK + csvLine(head);
  for await (const row of rows) {
    text += csvLine(row);
    if (text.length < PIECE) continue;
    yield strToU8(text);
    text = '';
  }
  yield strToU8(text);
}

/** A list of objects, one a row, with the heads as their keys; a head that stands twice gets a number. */
export async function* jsonBytes(head: readonly Cell[], rows: TableRows): AsyncGenerator<Uint8Array> {
  const seen = new Map<string, number>();
  const keys = head.map((cell) => {
    const name = String(cell ?? '');
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return JSON.stringify(times === 1 ? name : `${name} ${times}`);
  });
  let text = '[';
  let first = true;
  for await (const row of rows) {
    text += `${first ? '' : ','}\n{${keys.map((key, i) => `${key}:${JSON.stringify(row[i] ?? null)}`).join(',')}}`;
    first = false;
    if (text.length < PIECE) continue;
    yield strToU8(text);
    text = '';
  }
  yield strToU8(`${text}\n]\n`);
}

/** Rows a sheet may have; what is more goes on in the next one. */
const MOST_ROWS = 1_048_576;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_HEAD = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
const SHEET_END = '</sheetData></worksheet>';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML can't hold is left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be left out
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string => text.replace(NO_XML, '').replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

/** 27 → 'AB' */
function letters(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? letters(before - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Text is marked as text, so a spreadsheet never takes it for a formula. */
function xlsxCell(value: Cell, place: string): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'number') return Number.isFinite(value) ? `<c r="${place}"><v>${value}</v></c>` : '';
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, 32_767))}</t></is></c>`;
}
const xlsxRow = (cells: readonly Cell[], row: number): string =>
  `<row r="${row}">${cells.map((cell, column) => xlsxCell(cell, `${letters(column)}${row}`)).join('')}</row>`;

export async function* xlsxBytes(name: string, head: readonly Cell[], rows: TableRows): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  const drain = (): Uint8Array[] => {
    const full = ready;
    ready = [];
    return full;
  };
  let sheets = 0;
  const begin = (): ZipDeflate => {
    sheets++;
    const made = new ZipDeflate(`xl/worksheets/sheet${sheets}.xml`, { level: 6 });
    zip.add(made);
    return made;
  };
  let sheet = begin();
  let text = SHEET_HEAD + xlsxRow(head, 1);
  let count = 1;
  for await (const row of rows) {
    if (count === MOST_ROWS) {
      sheet.push(strToU8(text + SHEET_END), true);
      sheet = begin();
      text = SHEET_HEAD + xlsxRow(head, 1);
      count = 1;
    }
    count++;
    text += xlsxRow(row, count);
    if (text.length < PIECE) continue;
    sheet.push(strToU8(text));
    text = '';
    yield* drain();
  }
  sheet.push(strToU8(text + SHEET_END), true);
  for (const [path, content] of frame(name, sheets)) {
    const part = new ZipPassThrough(path);
    zip.add(part);
    part.push(strToU8(content), true);
  }
  zip.end();
  yield* drain();
}

function frame(name: string, sheets: number): [string, string][] {
  const all = Array.from({ length: sheets }, (_, i) => i + 1);
  const title = escaped(
    name
      .replace(/[[\]:*?/\\]/g, ' ')
      .trim()
      .slice(0, 25) || 'Sheet',
  );
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${all.map((i) => `<sheet name="${title}${i > 1 ? ` ${i}` : ''}" sheetId="${i}" r:id="rId${i}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.map((i) => `<Relationship Id="rId${i}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i}.xml"/>`).join('')}</Relationships>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${workbook}.sheet.main+xml"/>${all.map((i) => `<Override PartName="/xl/worksheets/sheet${i}.xml" ContentType="${workbook}.worksheet+xml"/>`).join('')}</Types>`,
    ],
  ];
}

export const tableBytes = (
  format: TableFormat,
  name: string,
  head: readonly Cell[],
  rows: TableRows,
): AsyncGenerator<Uint8Array> =>
  format === 'json' ? jsonBytes(head, rows) : format === 'csv' ? csvBytes(head, rows) : xlsxBytes(name, head, rows);
