// Workbooks: written by a spreadsheet library, read by our own reader as a stream; damaged, locked and swollen ones are refused.
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { type Sniffed, sniff } from './reading/sniff.ts';
import { rowsOf } from './reading/source.ts';
import { testKind, withFile } from './testing.ts';

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}
const look = (bytes: Buffer): Promise<Sniffed> => withFile(bytes, (path) => sniff(path, testKind, {}));

test('days are days, amounts amounts and texts texts, whatever the cells look like', async () => {
  const bytes = await workbook((book) => {
    const sheet = book.addWorksheet('Расходы');
    sheet.addRow(['Отчёт по кампаниям']);
    sheet.addRow([]);
    sheet.addRow(['Дата', 'Кампания', 'Расход', 'Клики']);
    const dated = sheet.addRow([new Date(Date.UTC(2026, 10, 1)), 'Бренд', 1234.1 + 0.2, 10]);
    dated.getCell(1).numFmt = 'dd.mm.yyyy';
    dated.getCell(3).numFmt = '# ##0,00 "₽"';
    sheet.addRow(['02.11.2026', { richText: [{ text: 'По' }, { text: 'иск' }] }, 0.1, 7]);
    sheet
      .addRow([
        new Date(Date.UTC(2026, 10, 3, 15, 30)),
        { formula: 'B4', result: 'Бренд' },
        { formula: '1+1', result: 2 },
        0,
      ])
      .getCell(1).numFmt = 'yyyy-mm-dd hh:mm';
  });
  const found = await look(bytes);
  expect(found).toMatchObject({
    reading: { format: 'xlsx', sheet: 'Расходы', headerLine: 3, dateOrder: 'dmy', decimal: '.' },
    headers: ['Дата', 'Кампания', 'Расход', 'Клики'],
    mapping: { day: { column: 0 }, campaign: { column: 1 }, amount: { column: 2 }, clicks: { column: 3 } },
  });
  expect(found.rows.slice(2)).toEqual([
    { line: 4, cells: ['2026-11-01', 'Бренд', '1234.3', '10'] },
    { line: 5, cells: ['02.11.2026', 'Поиск', '0.1', '7'] },
    { line: 6, cells: ['2026-11-03', 'Бренд', '2', '0'] },
  ]);
});

test('numbers follow the decimal sign of the file, so that text and number cells are read alike', async () => {
  const bytes = await workbook((book) => {
    const sheet = book.addWorksheet('A');
    sheet.addRow(['Day', 'Cost']);
    sheet.addRow(['2026-11-01', 1.234]);
    sheet.addRow(['2026-11-02', '1 200,50']);
  });
  await withFile(bytes, async (path) => {
    const { reading } = await sniff(path, testKind, { decimal: ',' });
    const cells: string[] = [];
    for await (const row of rowsOf(path, reading)) cells.push(row.cells[1] ?? '');
    expect(cells).toEqual(['Cost', '1,234', '1 200,50']);
  });
});

test('the first sheet that holds a table is taken, and another can be chosen', async () => {
  const bytes = await workbook((book) => {
    book.addWorksheet('Cover').addRow(['Made by an agency']);
    const sheet = book.addWorksheet('Data');
    sheet.addRow(['Day', 'Cost']);
    sheet.addRow(['2026-11-01', 5]);
  });
  expect(await look(bytes)).toMatchObject({
    sheets: ['Cover', 'Data'],
    reading: { sheet: 'Data' },
    headers: ['Day', 'Cost'],
  });
  await expect(withFile(bytes, (path) => sniff(path, testKind, { sheet: 'Gone' }))).rejects.toThrow(
    'no sheet called “Gone”',
  );
});

test('a workbook cut off is refused', async () => {
  const bytes = await workbook((book) => void book.addWorksheet('A').addRow(['Day', 'Cost']));
  await expect(look(bytes.subarray(0, bytes.length - 40))).rejects.toThrow('The workbook is damaged');
  const hurt = Buffer.from(bytes);
  hurt.fill(0xff, 60, bytes.indexOf('PK\u0001\u0002', 0, 'latin1'));
  await expect(look(hurt)).rejects.toThrow(/damaged/);
});

test('a sheet that unpacks to far more than it is packed is refused before it fills the memory', async () => {
  const row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>';
  const bytes = pack({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<R><Relationship Id="1" Target="worksheets/sheet1.xml"/></R>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${row}${' '.repeat(300_000_000)}</sheetData></worksheet>`,
  });
  expect(bytes.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage().rss;
  await expect(
    withFile(bytes, async (path) => {
      const { reading } = { reading: { ...(await readingOf()), sheet: 'A' } };
      for await (const _ of rowsOf(path, reading));
    }),
  ).rejects.toThrow('unpacks to more than');
  expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000);
});

const readingOf = async () =>
  (await look(await workbook((book) => void book.addWorksheet('A').addRow(['Day', 'Cost'])))).reading;

/** A zip of the parts, as small as it gets. */
function pack(parts: Record<string, string>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(head, Buffer.from(name), packed);
    entries.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}
