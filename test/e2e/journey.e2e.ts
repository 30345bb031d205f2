// The whole way of a new marketer, by the screens alone: from an empty installation to a colleague who reads the figures.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/program.ts';
import { OWNER, openBrowser, openPage, settled } from './screens-support.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const LOOK = { width: 1280, theme: 'light', language: 'en' } as const;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

test('someone new sets up, looks around, filters, saves a file and invites a colleague', async () => {
  const { page, faults } = await openPage(browser, server.url, LOOK);

  // an empty installation leads to set-up
  await page.goto('/');
  await heading(page, 'Set up Tradewind').waitFor();
  expect(new URL(page.url()).pathname).toBe('/setup');
  await page.getByRole('button', { name: 'Create the company' }).click();
  await page.getByText('Fill this in').first().waitFor();
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByLabel('Company name').fill('Nord Outfitters');
  await page.getByLabel('Site', { exact: true }).fill('https://www.nord.example/');
  await page.getByRole('button', { name: 'Create the company' }).click();

  // the line for the site, and the wait for the first visit
  await heading(page, 'Get started').waitFor();
  expect(await page.getByRole('textbox', { name: 'The line for the site' }).inputValue()).toContain('/tw.js');
  await page.getByText('Waiting for the first visit').waitFor();
  expect(await page.getByRole('textbox', { name: 'Import command' }).inputValue()).toContain('--site nord.example');

  // the demo company is made while one watches
  const own = page.url();
  await page.getByRole('button', { name: 'Make the demo company' }).click();
  await page.waitForURL((url) => url.pathname.endsWith('/overview'), { timeout: 110_000 });
  expect(page.url()).not.toContain(new URL(own).pathname.split('/')[2]);
  await settled(page);
  const figures = page.getByRole('region', { name: 'Figures of the period' });
  const visitors = figures.getByRole('button', { name: /^Visitors/ });
  await expect.poll(() => visitors.textContent(), { timeout: 10_000 }).toMatch(/\d/);

  // a row is a filter
  const all = await visitors.textContent();
  await page.getByRole('table', { name: 'Channels' }).getByRole('button', { name: 'Organic search' }).click();
  await page.getByRole('button', { name: 'Channel is Organic search', exact: true }).waitFor();
  expect(decodeURIComponent(page.url())).toContain('Organic+Search');
  await settled(page);
  await expect.poll(() => visitors.textContent(), { timeout: 10_000 }).not.toBe(all);

  // another period, kept in the address and by going back
  await page.getByRole('button', { name: /period before/ }).click();
  await page.getByRole('button', { name: 'Last 7 days' }).click();
  await page.waitForURL(/period=7d/);
  await settled(page);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes('period=7d'));
  await page.goForward();

  // the same table as a file
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV: Landing pages' }).click(),
  ]);
  const file = await download.createReadStream();
  let csv = '';
  for await (const part of file) csv += String(part);
  expect(csv.split('\n').length).toBeGreaterThan(2);

  // a colleague comes by a link
  await page.goto(own.replace('/start', '/settings/people'));
  await page.getByLabel('E-mail').fill('boris@nord.example');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await page.getByRole('textbox', { name: 'Link for boris@nord.example' }).inputValue();
  const colleague = await openPage(browser, server.url, LOOK);
  await colleague.page.goto(new URL(link).pathname);
  await heading(colleague.page, 'Join Nord Outfitters').waitFor();
  await colleague.page.getByLabel('Your name').fill('Boris K.');
  await colleague.page.getByLabel('Password', { exact: true }).fill('another green sea');
  await colleague.page.getByRole('button', { name: 'Join' }).click();
  await heading(colleague.page, 'Overview').waitFor();
  expect(await colleague.page.getByRole('link', { name: 'Audit trail' }).count()).toBe(1);

  // and sees no settings that a marketer may not change
  await colleague.page.getByRole('link', { name: 'Company' }).click();
  await colleague.page.getByText('Only the owner and the head of marketing').waitFor();
  expect(await colleague.page.getByRole('button', { name: 'Save' }).count()).toBe(0);

  // out and in again, back to where one was
  await page.getByRole('button', { name: OWNER.name, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading(page, 'Sign in').waitFor();
  await page.goto(own);
  await heading(page, 'Sign in').waitFor();
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText("E-mail and password don't match").waitFor();
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'Get started').waitFor();

  expect([...faults, ...colleague.faults]).toEqual([]);
});
