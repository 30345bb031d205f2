// The journey of a cost report from its file: dropped, looked at, set right, tried, imported, left and come back to, taken back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { windows1251 } from '../../src/platform/imports/testing.ts';
import { startServer, type TestServer } from '../support/program.ts';
import {
  accessibilityFaults,
  openBrowser,
  openPage,
  picture,
  settled,
  setUpNord,
  sidewaysScroll,
} from './screens-support.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  ({ workspace } = await setUpNord(page, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const REPORT = `Отчёт по кампаниям\r\n\r\nДата;Название кампании;Расход, руб.;Клики\r\n${Array.from({ length: 30 }, (_, i) => `${String(i + 1).padStart(2, '0')}.11.2026;Бренд;1 ${200 + i},50;${20 + i}\r\n`).join('')}31.11.2026;Бренд;5,00;1\r\nИтого;;36 450,00;1035\r\n`;
const choose = (name: string, buffer: Buffer) =>
  page.getByLabel('File to import').setInputFiles({ name, mimeType: 'text/csv', buffer });
const pick = async (label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const costs = async (): Promise<number> =>
  (await server.program.installation.pool.query('SELECT count(*) AS n FROM cost WHERE workspace = $1', [workspace]))
    .rows[0].n;

test('a Russian cost report is understood, tried, imported, and taken back whole', async () => {
  await page.goto(`/w/${workspace}/costs`);
  await page.getByRole('link', { name: 'Import a file' }).click();
  await page.getByText('Nothing was imported yet.').waitFor();
  await choose('direct-2026-11.csv', windows1251(REPORT));
  await page.getByRole('heading', { name: 'How the file is read' }).waitFor();
  await settled(page);
  const value = (label: string) => page.getByRole('combobox', { name: label, exact: true }).inputValue();
  expect(await value('Encoding')).toBe('Windows-1251 (Cyrillic)');
  expect(await value('Columns are parted by')).toBe('semicolon');
  expect(await value('Order of a date')).toBe('day, month, year');
  expect(await value('Decimal sign')).toBe('comma: 1 234,56');
  expect(await page.getByLabel('Line with column names').inputValue()).toBe('3');
  expect(await value('Campaign')).toBe('Название кампании');
  expect(await page.getByLabel('Where the file comes from').inputValue()).toBe('direct');
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'imports-look');
  // a wrong alphabet is seen at once, and set right
  await pick('Encoding', 'KOI8-R');
  await page.getByRole('cell', { name: 'Бренд' }).first().waitFor({ state: 'detached' });
  await pick('Encoding', 'Windows-1251 (Cyrillic)');
  await page.getByRole('cell', { name: 'Бренд' }).first().waitFor();
  await pick('Source', 'One value for all rows:');
  await page.getByLabel('Source: value for all rows').fill('yandex');
  await pick('Medium', 'One value for all rows:');
  await page.getByLabel('Medium: value for all rows').fill('cpc');
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByText('32 rows, 30 days change, 2 rejected').first().waitFor();
  await page.getByText('Day is no date').first().waitFor();
  await page.getByText('a line of totals, left out').first().waitFor();
  expect(await costs()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'imports-checked');

  // left, and come back to
  await page.reload();
  await page.getByRole('button', { name: 'direct-2026-11.csv' }).click();
  await page.getByRole('button', { name: 'Import 30 rows' }).click();
  await page.getByText('Imported: 30 rows, 30 days changed').first().waitFor();
  expect(await costs()).toBe(30);
  await picture(page, 'imports-done');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '2 rejected rows as a file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('direct-2026-11-rejected.csv');

  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page
    .getByLabel('Type “direct” to confirm')
    .or(page.getByRole('dialog').getByRole('textbox'))
    .first()
    .fill('direct');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await page.getByText('Taken back: 30 rows are as they were before.').first().waitFor();
  expect(await costs()).toBe(0);
});

test('the next file of the source needs no questions, and what is no table is told so', async () => {
  await page.goto(`/w/${workspace}/imports`);
  await choose('next.csv', windows1251(REPORT));
  await page.getByText('Settings of “direct” were used again').waitFor();
  await page.getByRole('button', { name: 'Throw away' }).click();
  await page.getByText('Drop a CSV, TSV or XLSX file here').waitFor();
  await choose('old.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'));
  await page.getByText('Save it as XLSX').waitFor();
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await page.getByText('Drop a CSV, TSV or XLSX file here').waitFor();
  expect(faults).toEqual([]);
});

test('notes are imported on a phone in Russian', async () => {
  const phone = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await phone.page.context().addCookies(await page.context().cookies());
  await phone.page.goto(`/w/${workspace}/notes`);
  await phone.page.getByRole('link', { name: 'Загрузить файл' }).click();
  const text = 'Дата;Событие\n24 ноября 2026;Запуск каталога\n25.11.2026;Сбой оплаты\n';
  await phone.page
    .getByLabel('Файл для импорта')
    .setInputFiles({ name: 'заметки.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await phone.page.getByRole('heading', { name: 'Как читается файл' }).waitFor();
  await settled(phone.page);
  expect(await sidewaysScroll(phone.page)).toBe(0);
  expect(await accessibilityFaults(phone.page)).toEqual([]);
  await picture(phone.page, 'imports-phone');
  await phone.page.getByRole('button', { name: 'Проверить строки' }).click();
  await phone.page.getByText('2 строки, изменятся 2 дня, не принято 0').first().waitFor();
  await phone.page.getByRole('button', { name: 'Загрузить 2 строки' }).click();
  await phone.page.getByText('Загружено: 2 строки, изменились 2 дня').first().waitFor();
  await phone.page.goto(`/w/${workspace}/notes`);
  await phone.page.getByText('Запуск каталога').waitFor();
  expect(phone.faults).toEqual([]);
});
