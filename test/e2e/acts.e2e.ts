// From a page with a form to the screen that says at which field it was left, with what else people did there.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
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
let site: Server;
let page: Page;
let faults: string[];
let workspace: string;

const html = (url: string, key: string): string => `<!doctype html><title>Contact</title>
  <script defer src="${url}/tw.js" data-site="${key}" data-vitals="off"></script><script defer src="${url}/tw-forms.js"></script>
  <h1>Contact</h1><form id="ask" onsubmit="return false"><label>Name <input name="name"></label><label>Phone <input name="phone"></label><button>Send</button></form>
  <form role="search"><input name="q" aria-label="Search"></form>
  <a href="/prices.pdf" onclick="event.preventDefault()">Prices</a> <a href="https://maker.example/" onclick="event.preventDefault()">Maker</a>`;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  ({ workspace } = await setUpNord(page, server.url));
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  site = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html(server.url, key)));
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0';
  const leaves = await (await browser.newContext({ userAgent })).newPage();
  await leaves.goto(`${address}/contact`);
  await leaves.waitForFunction(() => 'tradewind' in window);
  await leaves.getByLabel('Search').fill('nothing');
  await leaves.getByRole('link', { name: 'Prices' }).click();
  await leaves.getByRole('link', { name: 'Maker' }).click();
  await leaves.getByLabel('Name').fill('Anna Secret');
  await leaves.getByLabel('Phone').fill('+49 30 1234');
  // goes to another tab: what is sent when a page is closed doesn't carry the name this browser was given
  await leaves.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await leaves.goto(`${address}/search?q=Warm%20bag`);
  await leaves.waitForFunction(() => 'tradewind' in window);
  await leaves.goto('about:blank');
  await leaves.context().close();
  const sends = await (await browser.newContext({ userAgent: `${userAgent} 2` })).newPage();
  await sends.goto(`${address}/contact`);
  await sends.waitForFunction(() => 'tradewind' in window);
  await sends.getByLabel('Name').fill('Bo Secret');
  await sends.getByRole('button', { name: 'Send' }).click();
  await sends.goto('about:blank');
  await sends.context().close();
  await vi.waitFor(
    async () => {
      await server.program.flusher.flush();
      const sql = `SELECT name, count() AS n FROM events WHERE workspace = '${workspace}' AND kind = 'event' GROUP BY name ORDER BY name`;
      const seen = await server.program.reports.rows<{ name: string; n: string }>(sql);
      expect(seen.map(({ name, n }) => `${name} ${n}`)).toEqual([
        ...['file_download 1', 'form_abandon 1', 'form_filled 1', 'form_start 2', 'form_submit 1', 'outbound_click 1'],
      ]);
    },
    { timeout: 20_000, interval: 300 },
  );
});
afterAll(async () => {
  site?.closeAllConnections();
  site?.close();
  await browser?.close();
  await server?.stop();
});

test('a form says who left it and at which field, and never what was typed', async () => {
  await page.goto(`/w/${workspace}/acts?period=today`);
  await page.getByRole('row', { name: /maker\.example/ }).waitFor();
  await page.getByRole('tab', { name: 'Forms' }).click();
  const form = page.getByRole('row', { name: /^ask/ });
  await form.waitFor();
  expect((await form.getByRole('cell').allInnerTexts()).slice(0, 5)).toEqual(['ask', '2', '1', '50%', '1']);
  await form.getByRole('button', { name: 'ask' }).click();
  await page.getByRole('row', { name: /^phone 1/ }).waitFor();
  await settled(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'acts-forms');
  await page.getByRole('tab', { name: 'Site search' }).click();
  await page.getByRole('row', { name: /^warm bag/ }).waitFor();
  await page.getByText('Words are read from the address: q, query,').waitFor();
  await page.getByRole('button', { name: 'Change parameters' }).click();
  await page.getByLabel('Parameters of the address').fill('find');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Words are read from the address: find.').waitFor();
  await page.getByRole('row', { name: /^warm bag/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Change parameters' }).click();
  await page.getByRole('button', { name: 'The usual ones' }).click();
  await page.getByRole('row', { name: /^warm bag/ }).waitFor();
  await page.getByRole('tab', { name: 'Downloads' }).click();
  await page.getByRole('row', { name: /prices\.pdf/ }).waitFor();
  await page.getByRole('tab', { name: 'How far pages are read' }).click();
  await page.getByRole('row', { name: /^\/contact/ }).waitFor();
  await page.getByRole('tab', { name: 'Pages not found' }).click();
  await page.getByText('That is good news.').waitFor();
  await page.setViewportSize({ width: 375, height: 812 });
  await page.getByRole('tab', { name: 'Forms' }).click();
  await form.waitFor();
  await settled(page);
  expect(await sidewaysScroll(page)).toBe(0);
  const kept = await server.program.reports.rows<{ n: string }>(
    `SELECT count() AS n FROM events WHERE workspace = '${workspace}' AND position(toString(properties), 'Secret') > 0`,
  );
  expect(kept[0]?.n).toBe('0');
  expect(faults).toEqual([]);
});

test('a download becomes a goal, and who clicked a link a segment, a press away', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/w/${workspace}/acts?period=today&acts=download`);
  await page.getByRole('button', { name: /prices\.pdf/ }).click();
  await page.getByRole('link', { name: 'Make a goal of this download' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Price list');
  await page
    .getByText(/prices\.pdf/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Price list' }).waitFor();
  const goals = await server.program.db.selectFrom('goal').select('definition').execute();
  expect(JSON.stringify(goals)).toMatch(/file_download.*prices\.pdf/);
  await page.goto(`/w/${workspace}/acts?period=today`);
  await page.getByRole('button', { name: /maker\.example/ }).click();
  await page.getByRole('link', { name: 'Make a segment of who clicked' }).click();
  await page.getByText('1 visitor', { exact: false }).first().waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Went to the maker');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Went to the maker', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(faults).toEqual([]);
});
