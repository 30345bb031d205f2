// How people move through a site: a funnel built with its result beside it, those who stop kept as a segment and looked at in the
// overview, put away and taken back; the paths of visits; and cohorts of those who come back.
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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  const place = await setUpNord(page, server.url);
  workspace = place.workspace;
  // 40 look at a tent, 20 put it in the basket, 8 buy; of the other 12 some ask for help; a third comes back in a later week
  const rows = Array.from({ length: 40 }, (_, i) => i).flatMap((i) => {
    const who = { visitor: BigInt(i + 1), visitorKind: i % 4 === 3 ? ('cookieless' as const) : ('consented' as const) };
    const common = { ...who, hostname: 'nord.example', country: ['DE', 'NO', 'FR'][i % 3]!, device: 'desktop' };
    const at = Date.now() - (3 + (i % 20)) * DAY;
    const channel = i % 2 === 0 ? 'Organic Search' : 'Email';
    const event = (name: string, after: number, extra = {}) =>
      eventRow(place, { ...common, at: at + after, kind: 'event', name, path: '/tents/alta-2', ...extra });
    return [
      eventRow(place, { ...common, at, path: '/tents/', channel }),
      eventRow(place, { ...common, at: at + 30_000, path: '/tents/alta-2' }),
      ...(i < 20 ? [event('add_to_cart', 60_000)] : []),
      ...(i < 8 ? [event('purchase', 60_000 * (3 + i), { revenue: 28900, currency: 'EUR' })] : []),
      ...(i >= 8 && i < 14 ? [eventRow(place, { ...common, at: at + 90_000, path: '/help/delivery' })] : []),
      ...(i % 3 === 0 ? [eventRow(place, { ...common, at: at + 2 * DAY, path: '/' })] : []),
    ];
  });
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const cells = async (of: Page, name: RegExp): Promise<string[]> =>
  of.getByRole('row', { name }).first().getByRole('cell').allInnerTexts();

async function looksRight(of: Page, name: string): Promise<void> {
  await settled(of);
  await picture(of, name);
  expect(await sidewaysScroll(of)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(of)).toEqual([]);
}

test('an empty list teaches, and a funnel is built with its result beside it', async () => {
  await page.goto(`/w/${workspace}/funnels`);
  await page.getByText('No funnels yet').waitFor();
  await looksRight(page, 'funnels-empty');
  await page.getByRole('button', { name: 'Build the first funnel' }).click();
  await page.getByRole('combobox', { name: 'Value' }).first().fill('/tents/alta-2');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Value' }).nth(1).fill('add_to_cart');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add a step' }).press('Enter');
  await page.getByRole('combobox', { name: 'Value' }).nth(2).fill('purchase');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Step 3: its name' }).fill('Order');
  await page.getByText('went through: 8 of 40').waitFor();
  expect((await cells(page, /2\. add_to_cart/)).slice(0, 5)).toEqual(['2. add_to_cart', '20', '50%', '50%', '20']);
  await looksRight(page, 'funnels-builder');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Tent to order');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Tent to order” is saved.').waitFor();
});

test('it shows where those who stop go, and they become a segment of the overview', async () => {
  await page.getByRole('button', { name: '2. add_to_cart' }).click();
  await page.getByRole('heading', { name: 'Stopped after step 2, add_to_cart' }).waitFor();
  await page.getByRole('row', { name: /Left the site/ }).waitFor();
  expect(await cells(page, /Left the site/)).toEqual(['Left the site', '6', '50%']);
  expect(await cells(page, /\/help\/delivery/)).toEqual(['/help/delivery', '6', '50%']);
  await page.getByRole('combobox', { name: 'By a property of the first visit' }).click();
  await page.getByRole('option', { name: 'Channel' }).click();
  await page.getByRole('row', { name: /organic search/i }).waitFor();
  expect(await cells(page, /organic search/i)).toContain('20');
  await looksRight(page, 'funnels-result');
  await page.getByRole('button', { name: 'See them in the overview' }).click();
  await page.getByRole('link', { name: /^Segment: Tent to order: Stopped after step 2/ }).waitFor();
  await page.getByRole('button', { name: /^Visitors\s*12/ }).waitFor();
});

