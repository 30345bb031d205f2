// The whole way of an access log by the screens alone: dropped, uploaded over a line that fails, read by a job that is left,
// stopped and gone on with, and seen in the overview.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';
import { accessibilityFaults, openBrowser, openPage, picture, settled } from './screens-support.ts';

const SAMPLE = join(import.meta.dirname, '../../src/modules/analytics/import-log/fixtures/access.log.gz');
const LINES = 200_000;
let server: TestServer;
let browser: Browser;
let place: { workspace: string };
const folder = mkdtempSync(join(tmpdir(), 'tradewind-logs-'));

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  place = await company(server.program, 'Semicomplete', 'semicomplete.com', 'UTC');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Three days of March 2026; every thousandth line is none. */
function logOf(lines: number, firstDay: number): string {
  const out: string[] = [];
  for (let i = 0; i < lines; i++) {
    const at = new Date(Date.UTC(2026, 2, firstDay) + Math.floor((i * 3 * 86_400_000) / lines)).toISOString();
    out.push(
      i % 1000 === 999
        ? 'this is no line of a log'
        : `203.0.${i % 3}.${i % 251} - - [${at.slice(8, 10)}/Mar/2026:${at.slice(11, 19)} +0000] "GET /page-${i % 113} HTTP/1.1" 200 ${1000 + (i % 900)} "-" "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"`,
    );
  }
  return `${out.join('\n')}\n`;
}

/** One large enough to be cut off while it goes up, one small on the way and long to read. */
function bigLogs(): string[] {
  const paths = [join(folder, 'big.log'), join(folder, 'rotated.log.gz')] as const;
  writeFileSync(paths[0], logOf(LINES, 3));
  writeFileSync(paths[1], gzipSync(logOf(LINES * 4, 13), { level: 1 }));
  return [...paths];
}

async function open(language: 'en' | 'ru' = 'en') {
  const { cookie } = await signedIn(server, place.workspace, 'marketer');
  const opened = await openPage(browser, server.url, { width: 1280, theme: 'light', language });
  const cookies = cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: server.url };
  });
  await opened.page.context().addCookies(cookies);
  return opened;
}

test('a packed log is imported from the start page, and its numbers lead to the overview', async () => {
  const { page, faults } = await open();
  await page.goto(`/w/${place.workspace}/start`);
  await page.getByRole('link', { name: 'Import in the browser' }).click();
  await page.getByRole('heading', { level: 1, name: 'Import an access log' }).waitFor();
  await page.getByText('No log has been imported yet.').waitFor();
  await page.getByLabel('Log files').setInputFiles(SAMPLE);
  await page.getByRole('button', { name: 'Upload and import into semicomplete.com' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'access.log.gz' });
  await row.getByText('Accepted').waitFor({ timeout: 60_000 });
  for (const [name, number] of [
    ['Lines', '10,000'],
    ['Accepted', '10,000'],
    ['Not readable', '0'],
    ['Known already', '0'],
  ] as const)
    expect(
      await row
        .locator('div', { has: page.getByText(name, { exact: true }) })
        .last()
        .locator('dd')
        .textContent(),
    ).toBe(number);
  await settled(page);
  await picture(page, 'import-log-done');
  expect(await accessibilityFaults(page)).toEqual([]);
  await row.getByRole('link', { name: 'See the overview, 17 May 2015 to 20 May 2015' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const visits = page.getByRole('button', { name: 'Visits 1,114' });
  await visits.waitFor();
  await settled(page);
  await picture(page, 'import-log-overview');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('an upload outlives a dead line, and a job is left, stopped, gone on with and done', {
  timeout: 180_000,
}, async () => {
  const { page, faults } = await open();
  await page.goto(`/w/${place.workspace}/import-log`);
  const network = await page.context().newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 6_000_000,
  });
  await page.getByLabel('Log files').setInputFiles(bigLogs());
  await page.getByRole('button', { name: /^Upload and import/ }).click();
  await page.getByText(/^(8|9|1\d)(\.\d)? MB of/).waitFor();
  await network.send('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await page.waitForTimeout(1500);
  await picture(page, 'import-log-uploading');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  const row = page.getByRole('listitem').filter({ hasText: 'and 1 more file' });
  await row.getByText(/% read/).waitFor({ timeout: 60_000 });

  // left for the screen of jobs, which tells the same
  await page.getByRole('link', { name: 'Jobs' }).click();
  const job = page.getByRole('listitem').filter({ hasText: 'Import of an access log' });
  await job.getByText('running').waitFor();
  await picture(page, 'jobs-running');
  await job.getByRole('button', { name: 'Stop: Import of an access log' }).click();
  await page.getByText('Nothing is under way').waitFor({ timeout: 30_000 });
  await page.getByRole('tab', { name: /Without success/ }).click();
  await job.getByText(/^stopped/).waitFor();
  await settled(page);
  await picture(page, 'jobs-lost');
  expect(await accessibilityFaults(page)).toEqual([]);

  // come back to, and gone on with
  await page.goto(`/w/${place.workspace}/import-log`);
  await row.getByText(/^Stopped after [\d,]+ lines/).waitFor();
  await row.getByRole('button', { name: 'Go on' }).click();
  await row.getByText('Accepted').waitFor({ timeout: 90_000 });
  expect(await row.locator('dd').nth(1).textContent()).toBe('999,000');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: 'Save the lines that can’t be read'.replace('’', "'") }).click(),
  ]);
  let csv = '';
  for await (const part of await download.createReadStream()) csv += String(part);
  expect(csv.trim().split('\r\n')).toHaveLength(1001);
  const counted = await server.program.installation.clickhouse.query({
    query: `SELECT count() AS n, uniqExact(id) AS different FROM events WHERE workspace = '${place.workspace}' AND day >= '2026-01-01'`,
    format: 'JSONEachRow',
  });
  expect(await counted.json()).toEqual([{ n: '999000', different: '999000' }]);
  expect(await server.program.files.db.selectFrom('file').selectAll().execute()).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('what is no log is said at once, in Russian', async () => {
  const { page, faults } = await open('ru');
  await page.goto(`/w/${place.workspace}/import-log`);
  await page
    .getByLabel('Файлы журнала')
    .setInputFiles({ name: 'фото.zip', mimeType: 'text/plain', buffer: Buffer.from('504b030414000000', 'hex') });
  await page.getByRole('button', { name: 'Загрузить для semicomplete.com' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'фото.zip' });
  await row.getByText('Загрузить не получилось.').waitFor({ timeout: 30_000 });
  await settled(page);
  await picture(page, 'import-log-failed');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});
