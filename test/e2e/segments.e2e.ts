// The journey of a segment: built by keyboard and pointer with its size beside it, saved, used in the overview, archived, undone.
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
let workspace: string;
let place: { workspace: string; site: string };

const HOUR = 3_600_000;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  place = await setUpNord(page, server.url);
  workspace = place.workspace;
  const now = Date.now();
  // 30 visitors look at tents, 12 of them twice; 5 buy; a third has agreed to be remembered
  const rows = Array.from({ length: 30 }, (_, i) => i).flatMap((i) => {
    const who = { visitor: BigInt(i + 1), visitorKind: i % 3 === 0 ? ('consented' as const) : ('cookieless' as const) };
    const common = { ...who, hostname: 'nord.example', country: ['DE', 'NO', 'FR'][i % 3]!, device: 'desktop' };
    const at = now - 30 * HOUR + i * 60_000;
    return [
      eventRow(place, { ...common, at, path: '/tents/', channel: 'Organic Search' }),
      ...(i < 12 ? [eventRow(place, { ...common, at: at + 5000, path: '/tents/alta-2' })] : []),
      ...(i < 5
        ? [
            eventRow(place, {
              ...common,
              at: at + 9000,
              kind: 'event',
              name: 'purchase',
              revenue: 28900,
              currency: 'EUR',
            }),
          ]
        : []),
    ];
  });
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const count = (figure: string) => page.getByRole('status').filter({ hasText: new RegExp(`^${figure} visitors? of`) });
const choose = async (label: string, option: string, at = 0): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).nth(at).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

test('an empty list teaches, and the first segment is built with its size beside it', async () => {
  await page.goto(`/w/${workspace}/segments`);
  await page.getByText('No segments yet').waitFor();
  await settled(page);
  await picture(page, 'segments-empty');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Build the first segment' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Lookers');
  await page.getByRole('combobox', { name: 'Value' }).fill('/tents/');
  await page.keyboard.press('Enter');
  await count('30').waitFor();
  await page.getByLabel('How many times').fill('2');
  await page.getByText('at least 2 times').first().waitFor();
  await choose('Condition', 'starts with');
  await count('12').waitFor();
  await page.getByText(/can't be recognised on another day/).waitFor();
  // another condition by keyboard alone
  await page.getByRole('button', { name: 'Add a condition' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Never did something' }).press('Enter');
  await page.getByRole('combobox', { name: 'Value' }).nth(1).fill('purchase');
  await page.keyboard.press('Enter');
  await count('7').waitFor();
  await settled(page);
  await picture(page, 'segments-builder');
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Lookers” is saved.').waitFor();
});

test('it shows its size in the list and filters the overview, also when picked there', async () => {
  await page.getByRole('link', { name: 'Use in overview: Lookers' }).click();
  await page.getByRole('link', { name: 'Segment: Lookers' }).waitFor();
  await page.getByRole('button', { name: /^Visitors\s*7/ }).waitFor();
  expect(page.url()).toContain('segment=');
  await settled(page);
  await picture(page, 'overview-segment');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Compare “Lookers” with everyone' }).click();
  await page.getByRole('heading', { name: 'Compare segments', level: 1 }).waitFor();
  await page.getByText('Lookers').first().waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Remove the filter: Segment: Lookers' }).click();
  await page.getByRole('button', { name: /^Visitors\s*30/ }).waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: 'Saved segment' }).click();
  await page.getByRole('option', { name: 'Lookers' }).click();
  await page.getByRole('button', { name: /^Visitors\s*7/ }).waitFor();
  await page.getByRole('link', { name: 'Segment: Lookers' }).click();
  await page.getByRole('heading', { name: 'Lookers' }).waitFor();
});

test('a saved change and putting away are undone where they were done', async () => {
  await page.getByRole('button', { name: 'Remove: Never did something' }).click();
  await count('12').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Lookers” is saved.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(/never had an event/).waitFor();
  await page.getByRole('button', { name: 'Archive: Lookers' }).click();
  await page.getByText('“Lookers” is archived.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Archive: Lookers' }).waitFor();
  await settled(page);
  await picture(page, 'segments-list');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test.each([
  { width: 375, theme: 'dark', language: 'ru' },
  { width: 1440, theme: 'dark', language: 'ru' },
] as const)('it can be read and changed at $width pixels, $theme, $language', async (look) => {
  const other = await openPage(browser, server.url, look);
  await signInOwner(other.page, server.url);
  await other.page.goto(`/w/${workspace}/segments`);
  await settled(other.page);
  await picture(other.page, `segments-list-${look.width}-ru`);
  expect(await sidewaysScroll(other.page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(other.page)).toEqual([]);
  await other.page.getByRole('button', { name: 'Lookers', exact: true }).click();
  await other.page.getByRole('button', { name: 'Добавить условие' }).waitFor();
  await settled(other.page);
  await picture(other.page, `segments-builder-${look.width}-ru`);
  expect(await sidewaysScroll(other.page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(other.page)).toEqual([]);
  expect(other.faults).toEqual([]);
  await other.page.context().close();
});

test('ready-made segments stand side by side, and what makes one differ leads to those visits', async () => {
  const now = Date.now();
  const more = Array.from({ length: 160 }, (_, i) => {
    const phone = i % 2 === 0;
    const common = { visitor: BigInt(1000 + i), visitorKind: 'consented', hostname: 'nord.example' } as const;
    const at = now - 20 * HOUR + i * 60_000;
    return eventRow(place, {
      ...common,
      at,
      path: phone && i % 8 !== 0 ? '/stoves/' : '/',
      device: phone ? 'mobile' : 'desktop',
      channel: 'Direct',
      country: 'DE',
    });
  });
  await server.program.spool.append(more);
  await server.program.flusher.flush();
  await page.goto(`/w/${workspace}/segments`);
  await page.getByRole('link', { name: 'Compare: On phones' }).click();
  const figures = page.getByRole('table', { name: 'Figures' });
  await figures.getByRole('row', { name: /^Visitors 190 80/ }).waitFor();
  await page.getByRole('combobox', { name: 'Compare' }).fill('Lookers');
  await page.getByRole('option', { name: 'Lookers' }).click();
  await page.keyboard.press('Escape');
  await figures.getByRole('row', { name: /^Visitors 190 80 \d+/ }).waitFor();
  const differs = page.getByRole('table', { name: 'What makes it differ' });
  await differs
    .getByRole('row', { name: /\/stoves\/.*only here/ })
    .first()
    .waitFor();
  await settled(page);
  await picture(page, 'compare');
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await differs.getByRole('button', { name: '/stoves/' }).first().click();
  await page.getByRole('link', { name: 'Segment: On phones' }).waitFor();
  await page.getByRole('button', { name: /^Visitors\s*60/ }).waitFor();
  await page.goto(`/w/${workspace}/segments`);
  await page.getByRole('button', { name: 'Change a copy: Best customers' }).click();
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  await page.getByText('are among the 20% of buyers who spent most').waitFor();
  await page.getByLabel('Amount').fill('50');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Best customers, changed” is saved.').waitFor();
  expect(faults).toEqual([]);
});
