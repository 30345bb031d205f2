// The journey of a company that is taken along: exported, downloaded, taken in as a second one, opened; and a file that is none.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
let archive: Buffer;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  ({ workspace } = await setUpNord(page, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('an owner takes the company along, and brings it in again as a second one', async () => {
  await page.goto(`/w/${workspace}/settings/backup`);
  await page.getByText('No backup of this installation is known').waitFor();
  await page.getByText('Nothing was exported or imported yet.').waitFor();
  await page.getByRole('button', { name: 'Export Nord' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download: nord-/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^nord-\d{4}-\d\d-\d\d\.tar$/);
  archive = readFileSync(await download.path());

  await page
    .getByLabel('Exported company')
    .setInputFiles({ name: 'nord.tar', mimeType: 'application/x-tar', buffer: archive });
  await page.getByText('Put the new line from “Sites” on these sites').waitFor();
  await page.getByRole('link', { name: 'Open the company' }).waitFor();
  await settled(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'backup');
  await page.getByRole('link', { name: 'Open the company' }).click();
  await page.waitForURL((url) => /\/w\/[^/]+\/overview/.test(url.pathname) && !url.pathname.includes(workspace));
  await page.getByRole('heading', { level: 1 }).waitFor();

  await page.goto(`/w/${workspace}/settings/backup`);
  await page.getByRole('button', { name: /^Delete the file: nord-/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(download.suggestedFilename());
  await dialog.getByRole('button', { name: 'Delete the file' }).click();
  await page.getByRole('button', { name: /^Download: nord-/ }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('on a phone in Russian a file that is damaged is told so, and nothing comes of it', async () => {
  const phone = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await phone.page.context().addCookies(await page.context().cookies());
  await phone.page.goto(`/w/${workspace}/settings/backup`);
  const bad = Buffer.from(archive);
  bad[600] = bad[600]! ^ 1;
  await phone.page
    .getByLabel('Выгруженная компания')
    .setInputFiles({ name: 'nord.tar', mimeType: 'application/x-tar', buffer: bad });
  await phone.page.getByText('is damaged and was not used').waitFor();
  await settled(phone.page);
  expect(await sidewaysScroll(phone.page)).toBe(0);
  expect(await accessibilityFaults(phone.page)).toEqual([]);
  await picture(phone.page, 'backup-phone');
  expect(phone.faults).toEqual([]);
});
