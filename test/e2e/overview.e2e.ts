// What grows out of the overview's figures: the map, who is there now, sorting, searching and the whole of a table; all of it kept
// in the address bar.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../support/event-rows.ts';
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
let place: { workspace: string; site: string };

const COUNTRIES = ['DE', 'DE', 'DE', 'US', 'US', 'FR', 'RU', 'BR'] as const;
const MINUTE = 60_000;
const SOON = { timeout: 10_000 };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  place = await setUpNord(page, server.url);
  const now = Date.now();
  const common = { hostname: 'nord.example', device: 'desktop', browser: 'Firefox', system: 'Linux' };
  const rows = Array.from({ length: 320 }, (_, i) => {
    const country = COUNTRIES[i % COUNTRIES.length]!;
    const at = now - 26 * 60 * MINUTE - i * 1000;
    // 80 pages that are seen alike, so that most of them are not among the first
    return eventRow(place, {
      ...common,
      visitor: BigInt(i + 1),
      at,
      country,
      path: `/page-${1 + (i % 80)}`,
      channel: 'Direct',
    });
  });
  const there = [1, 2, 3].map((i) =>
    eventRow(place, {
      ...common,
      visitor: BigInt(1000 + i),
      at: now - MINUTE,
      country: 'DE',
      path: i < 3 ? '/now' : '/else',
    }),
  );
  await server.program.spool.append([...rows, ...there]);
  await server.program.flusher.flush();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const table = (name: string) => page.getByRole('table', { name, exact: true });
const first = (name: string) => table(name).getByRole('row').nth(1);

test('a note is added under the chart, and stands there and on its day', async () => {
  await page.goto(`/w/${place.workspace}/overview`);
  await page.getByRole('button', { name: 'Add a note on a day' }).click();
  await page.getByLabel('What happened').fill('New prices for tents');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.getByRole('listitem').filter({ hasText: 'New prices for tents' }).waitFor();
  await settled(page);
  await picture(page, 'overview-note');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a country pressed on the map filters, and the table beside it says the same', async () => {
  await page.goto(`/w/${place.workspace}/overview`);
  await settled(page);
  const map = page.getByRole('img', { name: /Map of the visitors/ });
  await map.scrollIntoViewIfNeeded();
  await map.locator('path').nth(20).waitFor();
  await expect.poll(() => map.locator('path').count(), SOON).toBeGreaterThan(150);
  await settled(page);
  await picture(page, 'overview-map');
  expect(await accessibilityFaults(page)).toEqual([]);
  // somewhere in the middle of the United States
  const box = (await map.boundingBox())!;
  for (const [x, y] of [
    [0.2, 0.42],
    [0.22, 0.4],
    [0.25, 0.4],
    [0.28, 0.4],
    [0.3, 0.38],
  ] as const) {
    if (page.url().includes('filters')) break;
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await page.waitForTimeout(200);
  }
  await page.getByRole('button', { name: 'Country is United States', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Remove the filter: Country/ }).click();
});

test('who is there now is said, with the pages they are on', async () => {
  const live = page.getByRole('button', { name: '3 visitors now' });
  await live.click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('row', { name: '/now 2' }).waitFor();
  await picture(page, 'overview-live');
  expect(await accessibilityFaults(page)).toEqual([]);
  const asked = page.waitForRequest(/reports\/live/, { timeout: 15_000 });
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await asked;
});

test('a table is sorted by its heads, by keyboard too, and the address keeps it', async () => {
  const head = (name: string) => table('Countries').getByRole('columnheader', { name });
  expect(await head('Visitors').getAttribute('aria-sort')).toBe('descending');
  await head('Country').getByRole('button').press('Enter');
  await expect.poll(() => head('Country').getAttribute('aria-sort'), SOON).toBe('ascending');
  await expect.poll(() => first('Countries').textContent(), SOON).toMatch(/^Brazil/);
  await head('Country').getByRole('button').press('Enter');
  await expect.poll(() => first('Countries').textContent(), SOON).toMatch(/^United States/);
  expect(page.url()).toContain('place-sort=-country');
  await page.reload();
  await expect.poll(() => first('Countries').textContent(), SOON).toMatch(/^United States/);
});

test('a search finds what is beyond the first rows, by words too', async () => {
  await page.getByRole('button', { name: 'Search: Landing pages' }).click();
  await page.getByRole('searchbox', { name: 'Search: Landing pages' }).fill('page-80');
  await expect.poll(() => first('Landing pages').textContent(), SOON).toMatch(/^\/page-80/);
  await page.getByRole('button', { name: 'Search: Countries' }).click();
  await page.getByRole('searchbox', { name: 'Search: Countries' }).fill('german');
  await expect.poll(() => table('Countries').getByRole('row').count(), SOON).toBe(2);
  await expect.poll(() => first('Countries').textContent(), SOON).toMatch(/^Germany/);
  await expect.poll(() => page.url(), SOON).toContain('content-find=page-80');
  await settled(page);
  await picture(page, 'overview-search');
  await page.getByRole('button', { name: 'Search: Landing pages' }).click();
  await page.getByRole('button', { name: 'Search: Countries' }).click();
});

test('show all opens the whole table, page by page', async () => {
  await page
    .getByRole('region', { name: 'What they saw' })
    .getByRole('button', { name: /^Show all/ })
    .click();
  const panel = page.getByRole('dialog');
  await panel.getByText('1–50 of 82').waitFor();
  await panel.getByRole('button', { name: 'Next' }).click();
  await panel.getByText('51–82 of 82').waitFor();
  expect(page.url()).toContain('page=2');
  await page.reload();
  await panel.getByText('51–82 of 82').waitFor();
  await settled(page);
  await picture(page, 'overview-all');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  expect(faults).toEqual([]);
});

test('all of it fits a phone in the dark', async () => {
  const phone = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(phone.page, server.url);
  await phone.page.goto(`/w/${place.workspace}/overview`);
  await settled(phone.page);
  const map = phone.page.getByRole('img', { name: /по странам на карте/ });
  await map.scrollIntoViewIfNeeded();
  await expect.poll(() => map.locator('path').count(), SOON).toBeGreaterThan(150);
  await settled(phone.page);
  await picture(phone.page, 'overview-map-375-ru');
  expect(await sidewaysScroll(phone.page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(phone.page)).toEqual([]);
  expect(phone.faults).toEqual([]);
  await phone.page.context().close();
});
