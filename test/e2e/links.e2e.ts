// Links through a browser: the first one built with faults mended by a press, its short address followed, its QR code taken along, put
// away and taken back.
import { readFileSync } from 'node:fs';
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

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  await page.goto('/sign-in');
  ({ workspace } = await setUpNord(page, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const look = async (of: Page, name: string) => {
  await settled(of);
  await picture(of, name);
  expect(await sidewaysScroll(of), name).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(of), name).toEqual([]);
};

test('a link is built, its channel told and its faults mended by a press', async () => {
  await page.goto(`/w/${workspace}/links`);
  await page.getByRole('button', { name: 'Build the first link' }).click();
  await page.getByText('Give the page, and the address stands here.').waitFor();
  await page.getByLabel('Page the link leads to').fill('nord.example/sale?size=m');
  await page.getByRole('combobox', { name: 'Where it will stand' }).click();
  await page.getByRole('option', { name: 'VK Ads' }).click();
  await page.getByText('Visits will count as Paid Social').waitFor();
  await page.getByRole('combobox', { name: 'Source' }).fill('ВК');
  await page.getByRole('combobox', { name: 'Campaign' }).fill('Autumn Sale');
  await page.getByText('“ВК” is another spelling in Source.').waitFor();
  await page.getByText('“Autumn Sale” has capital letters').waitFor();
  await look(page, 'links-editor');
  await page.getByRole('button', { name: 'Mend all 2 faults' }).click();
  await page.getByText('Keeps to your convention.').waitFor();
  const address =
    'https://nord.example/sale?size=m&utm_source=vk&utm_medium=paid_social&utm_campaign=autumn-sale&utm_content={{banner_id}}';
  expect(await page.getByLabel('Address with tags', { exact: true }).inputValue()).toBe(address);
  await page.getByLabel('Own short address').fill('autumn');
  await page.getByRole('button', { name: 'Keep the link' }).click();
  await page.getByRole('heading', { name: 'autumn-sale · vk · {{banner_id}}' }).waitFor();
});

test('its visits and clicks stand beside it, and the QR code is a file', async () => {
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  const at = Date.now() - 60_000;
  for (let n = 0; n < 4; n++) {
    const url =
      'https://nord.example/sale?utm_source=vk&utm_medium=paid_social&utm_campaign=autumn-sale&utm_content={{banner_id}}';
    const event = { id: `visit-${n}-view`, name: 'page_view', at, url };
    const body = { site: key, sent: Date.now(), visitor: `visitor-${1000 + n}`, events: [event] };
    await server.program.collector.fromBrowser(
      Buffer.from(JSON.stringify(body)),
      { address: '203.0.113.7', userAgent: FIREFOX },
      Date.now(),
    );
  }
  await server.program.flusher.flush();
  for (const path of ['/l/autumn', '/l/autumn', '/l/autumn', '/l/autumn/q', '/l/autumn/q'])
    await fetch(`${server.url}${path}`, { redirect: 'manual', headers: { 'user-agent': FIREFOX } });
  await page.reload();
  await page.getByRole('button', { name: /^Clicks\s*3/ }).waitFor();
  await page.getByRole('button', { name: /^QR scans\s*2/ }).waitFor();
  await page.getByText('80%').waitFor();
  const svg = page.waitForEvent('download');
  await page.getByRole('button', { name: 'SVG', exact: true }).click();
  expect(readFileSync(await (await svg).path(), 'utf8')).toContain('<path d="M');
  const png = page.waitForEvent('download');
  await page.getByRole('button', { name: 'PNG', exact: true }).click();
  const bytes = readFileSync(await (await png).path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  // whole pixels a square: at most as wide as asked
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(900);
  expect(bytes.readUInt32BE(16)).toBeLessThanOrEqual(1024);
  await look(page, 'links-one');
});

test('the convention is changed on screen, put away links come back', async () => {
  await page.goto(`/w/${workspace}/links/convention`);
  await page.getByLabel('Only these values: Source').check({ force: true });
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await page.getByText('The convention is saved.').waitFor();
  await look(page, 'links-convention');
  await page.goto(`/w/${workspace}/links`);
  await page.getByRole('button', { name: 'autumn-sale · vk · {{banner_id}}' }).click();
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByText('No links yet').waitFor();
  await page.getByText(/is archived/).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'autumn-sale · vk · {{banner_id}}' }).waitFor();
  expect(faults).toEqual([]);
});

test('the check of tags finds a slip and takes it over into the convention', async () => {
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  const url = 'https://nord.example/?utm_source=telegarm&utm_medium=social&utm_campaign=notes';
  const event = { id: 'visit-slip-view', name: 'page_view', at: Date.now() - 50_000, url };
  const body = { site: key, sent: Date.now(), visitor: 'visitor-2000', events: [event] };
  const sender = { address: '203.0.113.8', userAgent: FIREFOX };
  await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
  await server.program.flusher.flush();
  await page.goto(`/w/${workspace}/tag-check`);
  await page.getByText('Source “telegarm” looks like a slip of “telegram”').waitFor();
  await look(page, 'tag-check');
  await page.getByRole('button', { name: 'Add to the convention: telegarm' }).click();
  await page.getByText('Source “telegarm” should be “telegram”').waitFor();
  await page.getByRole('button', { name: /^Leave alone/ }).click();
  await page.getByText('No faults in tags').waitFor();
  await page.getByRole('button', { name: '1 left alone' }).click();
  await page.getByRole('button', { name: /^Show again/ }).waitFor();
});

test('many addresses are tagged at once, mended and kept', async () => {
  await page.goto(`/w/${workspace}/links`);
  await page.getByRole('link', { name: 'Tag many' }).click();
  await page
    .getByLabel('Addresses, one a line')
    .fill('nord.example/tents\tred\nnord.example/boots\tBlue\nftp://nord.example');
  await page.getByRole('combobox', { name: 'Source' }).fill('vk');
  await page.getByRole('combobox', { name: 'Medium' }).fill('social');
  await page.getByRole('combobox', { name: 'Campaign' }).fill('many');
  await page.getByText('utm_source=vk&utm_medium=social&utm_campaign=many&utm_content=red').waitFor();
  await page.getByText('“Blue” has capital letters').waitFor();
  await look(page, 'links-bulk');
  await page.getByRole('button', { name: 'Mend 1 fault' }).click();
  await page.getByText('utm_content=blue').waitFor();
  await page.getByRole('button', { name: 'Keep 2 links' }).click();
  await page.getByText('2 links are kept').waitFor();
  await page.getByRole('link', { name: 'All links' }).click();
  await page.getByRole('button', { name: 'many · vk · blue · boots' }).waitFor();
  expect(faults).toEqual([]);
});

test('on a phone, in the dark, in Russian', async () => {
  const other = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(other.page, server.url);
  await other.page.goto(`/w/${workspace}/links`);
  await other.page.getByRole('button', { name: /^autumn-sale/ }).waitFor();
  await look(other.page, 'links-list-375-ru');
  await other.page.getByRole('button', { name: /^autumn-sale/ }).click();
  await look(other.page, 'links-one-375-ru');
  await other.page.goto(`/w/${workspace}/links?edit=new`);
  await look(other.page, 'links-editor-375-ru');
  await other.page.goto(`/w/${workspace}/tag-check?left=alone`);
  await look(other.page, 'tag-check-375-ru');
  expect(other.faults).toEqual([]);
});
