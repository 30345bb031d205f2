// Tables as files: read back by others, and nothing in them runs.
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { asText, csvLine } from './csv.ts';
import { tableBytes } from './table-file-contract.ts';

const bytesOf = async (parts: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};

test('what a spreadsheet would run is text; numbers stay numbers', () => {
  for (const text of ['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\t=1', '=HYPERLINK("x")'])
    expect(asText(text)).toBe(`'${text}`);
  for (const text of ['-5', '-12.50', '+7', 'a=b', '']) expect(asText(text)).toBe(text);
  expect(csvLine(['a,b', 'say "x"', -5, null, '=1'])).toBe(`"a,b","say ""x""",-5,,'=1\r\n`);
});

test('a workbook is read by others as it was written', async () => {
  const rows = [
    ['Бренд & <сын>', 12.5, null],
    ['=1+1', -3, 'line\nbreak\u0000'],
  ];
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await bytesOf(tableBytes('xlsx', 'Costs/2026', ['Name', 'Cost', 'Note'], rows))) as never);
  const sheet = book.worksheets[0]!;
  expect(sheet.name).toBe('Costs 2026');
  expect(sheet.getRow(1).values).toEqual([undefined, 'Name', 'Cost', 'Note']);
  expect(sheet.getCell('A2').value).toBe('Бренд & <сын>');
  expect(sheet.getCell('B2').value).toBe(12.5);
  expect(sheet.getCell('C2').value).toBeNull();
  expect(sheet.getCell('A3').value).toBe('=1+1');
  expect(sheet.getCell('A3').formula).toBeUndefined();
  expect(sheet.getCell('C3').value).toBe('line\nbreak');
});

test('more rows than a sheet may have go on in the next, and memory does not grow with them', {
  timeout: 60_000,
}, async () => {
  function* rows() {
    for (let i = 0; i < 1_100_000; i++) yield [`row ${i}`, i];
  }
  const before = process.memoryUsage().rss;
  let size = 0;
  let peak = 0;
  for await (const part of tableBytes('xlsx', 'Long', ['a', 'b'], rows())) {
    size += part.length;
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  expect(size).toBeGreaterThan(1_000_000);
  expect(peak - before).toBeLessThan(250_000_000);
});

test('JSON is a list of objects with the heads as keys, numbers as numbers, and a head that stands twice told apart', async () => {
  const rows = [
    ['Ten, "ten"', 10.5, null],
    ['=1+1', -3, undefined],
  ];
  const text = new TextDecoder().decode(await bytesOf(tableBytes('json', 'Costs', ['Name', 'Cost', 'Cost'], rows)));
  expect(JSON.parse(text)).toEqual([
    { Name: 'Ten, "ten"', Cost: 10.5, 'Cost 2': null },
    { Name: '=1+1', Cost: -3, 'Cost 2': null },
  ]);
  expect(JSON.parse(new TextDecoder().decode(await bytesOf(tableBytes('json', 'x', ['a'], []))))).toEqual([]);
});
