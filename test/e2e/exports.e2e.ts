// What is on a screen is taken along: tables as CSV and Excel, charts as PNG and SVG, in both themes.
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../support/event-rows.ts';
import { startServer, type TestServer } from '../support/program.ts';
import { ARTIFACTS, openBrowser, openPage, picture, settled, setUpNord, signInOwner } from './screens-support.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let place: { workspace: string; site: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  place = await setUpNord(page, server.url);
  const rows = Array.from({ length: 300 }, (_, i) =>
    eventRow(place, {
      hostname: 'nord.example',
      device: 'desktop',
      browser: 'Firefox',
      system: 'Linux',
      visitor: BigInt(i + 1),
      at: Date.now() - 30 * 3_600_000 - (i % 9) * 86_400_000,
      country: i % 3 === 0 ? 'DE' : 'FR',
      path: `/page-${i % 40}`,
      channel: 'Direct',
    }),
  );
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const take = async (of: Page, button: string): Promise<{ name: string; bytes: Buffer }> => {
  const [download]: [Download, unknown] = await Promise.all([
    of.waitForEvent('download'),
    of.getByRole('button', { name: button }).first().click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};

test('a table of the overview comes whole, as CSV and as a workbook', async () => {
  await page.goto(`/w/${place.workspace}/overview`);
  await settled(page);
  await picture(page, 'exports-overview');
  const csv = await take(page, 'CSV: Landing pages');
  expect(csv.bytes.toString().trim().split('\r\n')).toHaveLength(41);
  const xlsx = await take(page, 'XLSX: Landing pages');
  expect(xlsx.name).toMatch(/\.xlsx$/);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(xlsx.bytes as never);
  expect(book.worksheets[0]!.rowCount).toBe(41);
});

test.each(['light', 'dark'] as const)(
  'charts come as pictures in the %s theme, with title and period',
  async (theme) => {
    const own = await openPage(browser, server.url, { width: 1440, theme, language: 'en' });
    await signInOwner(own.page, server.url);
    await own.page.goto(`/w/${place.workspace}/overview`);
    await settled(own.page);
    await own.page.locator('section svg path').first().waitFor({ state: 'attached' });
    const svg = await take(own.page, 'SVG: Visitors');
    expect(svg.name).toMatch(/^Visitors 20\d\d-.*\.svg$/);
    const text = svg.bytes.toString();
    expect(text).toContain('>Visitors</text>');
    expect(text).toContain(theme === 'light' ? 'fill="#fff"' : 'fill="#151b1a"');
    const png = await take(own.page, 'PNG: Visitors');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1500);
    const { mkdirSync, writeFileSync } = await import('node:fs');
    mkdirSync(ARTIFACTS, { recursive: true });
    writeFileSync(`${ARTIFACTS}/chart-${theme}.png`, png.bytes);
    await own.page.getByRole('heading', { name: /./ }).first().waitFor();
    await own.page.mouse.wheel(0, 4000);
    await own.page
      .getByRole('img', { name: /Map of the visitors/ })
      .locator('path')
      .first()
      .waitFor();
    const map = await take(own.page, 'PNG: Map');
    writeFileSync(`${ARTIFACTS}/map-${theme}.png`, map.bytes);
    expect(map.bytes.length).toBeGreaterThan(20_000);
    expect(own.faults).toEqual([]);
  },
);

test('the chart as a table is a file too', async () => {
  await page.goto(`/w/${place.workspace}/overview?as=table`);
  await settled(page);
  const csv = await take(page, 'CSV: Visitors');
  expect(csv.bytes.toString().split('\r\n')[0]).toContain('Visitors');
  expect((await take(page, 'XLSX: Visitors')).bytes.subarray(0, 2).toString()).toBe('PK');
  expect(faults).toEqual([]);
});
