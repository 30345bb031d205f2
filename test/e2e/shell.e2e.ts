// What is at hand on every screen: the palette, the keys, help beside the screen, what one is told, and taking back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/program.ts';
import { accessibilityFaults, openBrowser, openPage, picture, settled, setUpNord } from './screens-support.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let nord: { workspace: string; site: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  await page.goto('/sign-in');
  nord = await setUpNord(page, server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (path: string) => {
  await page.goto(`/w/${nord.workspace}/${path}`);
  await settled(page);
};

test('a note is found by a few letters and reached by Enter; a screen by its name', async () => {
  await open('notes');
  await page.getByLabel('What happened').fill('Winter prices are out');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Winter prices' }).waitFor();
  await open('settings/company');
  await page.keyboard.press('Control+k');
  const box = page.getByRole('textbox', { name: 'Search everything' });
  await box.fill('winter');
  await page.getByText('Winter prices are out').waitFor();
  await picture(page, 'palette-1440-light-en');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/notes$/);

  await page.keyboard.press('Control+k');
  await box.fill('audit');
  await page.getByRole('button', { name: 'Audit trail' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/settings\/audit$/);
});

test('G and a letter goes to a screen, not while typing, and not when switched off', async () => {
  await open('settings/company');
  await page.locator('h1').click();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.waitForURL(/\/notes$/);
  await page.getByLabel('What happened').fill('');
  await page.getByLabel('What happened').press('g');
  await page.getByLabel('What happened').press('o');
  expect(await page.getByLabel('What happened').inputValue()).toBe('go');
  await page.locator('h1').click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'keys-1440-light-en');
  await page.getByRole('switch', { name: 'Single keys' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.waitForTimeout(300);
  expect(page.url()).toMatch(/\/notes$/);
  await page.evaluate(() => localStorage.removeItem('tradewind.keys'));
});

test('a note taken off is put back by Ctrl+Z', async () => {
  await open('notes');
  const note = page.getByRole('listitem').filter({ hasText: 'Winter prices' });
  await note.getByRole('button', { name: /Remove/ }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).waitFor();
  await note.waitFor({ state: 'detached' });
  await picture(page, 'undo-1440-light-en');
  await page.keyboard.press('Control+z');
  await note.waitFor();
});

test('help shows the guide of the screen beside it', async () => {
  await open('overview');
  await page.getByRole('button', { name: 'Help for this screen' }).click();
  const panel = page.getByRole('dialog', { name: 'Help' });
  await panel.getByRole('heading', { name: 'Overview' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'help-1440-light-en');
  await panel.getByRole('button', { name: 'saved segment' }).click();
  await panel.getByRole('heading', { name: 'Segments', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
});

test('who invited a person is told on the bell that they came', async () => {
  await open('overview');
  const invited = await page.request.post(`/api/v1/workspaces/${nord.workspace}/invitations`, {
    headers: { origin: server.url },
    data: { email: 'boris@nord.example', role: 'viewer' },
  });
  const { id } = (await invited.json()) as { id: string };
  const accepted = await fetch(`${server.url}/api/v1/invitations/${id}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Boris Lund', password: 'a quiet blue lake' }),
  });
  expect(accepted.status).toBe(200);
  await server.program.outbox.drain();
  await open('overview');
  await page.getByRole('button', { name: 'Notifications, 1 new' }).click();
  const told = page.getByRole('button', { name: /Boris Lund has joined as Viewer/ });
  await told.waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'bell-1440-light-en');
  await told.click();
  await page.waitForURL(/\/settings\/people/);
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  expect(faults).toEqual([]);
});
