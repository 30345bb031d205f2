// The journey of another counter's figures: from the empty screen to its report beside ours, and why the two differ.
import { createServer } from 'node:http';
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

const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - 2.5 * DAY_MS;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
let server: TestServer;
let browser: Browser;
let page: Page;
let faults: string[];
let workspace: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  page.setDefaultTimeout(20_000);
  ({ workspace } = await setUpNord(page, server.url));
  const { key } = await server.program.db.selectFrom('site').select('key').executeTakeFirstOrThrow();
  // one the day before, so that the day of the report is a whole one; of ten others two block the other counter
  for (let n = 0; n < 11; n++) {
    const at = n === 0 ? NOON - DAY_MS : NOON + n * 60_000;
    const ga = n > 2 ? { ga: `GA1.1.${n}.1` } : {};
    const events = [{ id: `visit-${100 + n}`, name: 'page_view', at, url: 'https://nord.example/' }];
    const body = { site: key, sent: Date.now(), visitor: `person-${100 + n}`, ...ga, events };
    const sender = { address: `203.0.113.${n}`, userAgent: FIREFOX };
    await server.program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, Date.now());
  }
  await server.program.flusher.flush();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a report of Google Analytics is imported from the empty screen, and the difference explained', async () => {
  await page.goto(`/w/${workspace}/counters`);
  await page.getByText('No figures of another counter yet').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Import a report' }).first().click();
  const day = new Date(NOON).toISOString().slice(0, 10).replaceAll('-', '');
  const early = new Date(NOON - 10 * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  const report = `# Traffic acquisition\n# ----\nDate,Session primary channel group,Sessions,Views\n${day},Direct,7,9\n${day},Organic Search,1,1\n${early},Direct,3,3\n`;
  await page
    .getByLabel('File to import')
    .setInputFiles({ name: 'data-export.csv', mimeType: 'text/csv', buffer: Buffer.from(report) });
  await page.getByRole('heading', { name: 'How the file is read' }).waitFor();
  await settled(page);
  await page.getByRole('combobox', { name: 'Counter', exact: true }).click();
  await page.getByRole('option', { name: 'Google Analytics 4' }).click();
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('button', { name: 'Import 3 rows' }).click();
  await page.getByText('Imported: 3 rows').first().waitFor();

  await page.goto(`/w/${workspace}/counters`);
  await page.getByText('Blocked or failed').waitFor();
  const step = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  expect(await step('Blocked or failed').locator('b').textContent()).toBe('−2');
  expect(await step('Google Analytics 4 should have').locator('b').textContent()).toBe('8');
  await page.getByText('the steps below explain all of it').waitFor();
  await settled(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'counters');
  await page.setViewportSize({ width: 375, height: 812 });
  expect(await sidewaysScroll(page)).toBe(0);
  // whose own figures begin later is led here from the overview
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/w/${workspace}/overview`);
  await page.getByRole('link', { name: /^Own figures begin on .* Google Analytics 4 has earlier ones/ }).click();
  await page.getByText('Blocked or failed').waitFor();
  expect(faults).toEqual([]);
});

/** A page of the site with the lines from the screen, and with what Metrica and gtag leave on a page, which write down what they are told. */
const sitePage = (lines: string) => `<!doctype html><html lang="en"><head><title>Nord</title>
<script>window.told=[];window.ym=(...said)=>told.push(['ym',...said]);window.gtag=(...said)=>told.push(['gtag',...said]);
window.tradewind=window.tradewind||function(){(tradewind.q=tradewind.q||[]).push(arguments)};tradewind('lead',{from:'thank-you page'});</script>
${lines}</head><body><h1>Nord</h1><form id="offer"><button>Send</button></form></body></html>`;

test('a goal is told to Metrica and Google Analytics under the names chosen on the screen, with its worth, from the first event on', async () => {
  const goal = async (name: string, event: string, worth: number | null) =>
    page.request.post(`/api/v1/workspaces/${workspace}/goals`, {
      headers: { origin: server.url },
      data: {
        name,
        worth,
        definition: { version: 1, act: { what: 'event', where: { property: 'event', is: 'equals', value: event } } },
      },
    });
  await goal('Lead', 'lead', 2550);
  await goal('Any form', 'form_submit', null);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/w/${workspace}/goals`);
  await page.getByRole('link', { name: 'Tell Metrica and Google' }).click();
  await page.getByLabel('Number of the Metrica counter').fill('12345678');
  await page.getByRole('button', { name: 'Fill in names' }).click();
  await page.getByLabel('Lead: Identifier in Metrica').fill('application');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Pages hear of it').waitFor();
  await settled(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'counter-goals');
  await page.setViewportSize({ width: 375, height: 812 });
  expect(await sidewaysScroll(page)).toBe(0);
  const lines = await page.getByRole('textbox', { name: 'Lines for the site' }).inputValue();
  expect(faults).toEqual([]);

  const site = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(sitePage(lines)),
  );
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  const told = () => visitor.evaluate(() => (window as unknown as { told: unknown[] }).told);
  await expect.poll(told, { timeout: 10_000 }).toEqual([
    ['ym', 12345678, 'reachGoal', 'application', { order_price: 25.5, currency: 'EUR' }],
    ['gtag', 'event', 'lead', { value: 25.5, currency: 'EUR' }],
  ]);
  await visitor.evaluate(() =>
    document.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true })),
  );
  await expect
    .poll(async () => (await told()).slice(2))
    .toEqual([
      ['ym', 12345678, 'reachGoal', 'any_form', {}],
      ['gtag', 'event', 'any_form', {}],
    ]);
  await visitor.context().close();
  site.closeAllConnections();
  await new Promise((closed) => site.close(closed));
});
