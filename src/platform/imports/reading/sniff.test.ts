// Whole files, as their programs write them, are told apart and read.
import { expect, test } from 'vitest';
import type { Reading } from '../settings-contract.ts';
import { testKind, windows1251, withFile } from '../testing.ts';
import { detectEncoding } from './encoding.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { rowsOf } from './source.ts';

const look = (bytes: Buffer | string, given: Partial<Reading> = {}): Promise<Sniffed> =>
  withFile(bytes, (path) => sniff(path, testKind, given));
const rows = (bytes: Buffer | string): Promise<string[][]> =>
  withFile(bytes, async (path) => {
    const { reading } = await sniff(path, testKind, {});
    const all: string[][] = [];
    for await (const { cells } of rowsOf(path, reading)) all.push(cells);
    return all;
  });

const RUSSIAN =
  'Дата;Кампания;Расход, ₽\r\n01.11.2026;Осенняя распродажа;1 234,50\r\n02.11.2026;Поиск по бренду;99,00\r\n';

test.each([
  ['utf-8', Buffer.from(RUSSIAN)],
  ['utf-8', Buffer.from(`\uFEFF${RUSSIAN}`)],
  ['utf-16le', Buffer.from(`\uFEFF${RUSSIAN}`, 'utf16le')],
  ['utf-16le', Buffer.from(RUSSIAN, 'utf16le')],
  ['utf-16be', Buffer.from(`\uFEFF${RUSSIAN}`, 'utf16le').swap16()],
] as const)('a file in %s says all of itself', async (encoding, bytes) => {
  const found = await look(bytes);
  expect(found).toMatchObject({
    reading: { format: 'text', encoding, delimiter: ';', headerLine: 1, decimal: ',', dateOrder: 'dmy' },
    unsure: [],
    headers: ['Дата', 'Кампания', 'Расход, ₽'],
    currency: 'RUB',
    mapping: { day: { column: 0 }, campaign: { column: 1 }, amount: { column: 2 } },
  });
  expect((await rows(bytes))[1]).toEqual(['01.11.2026', 'Осенняя распродажа', '1 234,50']);
});

test('a file in Windows-1251, which has no sign of the rouble', async () => {
  const bytes = windows1251(RUSSIAN.replace('₽', 'руб.'));
  expect(await look(bytes)).toMatchObject({
    reading: { encoding: 'windows-1251', delimiter: ';', decimal: ',' },
    headers: ['Дата', 'Кампания', 'Расход, руб.'],
    currency: 'RUB',
  });
  expect((await rows(bytes))[2]).toEqual(['02.11.2026', 'Поиск по бренду', '99,00']);
});

test('KOI8-R, the alphabet of DOS and a western one are told from Windows-1251', () => {
  const koi = Buffer.from('f2c1d3c8cfc420d0cf20cbc1cdd0c1cec9d1cd20dac120cedcd1c2d2d8', 'hex');
  expect(detectEncoding(koi)).toBe('koi8-r');
  const dos = Buffer.from('90a0e1e5aea420afae20aaa0acafa0adefac20a7a020adaeefa1e0ec', 'hex');
  expect(detectEncoding(dos)).toBe('ibm866');
  expect(detectEncoding(Buffer.from('Düsseldorf;Köln;Übung', 'latin1'))).toBe('windows-1252');
});

test('a report with a title above its head and totals below it', async () => {
  const text =
    'Campaign report\n"1 Nov 2026 - 3 Nov 2026"\n\nDay,Campaign,Clicks,Cost\n2026-11-01,Brand,10,$5.20\n2026-11-02,Brand,11,$1,\nTotal,,21,$6.20\n';
  expect(await look(text)).toMatchObject({
    reading: { headerLine: 4, delimiter: ',', decimal: '.', dateOrder: 'ymd' },
    headers: ['Day', 'Campaign', 'Clicks', 'Cost'],
    currency: 'USD',
    mapping: { day: { column: 0 }, campaign: { column: 1 }, clicks: { column: 2 }, amount: { column: 3 } },
  });
});

test('a file without a head: columns are known by what stands in them', async () => {
  expect(await look('2026-11-01\t5.20\n2026-11-02\t7.10\n')).toMatchObject({
    reading: { headerLine: 0, delimiter: '\t' },
    headers: ['#1', '#2'],
    mapping: { day: { column: 0 }, amount: { column: 1 } },
  });
});

test('quotes hold delimiters, quotes and lines; the line of a row is where it begins', async () => {
  const text = 'date,campaign,cost\n2026-11-01,"one, ""two""\nthree",5\n2026-11-02,next,6\n';
  const found = await look(text);
  expect(found.rows.map(({ line, cells }) => [line, cells[1]])).toEqual([
    [1, 'campaign'],
    [2, 'one, "two"\nthree'],
    [4, 'next'],
  ]);
});

test('what a person says holds, and the rest follows it', async () => {
  const text = 'date;cost\n03/04/2026;1,234\n03/05/2026;2,500\n';
  const found = await look(text);
  expect(found.unsure).toEqual(['dateOrder', 'decimal']);
  const said = await look(text, { dateOrder: 'dmy', decimal: ',' });
  expect(said).toMatchObject({ unsure: [], reading: { dateOrder: 'dmy', decimal: ',' } });
  expect((await look(text, { delimiter: ',' })).headers).toEqual(['#1', '#2']);
});

test.each([
  ['', 'The file is empty'],
  ['  \n \n', 'The file is empty'],
  [';;;\n;;\n', 'There are no rows'],
  ['<html><table><tr><td>1</td></tr></table>', 'This is a web page'],
  [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'This is an old Excel file'],
  [Buffer.from('1f8b080000', 'hex'), 'The file is packed'],
  [Buffer.from('89504e470d0a1a0a0000000d4948445200000100', 'hex'), 'This is no table'],
  [Buffer.concat([Buffer.from('504b030414000000', 'hex'), Buffer.alloc(40)]), 'The workbook is damaged'],
])('what is no table is refused in words that say what to do (%#)', async (bytes, words) => {
  await expect(look(bytes)).rejects.toThrow(words);
});

test('a quotation mark that is never closed is named by its line, and holds no memory', async () => {
  const long = `date,campaign,cost\n2026-11-01,"open,5\n${'2026-11-02,next,6\n'.repeat(120_000)}`;
  await expect(rows(long)).rejects.toThrow('From line 2 on');
});
