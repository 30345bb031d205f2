// The journey of a cost and of a note: entered, corrected, taken back, put back, and what the trail and the report say of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/program.ts';
import { openBrowser, openPage, settled, setUpNord } from './screens-support.ts';

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

const day = (): Promise<string> => page.getByLabel('Day').inputValue();
async function costOfReport(): Promise<unknown> {
  await server.program.outbox.drain();
  const from = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const query = { period: [from, to], measures: ['cost'], dimensions: [], robots: 'exclude', limit: 10, offset: 0 };
  return (await server.program.reports.run(workspace, query as never)).totals.cost;
}

test('a cost is entered, corrected, taken back and entered again, and reports follow', async () => {
  await page.goto(`/w/${workspace}/costs`);
  await settled(page);
  await page.getByText('No cost is known yet').waitFor();
  expect(await day()).toBe(new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date()));
  await page.getByLabel('Source', { exact: true }).fill('google');
  await page.getByLabel('Medium').fill('cpc');
  await page.getByLabel('Campaign').fill('tents');
  await page.getByLabel('Amount', { exact: true }).fill('twelve');
  await page.getByRole('button', { name: 'Save the cost' }).click();
  await page.getByText('A number like 119.00').waitFor();
  await page.getByLabel('Amount', { exact: true }).fill('120,50');
  await page.keyboard.press('Enter');
  await page.getByText('The cost is in the figures.').waitFor();
  await expect.poll(costOfReport).toBe(12_050);

  await page.getByLabel('Amount', { exact: true }).fill('100.50');
  await page.keyboard.press('Enter');
  await page.getByText('The cost was corrected.').waitFor();
  await expect.poll(costOfReport).toBe(10_050);
  await page.reload();
  await page.getByRole('heading', { name: 'Past figures that moved' }).waitFor();
  await page.getByRole('cell', { name: '−20 EUR' }).waitFor();

  await page.getByRole('button', { name: /^Take back:.*tents/ }).click();
  await page.getByText('The cost is taken back: 100.50 EUR').waitFor();
  await expect.poll(costOfReport).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Take back:.*tents/ }).waitFor();
  await expect.poll(costOfReport).toBe(10_050);
  await page.goto(`/w/${workspace}/settings/audit`);
  await page.getByText('Cost taken back:').waitFor();
  expect(await page.getByText('Cost entered:').count()).toBe(3);
  expect(faults).toEqual([]);
});

test('a note is written, removed and put back', async () => {
  await page.goto(`/w/${workspace}/notes`);
  await page.getByText('No notes yet').waitFor();
  await page.getByLabel('What happened').fill('New prices');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove: New prices' }).click();
  await page.getByText('“New prices” is removed.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Remove: New prices' }).waitFor();
  expect(faults).toEqual([]);
});
