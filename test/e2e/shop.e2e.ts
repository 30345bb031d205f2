// A shop's own data layer through the tracker's script to the screen of the shop: figures, steps, products, and a phone in Russian.
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
  signInOwner,
} from './screens-support.ts';

let server: TestServer;
let browser: Browser;
let shop: Server;
let page: Page;
let faults: string[];
let workspace: string;

const tent = { item_id: 'ALT-2', item_name: 'Alta 2 tent', item_brand: 'Alta', item_category: 'Tents', price: 289 };
/** A page of a shop as it is before Tradewind: one event is there before the script, one comes by gtag, one by a push. */
const html = (src: string, key: string): string => `<!doctype html><title>Tent</title><script>
  window.dataLayer = [{ event: 'view_item', ecommerce: { currency: 'EUR', value: 289, items: [${JSON.stringify(tent)}] } }];
  function gtag() { dataLayer.push(arguments); }
  </script><script defer src="${src}" data-site="${key}" data-vitals="off" data-layer></script>`;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  const place = await setUpNord(page, server.url);
  workspace = place.workspace;
  const { key } = await server.program.db
    .selectFrom('site')
    .select('key')
    .where('id', '=', place.site)
    .executeTakeFirstOrThrow();
  shop = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end(html(`${server.url}/tw.js`, key)),
  );
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
  // a headless browser names itself as one, and counts as a robot
  const context = await browser.newContext({
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
  });
  const visitor = await context.newPage();
  const errors: string[] = [];
  visitor.on('pageerror', (error) => errors.push(error.message));
  await visitor.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/tent`);
  await visitor.waitForFunction(
    () =>
      'tradewind' in window &&
      (window as never as { dataLayer: { push: { name: string } } }).dataLayer.push.toString().includes('apply'),
  );
  await visitor.evaluate(`gtag('event', 'add_to_cart', { currency: 'EUR', value: 289, items: [${JSON.stringify(tent)}] });
    const order = { event: 'purchase', ecommerce: { transaction_id: 'N1', value: 550.5, currency: 'EUR', coupon: 'TEN', items: [{ ...${JSON.stringify(tent)}, price: 275.25, quantity: 2 }] } };
    dataLayer.push({ event: 'begin_checkout', ecommerce: order.ecommerce }, { event: 'scroll' }, order);
    dataLayer.push(order);`);
  await vi.waitFor(
    async () => {
      await server.program.flusher.flush();
      const sql = `SELECT count() AS n FROM events WHERE workspace = '${workspace}' AND notEmpty(items)`;
      expect((await server.program.reports.rows<{ n: string }>(sql))[0]?.n).toBe('5');
    },
    { timeout: 20_000, interval: 300 },
  );
  expect(errors).toEqual([]);
  await context.close();
});
afterAll(async () => {
  shop?.close();
  await browser?.close();
  await server?.stop();
});

async function looksRight(of: Page, name: string): Promise<void> {
  await settled(of);
  await picture(of, name);
  expect(await sidewaysScroll(of)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(of)).toEqual([]);
}

test('the shop shows what its data layer told, an order that was told twice once', async () => {
  await page.goto(`/w/${workspace}/shop?period=today`);
  const product = page.getByRole('row', { name: /Alta 2 tent/ });
  await product.waitFor();
  expect(await product.getByRole('cell').allInnerTexts()).toEqual([
    ...['Alta 2 tent', '551', '–', '–', '1', '2', '1', '1', '1', '100%', '100%', '0'],
  ]);
  const ordered = page.getByRole('row', { name: /^Ordered/ });
  await ordered.waitFor();
  expect(await ordered.getByRole('cell').allInnerTexts()).toEqual(['Ordered', '1', '100%', '100%']);
  await looksRight(page, 'shop');
  await page.getByRole('tab', { name: 'Coupons' }).click();
  await page.getByRole('row', { name: /TEN/ }).waitFor();
  await page.getByRole('searchbox', { name: 'Search' }).fill('nothing like this');
  await page.getByText('Nothing found').waitFor();
  expect(faults).toEqual([]);
});

test('a product gets a cost, and margin stands in the shop; taken back, it is unknown again', async () => {
  await page.goto(`/w/${workspace}/shop?period=today`);
  await page.getByRole('link', { name: 'Costs of products' }).click();
  await page.getByRole('button', { name: 'Alta 2 tent' }).click();
  expect(await page.getByRole('combobox', { name: 'Product number' }).inputValue()).toBe('ALT-2');
  await page.getByLabel('Cost of one').fill('150,50');
  await page.getByRole('button', { name: 'Save the cost' }).click();
  await page.getByText('The cost of ALT-2 is in the figures.').waitFor();
  await looksRight(page, 'goods');
  await server.program.outbox.drain();
  await page.goto(`/w/${workspace}/shop?period=today`);
  const product = page.getByRole('row', { name: /Alta 2 tent/ });
  await product.waitFor();
  expect((await product.getByRole('cell').allInnerTexts()).slice(1, 4)).toEqual(['551', '250', '45%']);
  await page.goto(`/w/${workspace}/costs/goods`);
  await page.getByRole('button', { name: 'Alta 2 tent' }).click();
  await page.getByRole('button', { name: /^Take back/ }).click();
  await page.getByText('No cost of it is known yet.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('row', { name: /150\.50|151/ }).waitFor();
  await page.setViewportSize({ width: 375, height: 812 });
  await looksRight(page, 'goods-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(faults).toEqual([]);
});

test('on a phone, dark and in Russian, and before there is any order', async () => {
  const phone = await openPage(browser, server.url, { width: 375, theme: 'dark', language: 'ru' });
  await signInOwner(phone.page, server.url);
  await phone.page.goto(`/w/${workspace}/shop?period=today`);
  await phone.page.getByRole('row', { name: /Alta 2 tent/ }).waitFor();
  await looksRight(phone.page, 'shop-phone');
  await phone.page.goto(`/w/${workspace}/shop?period=yesterday`);
  await phone.page.getByText('За этот период заказов нет').waitFor();
  await looksRight(phone.page, 'shop-empty-phone');
  expect(phone.faults).toEqual([]);
});
