// A saved report is put on a dashboard, arranged by keys and by dragging, kept, and opened again from there.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../support/event-rows.ts';
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
let page: Page;
let faults: string[];
let workspace: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ({ page, faults } = await openPage(browser, server.url, { width: 1440, theme: 'light', language: 'en' }));
  const place = await setUpNord(page, server.url);
  workspace = place.workspace;
  const rows = [1, 2, 3, 4].map((n) =>
    eventRow(place, {
      ...{ visitor: BigInt(n), at: Date.now() - n * 3_600_000, path: '/', hostname: 'nord.example' },
      ...{ channel: n === 1 ? 'Email' : 'Direct', device: n < 3 ? 'mobile' : 'desktop' },
    }),
  );
  await server.program.spool.append(rows);
  await server.program.flusher.flush();
  const save = (name: string, definition: object) =>
    page.request.post(`/api/v1/workspaces/${workspace}/saved-reports`, {
      headers: { origin: server.url },
      data: { name, definition: { version: 1, measures: ['visits'], ...definition } },
    });
  await save('Channels', { dimensions: ['channel'] });
  await save('Devices', { dimensions: ['device'], form: 'pie' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const look = async (name: string) => {
  await settled(page);
  await picture(page, name);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page)).toEqual([]);
};
const order = () => page.locator('[data-tile] h2').allInnerTexts();

test('from the explorer to a new dashboard, with another report beside it', async () => {
  await page.goto(`/w/${workspace}/explorer?saved=active`);
  await page.getByRole('button', { name: 'Channels', exact: true }).click();
  await page.getByRole('button', { name: 'Put on a dashboard' }).click();
  await page.getByText('No dashboard yet').waitFor();
  await look('dashboards-none');
  await page.getByRole('button', { name: 'New dashboard' }).click();
  await page.getByLabel('Name of the dashboard').fill('Monday');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Direct/ }).waitFor();
  await page.getByRole('combobox', { name: 'Add a report' }).click();
  await page.getByRole('option', { name: 'Devices' }).click();
  await expect.poll(order).toEqual(['Channels', 'Devices']);
  // by keys, then back by the mouse
  await page.getByRole('button', { name: /^Move Channels/ }).press('ArrowRight');
  await expect.poll(order).toEqual(['Devices', 'Channels']);
  const handle = (await page.getByRole('button', { name: /^Move Channels/ }).boundingBox())!;
  const target = (await page.locator('[data-tile="0"] h2').boundingBox())!;
  await page.mouse.move(handle.x + 10, handle.y + 10);
  await page.mouse.down();
  await page.mouse.move(target.x + 20, target.y + 5, { steps: 5 });
  await page.mouse.up();
  await expect.poll(order).toEqual(['Channels', 'Devices']);
  await look('dashboards-arrange');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The dashboard is saved.').waitFor();
  await page.reload();
  await expect.poll(order).toEqual(['Channels', 'Devices']);
  await look('dashboards');
  await page.setViewportSize({ width: 375, height: 812 });
  await look('dashboards-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Devices' }).click();
  await page.getByRole('heading', { name: 'Devices', level: 1 }).waitFor();
  expect(faults).toEqual([]);
});

test('a report that was put away says so in its place', async () => {
  const all = await (await page.request.get(`/api/v1/workspaces/${workspace}/saved-reports`)).json();
  const devices = (all as { id: string; name: string }[]).find(({ name }) => name === 'Devices')!;
  await page.request.post(`/api/v1/workspaces/${workspace}/saved-reports/${devices.id}/archive`, {
    headers: { origin: server.url },
    data: {},
  });
  await page.goto(`/w/${workspace}/dashboards`);
  await page.getByText('A report that was put away').waitFor();
  expect(faults).toEqual([]);
});

test('an alarm is tried on the past and kept', async () => {
  await page.goto(`/w/${workspace}/alarms`);
  await page.getByText('Nothing is watched yet').waitFor();
  await page.getByRole('button', { name: 'New alarm' }).click();
  await page.getByText('Three weeks of a past are needed').waitFor();
  await page.getByRole('combobox', { name: 'Watch' }).click();
  await page.getByRole('option', { name: 'Page views' }).click();
  await page.getByText('Only less').click();
  await look('alarms-new');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /^Page views/ }).waitFor();
  await page.getByRole('button', { name: 'Page views' }).click();
  await page.getByRole('button', { name: 'Put away' }).click();
  await page.getByText('Nothing is watched yet').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('row', { name: /^Page views/ }).waitFor();
  expect(faults).toEqual([]);
});
