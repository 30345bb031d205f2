// A visitor from an ad sees the ad's number and a code; who answers the phone types the code, sees where they came from, and records the call.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0';
let server: TestServer;
let browser: Browser;
let site: Server;
let address: string;
let page: Page;
let faults: string[];
let workspace: string;

const html = (url: string, key: string): string => `<!doctype html><title>Tents</title>
  <script defer src="${url}/tw.js" data-site="${key}" data-vitals="off"></script>
  <script defer src="${url}/tw-phones.js" data-site="${key}"></script>
  <h1>Tents</h1><p>Call <a id="tel" href="tel:+49305551200">+49 (30) 555-12-00</a>, order 4930555120099, or 0 49305551200.</p>
  <p>Your code: <b data-tw-code></b></p><a id="wa" data-tw-code href="https://wa.me/493055512?text=Hello">WhatsApp</a>
  <a id="tg" data-tw-code href="https://t.me/nord_bot">Telegram</a><div id="later"></div>`;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  ({ workspace } = await setUpNord(page, server.url));
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  site = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html(server.url, key)));
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  await server?.stop();
});

async function look(name: string): Promise<void> {
  await settled(page);
  await picture(page, name);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page)).toEqual([]);
}

test('a number for visits from ads and a promo code are set up', async () => {
  await server.program.collector.fromBrowser(
    Buffer.from(
      JSON.stringify({
        site: (await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow()).key,
        sent: Date.now(),
        events: [{ id: 'first-view-1', name: 'page_view', at: Date.now(), url: 'https://nord.example/' }],
      }),
    ),
    { address: '203.0.113.9', userAgent: FIREFOX },
  );
  await server.program.flusher.flush();
  await page.goto(`/w/${workspace}/contacts`);
  await page.getByText('No call or chat in this period').waitFor();
  await page.getByRole('tab', { name: 'Numbers and codes' }).click();
  await page.getByText('No number or promo code yet').waitFor();
  await look('contacts-none');
  await page.getByRole('button', { name: 'New number or code' }).click();
  await page.getByRole('textbox', { name: 'Number' }).fill('555');
  await page.getByRole('textbox', { name: 'Source' }).fill('google');
  await page.getByRole('textbox', { name: 'Medium' }).fill('cpc');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('7 to 15 digits').waitFor();
  await page.getByRole('textbox', { name: 'Number' }).fill('+49 30 555 1202');
  await page.getByRole('textbox', { name: 'Shown instead of' }).fill('+49 30 5551200');
  await page.getByRole('textbox', { name: 'Name' }).fill('Ads');
  await look('contacts-edit');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: '+49 30 555 1202 · Ads' }).waitFor();
  await page.getByRole('tab', { name: 'On the site' }).click();
  const line = await page.getByLabel('Line for nord.example', { exact: true }).inputValue();
  expect(line).toMatch(/^<script defer src="http:\/\/[^"]+\/tw-phones\.js" data-site="[^"]+"><\/script>$/);
  await look('contacts-site');
});

test('the ad’s visitor sees its number and a code, and nothing is kept in their browser', async () => {
  const context = await browser.newContext({ userAgent: FIREFOX });
  const visitor = await context.newPage();
  await visitor.goto(`${address}/?utm_source=google&utm_medium=cpc&utm_campaign=tents`);
  await visitor.waitForFunction(() => document.querySelector('b')?.textContent !== '');
  const code = (await visitor.locator('b').textContent())!;
  expect(await visitor.locator('p').first().textContent()).toBe(
    'Call +49 30 555 1202, order 4930555120099, or 0 +49 30 555 1202.',
  );
  expect(await visitor.locator('#tel').getAttribute('href')).toBe('tel:+49305551202');
  expect(await visitor.locator('#wa').getAttribute('href')).toBe(`https://wa.me/493055512?text=Hello+%28${code}%29`);
  expect(await visitor.locator('#tg').getAttribute('href')).toBe(`https://t.me/nord_bot?start=${code}`);
  // what the page draws later
  await visitor.evaluate(() => {
    document.querySelector('#later')!.textContent = 'Call +49 30 555 12 00 now';
  });
  await visitor.getByText('Call +49 30 555 1202 now').waitFor();
  expect(await visitor.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0);
  await visitor.goto('about:blank');
  const other = await (await browser.newContext({ userAgent: `${FIREFOX} 2` })).newPage();
  await other.goto(address);
  await other.waitForFunction(() => document.querySelector('b')?.textContent !== '');
  expect(await other.locator('#tel').textContent()).toBe('+49 (30) 555-12-00');
  expect(await other.locator('b').textContent()).not.toBe(code);

  await expect
    .poll(
      async () => {
        await server.program.flusher.flush();
        const sql = `SELECT count() AS n FROM visits FINAL WHERE workspace = '${workspace}' AND campaign = 'tents'`;
        return Number((await server.program.reports.rows<{ n: string }>(sql))[0]!.n);
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await page.goto(`/w/${workspace}/contacts`);
  await page.getByLabel('Code of the visitor').fill('ZZZZZZ');
  await page.getByText('Nobody was shown this code').waitFor();
  await page.getByLabel('Code of the visitor').fill(`${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`);
  await page.getByText('Paid search · google · tents').waitFor();
  await page.getByLabel('Worth, €').fill('120');
  await page.getByLabel('Note').fill('wants two');
  await look('contacts-record');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByRole('row', { name: /Paid search · google · tents/ }).waitFor();
  await look('contacts');
  await page.getByRole('button', { name: /^Take off/ }).click();
  await page.getByText('No call or chat in this period').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('row', { name: /Paid search · google · tents/ }).waitFor();
  await context.close();
  expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
});
