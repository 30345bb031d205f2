// Rights as an owner meets them: a key for one thing, the limits of a role, and both found again in the trail.
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

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  ({ workspace } = await setUpNord(page, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a key that only sends events sends them and reads nothing', async () => {
  await page.goto(`/w/${workspace}/settings/keys`);
  await page.getByLabel("What it's for").fill('Shop server');
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByText('Choose at least one').waitFor();
  await page.getByRole('button', { name: 'Only sending events' }).click();
  await picture(page, 'keys-new');
  await page.getByRole('button', { name: 'Create a key' }).click();
  const key = await page.getByLabel('Key', { exact: true }).inputValue();
  const revenue = { amount: 19.9, currency: 'EUR' };
  const event = { id: 'order-1001', name: 'purchase', at: Date.now(), person: 'customer-1', revenue };
  const events = { site: 'nord.example', events: [event] };
  const send = (path: string, body: object) =>
    page.request.post(path, { headers: { authorization: `Bearer ${key}` }, data: body });
  const taken = await send('/api/v1/events', events);
  expect(taken.status(), await taken.text()).toBe(202);
  const report = { period: ['2026-01-01', '2026-02-01'], measures: ['visits'] };
  expect((await send(`/api/v1/workspaces/${workspace}/reports`, report)).status()).toBe(403);
  await page.reload();
  await page.getByText('send events', { exact: true }).last().waitFor();
  expect(await page.getByText(key).count()).toBe(0);
});

test('the limits of a role are changed in words and money', async () => {
  await page.goto(`/w/${workspace}/settings/roles`);
  await page.getByText('up to 1,000 € at once, up to 10,000 € a month · discount up to 10 %').waitFor();
  await settled(page);
  await picture(page, 'roles-light');
  await page.getByRole('button', { name: 'Change: Marketer' }).click();
  await page.getByLabel('Money at once').fill('250');
  await page.getByLabel('Money in a month').fill('');
  await page.getByText('May send mail and messages without approval').waitFor();
  await picture(page, 'limit-form');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('up to 250 € at once · discount up to 10 %').waitFor();
});

test('the trail is narrowed by action, kept in the address, and says what was before', async () => {
  await page.goto(`/w/${workspace}/settings/audit`);
  await page.getByRole('combobox', { name: 'Action' }).click();
  await page.getByRole('option', { name: 'Limits of a role changed' }).click();
  await page.waitForURL(/action=limit\.set/);
  await page.getByText('money per action').waitFor();
  expect(await page.getByRole('listitem').count()).toBe(1);
  await settled(page);
  await picture(page, 'audit-filtered-by-action');
  await page.reload();
  await page.getByText('1000.00', { exact: true }).waitFor();
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await file).suggestedFilename()).toContain('csv');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('button', { name: 'Shop server' }).click();
  await page.waitForURL(/target=Shop/);
  await page.getByLabel('Words').fill('no such thing');
  await page.getByText('Nothing fits these filters').waitFor();
  expect(faults).toEqual([]);
});

test.each([
  { width: 375, theme: 'dark', language: 'ru' },
  { width: 768, theme: 'light', language: 'ru' },
] as const)('at $width pixels, $theme, in Russian, nothing is lost', async (look) => {
  const other = await openPage(browser, server.url, look);
  await other.page.context().addCookies(await page.context().cookies());
  const settings = ['people', 'roles', 'keys', 'audit', 'api?find=audit', 'money'].map((one) => `settings/${one}`);
  for (const path of ['account', ...settings]) {
    await other.page.goto(`/w/${workspace}/${path}`);
    await settled(other.page);
    await picture(other.page, `rights-${path.replaceAll(/\W/g, '-')}-${look.width}`);
    expect(await sidewaysScroll(other.page), path).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(other.page), path).toEqual([]);
  }
  expect(other.faults).toEqual([]);
});
