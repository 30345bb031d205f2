// Money as a marketer meets it: a rate by hand, a bank's file, the standard VAT of the country.
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

const FILE = `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="20.11.2025"><Valute><CharCode>USD</CharCode><Nominal>1</Nominal><Value>80,73</Value></Valute><Valute><CharCode>JPY</CharCode><Nominal>100</Nominal><Value>52,10</Value></Valute></ValCurs>`;
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

test('an empty screen teaches, and VAT begins with the rates of the country', async () => {
  await page.goto(`/w/${workspace}/settings/money`);
  await page.getByText('No bank is connected yet').waitFor();
  await page.getByText('No VAT yet').waitFor();
  expect(await page.getByRole('combobox', { name: 'Country' }).inputValue()).toBe('Germany');
  await page.getByRole('button', { name: 'Take its rates' }).click();
  await page.getByText('from 1 Jan 2021').waitFor();
  const sixteen = page.getByRole('button', { name: 'Take back: 16%, 1 Jul 2020' });
  await sixteen.click();
  await sixteen.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await sixteen.waitFor();
});

test('a rate by hand and a bank’s file stand side by side', async () => {
  await page.getByLabel('One', { exact: true }).fill('usd');
  await page.getByLabel('Is worth').fill('0,92');
  await page.getByRole('button', { name: 'Save the rate' }).click();
  await page.getByRole('row', { name: /1 USD → EUR.*0\.92/ }).waitFor();
  const file = { name: 'daily.xml', mimeType: 'text/xml', buffer: Buffer.from(FILE) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('File loaded: 2 new rates, 2025-11-20 to 2025-11-20').waitFor();
  await page.getByRole('row', { name: /1 JPY → RUB.*0\.521.*Bank of Russia/ }).waitFor();
  await settled(page);
  await picture(page, 'money-1440');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Currency' }).click();
  await page.getByRole('option', { name: 'JPY' }).click();
  await page.waitForURL(/currency=JPY/);
  await expect.poll(() => page.getByRole('row', { name: /USD/ }).count()).toBe(0);
  await page.goto(`/w/${workspace}/settings/money`);
  await page.getByRole('button', { name: /take back: USD\/EUR/ }).click();
  await expect.poll(() => page.getByRole('row', { name: /USD → EUR/ }).count()).toBe(0);
  await page.keyboard.press('Control+z');
  await page.getByRole('row', { name: /1 USD → EUR.*0\.92/ }).waitFor();
  expect(faults).toEqual([]);
});

test('on a phone, in Russian and in the dark', async () => {
  const phone = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await phone.page.context().addCookies(await page.context().cookies());
  for (const path of ['settings/money', 'settings/api?find=rates']) {
    await phone.page.goto(`/w/${workspace}/${path}`);
    await settled(phone.page);
    await picture(phone.page, `money-${path.replace(/\W/g, '-')}-375`);
    expect(await sidewaysScroll(phone.page), path).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(phone.page), path).toEqual([]);
  }
  await phone.page.locator('summary').first().click();
  await picture(phone.page, 'api-open-375');
  expect(phone.faults).toEqual([]);
});
