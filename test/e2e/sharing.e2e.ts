// A dashboard is shared with a password, seen by someone without an account, taken back; and set to come by mail.
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
} from './screens-support.ts';

const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  const place = await setUpNord(page, server.url);
  workspace = place.workspace;
  const rows = [1, 2, 3, 4].map((n) =>
    eventRow(place, {
      // of ten days ago, at noon: whatever the hour, it is neither today nor yesterday
      ...{ visitor: BigInt(n), at: NOON - 10 * DAY_MS + n * 60_000, path: '/', hostname: 'nord.example' },
      ...{ channel: n === 1 ? 'Email' : 'Direct', device: n < 3 ? 'mobile' : 'desktop', country: 'DE' },
    }),
  );
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
  const call = async (path: string, data: object) =>
    (
      await page.request.post(`/api/v1/workspaces/${workspace}/${path}`, { headers: { origin: server.url }, data })
    ).json() as Promise<{ id: string }>;
  const save = async (name: string, definition: object) =>
    (await call('saved-reports', { name, definition: { version: 1, measures: ['visits'], ...definition } })).id;
  const tiles = [
    {
      report: await save('Channels', {
        dimensions: ['channel'],
        filters: [{ property: 'country', operator: 'is', values: ['DE'] }],
      }),
    },
    { report: await save('Day by day', { dimensions: ['day'], form: 'line' }) },
  ];
  await call('dashboards', { name: 'Monday', definition: { version: 1, tiles } });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function look(on: Page, name: string): Promise<void> {
  await settled(on);
  await picture(on, name);
  expect(await sidewaysScroll(on)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(on)).toEqual([]);
}

let url: string;

test('a link with a password is made, and opened by someone without an account', async () => {
  await page.goto(`/w/${workspace}/sharing`);
  await page.getByText('Nothing is shared yet').waitFor();
  await look(page, 'sharing-none');
  await page.getByRole('main').getByRole('link', { name: 'Dashboards' }).click();
  await page.getByRole('button', { name: 'Share' }).click();
  const modal = page.getByRole('dialog', { name: 'Share “Monday”' });
  await modal.getByLabel('Who is it for').fill('Anna of the agency');
  await modal.getByRole('button', { name: 'Make one' }).click();
  const password = await modal.getByLabel('Password').inputValue();
  expect(password).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  await modal.getByRole('button', { name: 'Make a link' }).click();
  await modal.getByText('Tell them the password').waitFor();
  expect(await modal.locator('code').textContent()).toBe(password);
  url = await modal.getByLabel('Link for Anna of the agency', { exact: true }).inputValue();
  await look(page, 'sharing-modal');

  const outside = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' });
  await outside.page.goto(url.replace(/^https?:\/\/[^/]+/, ''));
  await outside.page.getByLabel('Password', { exact: true }).fill('something else');
  await outside.page.getByRole('button', { name: 'Open', exact: true }).click();
  await outside.page.getByText('This is not the password of the link.').waitFor();
  await look(outside.page, 'shared-locked');
  await outside.page.getByLabel('Password', { exact: true }).fill(password);
  await outside.page.getByRole('button', { name: 'Open', exact: true }).click();
  await outside.page.getByRole('heading', { name: 'Monday', level: 1 }).waitFor();
  await outside.page.getByRole('row', { name: /Direct 3/ }).waitFor();
  await outside.page.getByText('Only: Country is Germany').waitFor();
  await look(outside.page, 'shared');
  await outside.page.setViewportSize({ width: 375, height: 812 });
  await look(outside.page, 'shared-phone');
  await outside.page.getByRole('combobox', { name: 'Period and comparison' }).click();
  await outside.page.getByRole('option', { name: 'Yesterday' }).click();
  await outside.page.getByRole('row', { name: /Direct 3/ }).waitFor({ state: 'detached' });
  // a reload needs no password again, another window does
  await outside.page.reload();
  await outside.page.getByRole('heading', { name: 'Monday', level: 1 }).waitFor();
  expect(outside.faults.filter((fault) => !fault.includes('401'))).toEqual([]);
  await outside.page.context().close();
});

test('taken back, it opens nothing', async () => {
  await page.goto(`/w/${workspace}/sharing`);
  await page.getByText('opened').waitFor();
  await look(page, 'sharing');
  await page.getByRole('button', { name: 'Take back: Anna of the agency' }).click();
  await page.getByText('Nothing is shared yet').waitFor();
  const outside = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await outside.page.goto(url.replace(/^https?:\/\/[^/]+/, ''));
  await outside.page.getByText('По этой ссылке ничего нет').waitFor();
  await look(outside.page, 'shared-gone');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Anna of the agency').waitFor();
  await outside.page.reload();
  await outside.page.getByText('Нужен пароль').waitFor();
  await outside.page.context().close();
});

test('the dashboard is set to come by mail, looked at before, and stopped', async () => {
  await page.goto(`/w/${workspace}/dashboards`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('tab', { name: 'By mail' }).click();
  await page.getByText('no mail server yet').waitFor();
  await page.getByLabel('To whom').fill('anna@agency.example, boris');
  await page.getByText('Not an address: boris').waitFor();
  await page.getByLabel('To whom').fill('anna@agency.example, boris@nord.example');
  await page.getByRole('button', { name: 'Look at the message' }).click();
  const message = page.frameLocator('iframe[title="The message as it would leave today"]');
  await message.getByText('Channels').first().waitFor();
  await look(page, 'mailing-modal');
  await page.getByRole('button', { name: 'Have it sent' }).click();
  await page.getByText('to anna@agency.example and 1 more').waitFor();
  await page.goto(`/w/${workspace}/sharing?way=mail`);
  await page.getByRole('button', { name: 'Change: Monday' }).click();
  await page.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'Every month' }).click();
  await look(page, 'mailing-change');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('on day 1 of the month').waitFor();
  await page.getByRole('button', { name: 'Stop: Monday' }).click();
  await page.getByText('No report comes by mail yet').waitFor();
  expect(faults).toEqual([]);
});