test('the list compares it, and putting it away is undone', async () => {
  await page.goto(`/w/${workspace}/funnels`);
  await page.getByText('8 of 40').waitFor();
  await page.getByRole('button', { name: 'Archive: Tent to order' }).click();
  await page.getByText('No funnels yet').waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('button', { name: 'Tent to order', exact: true }).waitFor();
  expect(faults).toEqual([]);
});

test('paths show what comes after a page, and a node becomes a funnel', async () => {
  await page.goto(`/w/${workspace}/paths`);
  await page.getByRole('heading', { name: 'After: Start of visits' }).waitFor();
  await looksRight(page, 'paths');
  await page.getByRole('combobox', { name: 'Starting from' }).fill('/tents/alta');
  await page.getByRole('option', { name: '/tents/alta-2' }).click();
  await page.getByText('40 of 54 visits').waitFor();
  await page.getByRole('button', { name: 'As a table' }).click();
  expect(await cells(page, /delivery/)).toEqual(['1. /tents/alta-2', '/help/delivery', '6', '15%']);
  await page.getByRole('button', { name: '1. /tents/alta-2' }).nth(1).click();
  await page.getByRole('heading', { name: '/help/delivery, step 2' }).waitFor();
  await page.getByRole('button', { name: 'Make a funnel of this way' }).click();
  await page.getByText('went through: 6 of 40').waitFor();
});

test('cohorts say who came back, and what they brought in', async () => {
  await page.goto(`/w/${workspace}/retention?unit=week`);
  await page.getByRole('heading', { name: 'Share that came back', exact: true }).waitFor();
  await page.getByText('not over yet').first().waitFor({ state: 'attached' });
  const sizes = await page.getByRole('table').first().locator('tbody td:nth-child(2)').allInnerTexts();
  expect(sizes.reduce((sum, one) => sum + Number(one), 0)).toBe(30);
  await page.getByRole('combobox', { name: 'By a property of the first visit' }).click();
  await page.getByRole('option', { name: 'Country' }).click();
  await page.getByRole('row', { name: /Germany/ }).waitFor();
  await looksRight(page, 'retention');
  await page.getByRole('combobox', { name: 'Look at' }).click();
  await page.getByRole('option', { name: 'Revenue of cohorts' }).click();
  await page.getByRole('heading', { name: /Revenue since the first/ }).waitFor();
  // 6 of the 8 who bought can be recognised, each for 289.00
  await page.getByRole('combobox', { name: 'What the cells tell' }).click();
  await page.getByRole('option', { name: 'All together' }).click();
  await page
    .getByRole('cell', { name: /^(289|578|867|1,156|1,445|1,734)$/ })
    .first()
    .waitFor();
  await looksRight(page, 'retention-revenue');
  expect(faults).toEqual([]);
});

test('all of it can be read and changed on a phone, in the dark, in Russian', async () => {
  const other = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(other.page, server.url);
  await other.page.goto(`/w/${workspace}/funnels`);
  await other.page.getByRole('button', { name: 'Tent to order', exact: true }).click();
  await other.page.getByText(/прошли до конца/).waitFor();
  await looksRight(other.page, 'funnels-result-375-ru');
  await other.page.getByRole('button', { name: 'Изменить' }).click();
  await looksRight(other.page, 'funnels-builder-375-ru');
  for (const screen of ['paths', 'retention']) {
    await other.page.goto(`/w/${workspace}/${screen}`);
    await looksRight(other.page, `${screen}-375-ru`);
  }
  expect(other.faults).toEqual([]);
  await other.page.context().close();
});
