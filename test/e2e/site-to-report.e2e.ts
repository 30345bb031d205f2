// The whole way: a real website with the real line on it, a real browser, the real server, and the figures in a report.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportQuery } from '../../src/modules/analytics/contract.ts';
import { listSites } from '../../src/modules/analytics/sites/sites.ts';
import { company, startServer, type TestServer } from '../support/program.ts';
import { LAUNCH } from './tracker-browser.ts';

let server: TestServer;
let website: Server;
let browser: Browser;
let origin = '';
let snippet = '';
let workspace = '';

beforeAll(async () => {
  server = await startServer({ flushMs: '50' });
  website = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><head><title>${request.url}</title>${snippet}</head><body>
      <a id="next" href="/second">Next</a>
      <button id="app" onclick="history.pushState({}, '', '/app/cart')">Cart</button></body></html>`);
  });
  await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
  const shop = await company(server.program, 'Site', '127.0.0.1', 'UTC');
  workspace = shop.workspace;
  const at = { publicUrl: server.url, trackerPath: server.program.config.trackerPath };
  snippet = (await listSites(server.program.db, workspace, at))[0]!.snippet;
  browser = await chromium.launch(LAUNCH);
});
afterAll(async () => {
  await browser?.close();
  website?.close();
  await server?.stop();
});

async function figures() {
  await server.program.flusher.flush();
  const day = (shift: number): string => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
  const query = {
    period: [day(-1), day(2)],
    measures: ['visitors', 'visits', 'pageViews', 'revenue'],
    dimensions: ['channel'],
    robots: 'include',
  };
  return (await server.program.reports.run(workspace, reportQuery.parse(query))).rows;
}

test('a plain page, a single-page step and a purchase are one visit with its source', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/?utm_source=newsletter&utm_medium=email`);
  await page.waitForFunction(() => 'tradewind' in window);
  await page.click('#next');
  await page.waitForFunction(() => 'tradewind' in window);
  await page.click('#app');
  await page.evaluate(() => window.tradewind?.('purchase', { plan: 'pro' }, { amount: '12.50', currency: 'EUR' }));
  await expect
    .poll(figures, { timeout: 15_000, interval: 300 })
    .toEqual([{ channel: 'Email', visitors: 1, visits: 1, pageViews: 3, revenue: 1250 }]);
  await context.close();
});
