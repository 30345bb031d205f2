// Goals through a browser: none yet, one set on what happened already, its figures by channel, put away and taken back.
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
  signInOwner,
} from './screens-support.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  await page.goto('/sign-in');
  ({ workspace } = await setUpNord(page, server.url));
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  // 20 visitors an hour ago, every fourth sends the form
  const at = Date.now() - 3_600_000;
  for (let n = 0; n < 20; n++) {
    const event = (name: string, path: string, minute: number, more = {}) => ({
      id: `visit-${n}-${name}-${minute}`,
      name,
      at: at + minute * 60_000,
      url: `https://nord.example${path}${minute === 0 && n % 2 ? '?utm_source=news&utm_medium=email' : ''}`,
      ...more,
    });
    const events = [
      event('page_view', '/', 0),
      ...(n % 4 ? [] : [event('form_submit', '/offer/', 2, { properties: { form: 'offer' } })]),
    ];
    const body = { site: key, sent: Date.now(), visitor: `visitor-${1000 + n}`, events };
    const who = {
      address: '203.0.113.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
    };
    await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), who, Date.now());
  }
  await server.program.flusher.flush();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('the first goal counts what happened before it was set', async () => {
  await page.goto(`/w/${workspace}/goals`);
  await page.getByText('No goals yet').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Set the first goal' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Request');
  await page.getByRole('combobox', { name: 'What kind of goal' }).click();
  await page.getByRole('option', { name: 'A form is sent' }).click();
  await page.getByText('5 conversions in the last 30 days').waitFor();
  await page.getByText('in 5 visits, 25% of all').waitFor();
  await page.getByLabel('What a conversion is worth, EUR').fill('120');
  await settled(page);
  await picture(page, 'goals-editor');
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: /^Conversion rate\s*25%/ }).waitFor();
  await page.getByRole('button', { name: /^Value, €\s*600/ }).waitFor();
});

test('it says which channel brings it, and filters by one', async () => {
  await page.getByRole('button', { name: 'Direct', exact: true }).click();
  await page.getByRole('button', { name: /^Conversion rate\s*50%/ }).waitFor();
  await page.getByRole('button', { name: /^Remove the filter/ }).click();
  await settled(page);
  await picture(page, 'goals-one');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('put away and taken back', async () => {
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByText('No goals yet').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Request', exact: true }).waitFor();
  expect(faults).toEqual([]);
});

test('on a phone, in the dark, in Russian', async () => {
  const other = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(other.page, server.url);
  await other.page.goto(`/w/${workspace}/goals`);
  await other.page.getByRole('button', { name: 'Request', exact: true }).waitFor();
  const look = async (name: string) => {
    await settled(other.page);
    await picture(other.page, name);
    expect(await sidewaysScroll(other.page)).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(other.page)).toEqual([]);
  };
  await look('goals-list-375-ru');
  await other.page.getByRole('button', { name: 'Request', exact: true }).click();
  await look('goals-one-375-ru');
  expect(other.faults).toEqual([]);
});
