// The explorer through a browser: a question put together by keyboard, shown in its forms, kept, found, changed and taken back.
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
  page.setDefaultTimeout(9000);
  await page.goto('/sign-in');
  ({ workspace } = await setUpNord(page, server.url));
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  // yesterday: 12 visits by mail, 6 direct, 2 by a link; every fourth asks for an offer
  const day = Date.now() - 26 * 3_600_000;
  for (let n = 0; n < 20; n++) {
    const query = n < 12 ? '?utm_source=news&utm_medium=email' : n < 18 ? '' : '?utm_source=blog&utm_medium=referral';
    const event = (name: string, path: string, minute: number, more = {}) => ({
      id: `visit-${n}-${name}`,
      name,
      at: day + minute * 60_000,
      url: `https://nord.example${path}`,
      ...more,
    });
    const events = [
      event('page_view', `/${query}`, 0),
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

const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });

test('a question is put together by keyboard and shown as bars, with the table beside', async () => {
  await page.goto(`/w/${workspace}/explorer`);
  await page.getByRole('button', { name: /^Visits\s*20/ }).waitFor();
  await page.getByRole('combobox', { name: 'By', exact: true }).focus();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('kind of way');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await row('E-mail').getByText('12', { exact: true }).waitFor();
  await row('Total').getByText('20', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Bars' }).click();
  await page.locator('[role=img] svg').waitFor();
  await settled(page);
  await picture(page, 'explorer-bars');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('what makes no sense together says why, and is not taken', async () => {
  await page.getByRole('combobox', { name: 'Measures' }).focus();
  await page.keyboard.type('bounce');
  await page.getByRole('option', { name: /Bounce rate/ }).click();
  await page.getByRole('columnheader', { name: 'Bounce rate' }).waitFor();
  await page.getByRole('combobox', { name: 'By', exact: true }).focus();
  await page.keyboard.type('response');
  await page.getByRole('option', { name: /Response code.*figure of whole visits/ }).click();
  await page.getByRole('status').filter({ hasText: 'Bounce rate is a figure of whole visits' }).waitFor();
  await page.keyboard.press('Escape');
  expect(new URL(page.url()).searchParams.get('by')).toBe('["channel"]');
});

test('a form brings along what it lacks, and the back button takes it off', async () => {
  await page.getByRole('button', { name: 'Heat map' }).click();
  await page.getByText('Added: Weekday.').waitFor();
  await page.getByRole('columnheader', { name: 'Weekday' }).waitFor();
  await page.goBack();
  await page.getByRole('columnheader', { name: 'Weekday' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ring' }).click();
  await row('E-mail').waitFor();
  // pressing a row keeps only what has its value
  await page.getByRole('button', { name: 'E-mail', exact: true }).click();
  await page.getByRole('button', { name: /^Visits\s*12/ }).waitFor();
  await page.getByRole('button', { name: /^Remove the filter/ }).click();
  await page.getByRole('button', { name: /^Visits\s*20/ }).waitFor();
});

test('the rest beyond the first rows is counted, and a search finds it', async () => {
  await page.goto(`/w/${workspace}/explorer?measures=["visits","visitors"]&by=["source"]&top=5`);
  await row('news').waitFor();
  await page.getByRole('searchbox', { name: 'Search in the rows' }).fill('blo');
  await row('news').waitFor({ state: 'detached' });
  await row('blog').waitFor();
});

test('kept under a name, found by Ctrl+K, changed and taken back', async () => {
  await page.goto(`/w/${workspace}/explorer?measures=["visits"]&by=["channel"]&form=bar`);
  await page.getByRole('button', { name: 'Save the report' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ways to us');
  await page.getByLabel('What it is for').fill('For the Monday meeting');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Ways to us' }).waitFor();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('button', { name: 'Save the change' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved: Ways to us').waitFor();
  await page.getByRole('button', { name: 'Save the change' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  // what is on screen differs again from what is kept
  await page.getByRole('button', { name: 'Save the change' }).waitFor();
  await page.goto(`/w/${workspace}/overview`);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search everything' }).fill('ways to');
  await page.getByRole('button', { name: /Ways to us/ }).click();
  await page.getByRole('heading', { name: 'Ways to us' }).waitFor();
  await page.getByText('For the Monday meeting').waitFor();
  await page.getByRole('button', { name: 'Saved reports' }).click();
  await page.getByRole('button', { name: 'Archive: Ways to us' }).click();
  await page.getByText('No saved reports yet').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('on a phone, in the dark, in Russian', async () => {
  const other = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(other.page, server.url);
  for (const [name, query] of [
    ['table', 'measures=["visits","visitors","bounceRate"]&by=["channel","source"]'],
    ['heat', 'measures=["visits"]&by=["weekday","hourOfDay"]&form=heat'],
    ['funnel', 'measures=["visits","events"]&by=[]&form=funnel'],
  ]) {
    await other.page.goto(`/w/${workspace}/explorer?${query}`);
    await other.page.getByRole('heading', { name: 'Отчёты' }).waitFor();
    await settled(other.page);
    await picture(other.page, `explorer-${name}-375-ru`);
    expect(await sidewaysScroll(other.page), name).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(other.page), name).toEqual([]);
  }
  expect(other.faults).toEqual([]);
});
