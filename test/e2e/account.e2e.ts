// The second factor as a person meets it: set up from the picture's key, asked for at the door, a backup code when the phone is
// away, a company that asks for it; and other devices signed out.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/program.ts';
import { codeOf, STEP_MS } from '../support/totp.ts';
import { accessibilityFaults, OWNER, openBrowser, openPage, picture, settled, setUpNord } from './screens-support.ts';

const LOOK = { width: 1440, theme: 'light', language: 'en' } as const;
let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;
let key: string;
let backup: string[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, LOOK));
  ({ workspace } = await setUpNord(page, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function givePassword(on: Page): Promise<void> {
  await on.goto('/sign-in');
  await on.getByLabel('E-mail').fill(OWNER.email);
  await on.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await on.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a second factor is set up with the key of the picture, and backup codes are shown once', async () => {
  await page.goto(`/w/${workspace}/overview`);
  await page.getByRole('button', { name: OWNER.name }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.getByLabel('Your password').first().fill(OWNER.password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: 'QR code for the app' }).waitFor();
  await settled(page);
  await picture(page, 'second-factor-setup');
  expect(await accessibilityFaults(page)).toEqual([]);
  key = await page.getByLabel('Key for the app', { exact: true }).inputValue();
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByText("This code isn't right").waitFor();
  await page.getByLabel('Code from the app').fill(codeOf(key, Date.now() - STEP_MS));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  const list = page.getByRole('list', { name: 'Backup codes' });
  await list.waitFor();
  backup = await list.getByRole('listitem').allTextContents();
  expect(backup).toHaveLength(10);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  expect((await download).suggestedFilename()).toBe('tradewind-backup-codes.txt');
  await picture(page, 'second-factor-codes');
  await page.getByRole('button', { name: "I've kept them" }).click();
  await page.getByText('Signing in asks for a code').waitFor();
  await page.getByText('Second factor turned on').waitFor();
});

test('the door asks for the code, then opens', async () => {
  const other = await openPage(browser, server.url, { ...LOOK, width: 375 });
  await givePassword(other.page);
  await other.page.getByRole('heading', { name: 'One more step' }).waitFor();
  await picture(other.page, 'code-step-375');
  expect(await accessibilityFaults(other.page)).toEqual([]);
  await other.page.getByLabel('Code from the app').fill('123456');
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.page.getByRole('alert').waitFor();
  const code = codeOf(key);
  await other.page.getByLabel('Code from the app').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.page.waitForURL(/\/w\//);
  await other.page.context().close();
});

test('without the phone a backup code opens it, and the other devices are signed out from there', async () => {
  const other = await openPage(browser, server.url, LOOK);
  await givePassword(other.page);
  await other.page.getByRole('button', { name: 'Use a backup code' }).click();
  await other.page.getByLabel('Backup code').fill(backup[0]!);
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.page.waitForURL(/\/w\//);
  await other.page.goto(`/w/${workspace}/account`);
  await other.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect.poll(() => other.page.getByText('last seen').count()).toBe(1);
  await page.goto(`/w/${workspace}/account`);
  await page.waitForURL(/\/sign-in/);
  await page.context().close();
  ({ page, faults } = other);
});

test('a company that asks for it opens only to those who have it', async () => {
  await page.goto(`/w/${workspace}/settings/people`);
  await page.getByRole('switch', { name: 'Everyone in this company needs a second factor' }).click();
  await expect
    .poll(() => server.program.db.selectFrom('workspace').select('require_two_factor').executeTakeFirst())
    .toEqual({ require_two_factor: true });
  await settled(page);
  await picture(page, 'people-second-factor');
  await page.goto(`/w/${workspace}/account`);
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await page.getByLabel('Your password').first().fill(OWNER.password);
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await page.getByText('asks everyone for a second factor').waitFor();
  await page.goto(`/w/${workspace}/overview`);
  await page.waitForURL(/\/account/);
  await settled(page);
  await picture(page, 'account-asked');
  expect(faults).toEqual([]);
});
