// Data care through a browser: what is not counted, as rules that are added, seen to work, removed and taken back.
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
let key: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  await page.goto('/sign-in');
  ({ workspace } = await setUpNord(page, server.url));
  ({ key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow());
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let sent = 0;
async function view(path: string, address: string): Promise<void> {
  const event = {
    id: `care-view-${sent++}`,
    name: 'page_view',
    at: Date.now() - 60_000,
    url: `https://nord.example${path}`,
  };
  const body = Buffer.from(JSON.stringify({ site: key, sent: Date.now(), events: [event] }));
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
  await server.program.collector.fromBrowser(body, { address, userAgent }, Date.now());
}
const look = async (on: Page, name: string) => {
  await settled(on);
  await picture(on, name);
  expect(await sidewaysScroll(on)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(on)).toEqual([]);
};

test('a rule that means nothing is refused with what to write; a good one leaves out and counts', async () => {
  await page.goto(`/w/${workspace}/settings/care`);
  await page.getByText('Everything is counted').waitFor();
  await look(page, 'care-none');
  await page.getByLabel('IP address or range').fill('office');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('Write an address like').waitFor();
  await page.getByLabel('IP address or range').fill('203.0.113.0/24');
  await page.getByLabel('Name, if you like').fill('Office');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('button', { name: 'Office', exact: true }).waitFor();
  await view('/', '203.0.113.7');
  await view('/', '192.0.2.7');
  await server.program.collector.close();
  await page.reload();
  await page.getByRole('row', { name: /^Office 203.0.113.0\/24 1 1/ }).waitFor();
});

test('a rule about pages by name of the kind, pressed to see its days, removed and taken back', async () => {
  await page.getByRole('combobox', { name: 'Leave out' }).click();
  await page.getByRole('option', { name: 'Pages' }).click();
  await page.getByLabel('Path, * for anything').fill('/admin/*');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('button', { name: 'Pages: /admin/*', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Office', exact: true }).click();
  await page.getByRole('heading', { name: 'Left out by “Office”' }).waitFor();
  await look(page, 'care-rules');
  await page.getByRole('button', { name: 'Remove: Office' }).click();
  await page.getByRole('button', { name: 'Office', exact: true }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Office', exact: true }).waitFor();
});

test('one’s own address is left out by one press; this browser by a link to the site', async () => {
  expect(await page.getByRole('link', { name: 'Don’t count this browser: nord.example' }).getAttribute('href')).toBe(
    'https://nord.example/?tw_off',
  );
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await page.getByText('It is left out.').waitFor();
  expect(faults).toEqual([]);
});

test('on a phone, in the dark, in Russian', async () => {
  const other = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(other.page, server.url);
  await other.page.goto(`/w/${workspace}/settings/care`);
  await other.page.getByRole('button', { name: 'Office', exact: true }).waitFor();
  await look(other.page, 'care-rules-375-ru');
  expect(other.faults).toEqual([]);
});

test('a robot is counted after all by one press, the past is counted anew, and its views are in the figures', async () => {
  const event = { id: 'robot-view-0001', name: 'page_view', at: Date.now() - 60_000, url: 'https://nord.example/' };
  const userAgent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
  const body = Buffer.from(JSON.stringify({ site: key, sent: Date.now(), events: [event] }));
  await server.program.collector.fromBrowser(body, { address: '198.51.100.9', userAgent }, Date.now());
  await server.program.flusher.flush();
  await page.goto(`/w/${workspace}/settings/care?show=robots`);
  await page.getByRole('row', { name: /Googlebot/ }).waitFor();
  await look(page, 'care-robots');
  await page.getByRole('button', { name: /^Count it after all/ }).click();
  await page.getByRole('button', { name: 'Count the past anew' }).click();
  await page.getByText('The past was counted by the rules of').waitFor();
  await page.getByText('No robot came.').waitFor();
  const views = await server.program.reports.rows<{ n: string }>(
    `SELECT count() AS n FROM visits FINAL WHERE workspace = '${workspace}' AND bot = 0 AND gone = 0 AND visitor IN (SELECT visitor FROM events WHERE user_agent LIKE '%Googlebot%')`,
  );
  expect(views[0]?.n).toBe('1');
  await page.setViewportSize({ width: 375, height: 812 });
  await look(page, 'care-robots-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('a visitor is found by the cookie they name, and erased by name; data is kept for as long as is chosen', async () => {
  const event = { id: 'person-view-001', name: 'page_view', at: Date.now() - 60_000, url: 'https://nord.example/mine' };
  const named = { site: key, sent: Date.now(), visitor: '01a2193a-cookie-of-anna', events: [event] };
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
  const sender = { address: '198.51.100.77', userAgent };
  await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(named)), sender, Date.now());
  await server.program.flusher.flush();
  await page.goto(`/w/${workspace}/settings/care?show=person`);
  await page.getByLabel('An id of theirs').fill('01a2193a-cookie-of-anna');
  await page.getByRole('button', { name: 'Find' }).click();
  const row = page.getByRole('listitem').filter({ hasText: '1 page views' });
  await row.waitFor();
  await look(page, 'care-person');
  await row.getByRole('button', { name: 'Erase' }).click();
  const number = await row.locator('span').first().textContent();
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .fill(number ?? '');
  await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
  await page.getByText('It is being erased').waitFor();
  await expect
    .poll(
      async () =>
        (
          await server.program.reports.rows<{ n: string }>(
            `SELECT count() AS n FROM events WHERE workspace = '${workspace}' AND path = '/mine'`,
          )
        )[0]?.n,
      { timeout: 30_000 },
    )
    .toBe('0');
  await page.goto(`/w/${workspace}/settings/care?show=keeping`);
  await page.getByRole('combobox', { name: 'Keep' }).click();
  await page.getByRole('option', { name: '13 months' }).click();
  await page.getByText('Nothing is older than').waitFor();
  await look(page, 'care-keeping');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.reload();
  await expect.poll(() => page.getByRole('combobox', { name: 'Keep' }).inputValue()).toBe('13 months');
  await page.setViewportSize({ width: 375, height: 812 });
  await look(page, 'care-keeping-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(faults).toEqual([]);
});
