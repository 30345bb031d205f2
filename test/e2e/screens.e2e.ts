// Every screen, looked at: nothing serious found by axe in light or dark, nothing scrolls sideways, nothing fails; a picture of each.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/program.ts';
import {
  accessibilityFaults,
  type Look,
  OWNER,
  openBrowser,
  openPage,
  picture,
  settled,
  sidewaysScroll,
} from './screens-support.ts';

/** Between the first two each width, theme and language is seen on every screen; the others see those whose parts change places. */
const LOOKS: readonly Look[] = [
  { width: 1440, theme: 'light', language: 'en' },
  { width: 375, theme: 'dark', language: 'ru' },
  { width: 1024, theme: 'dark', language: 'en' },
  { width: 768, theme: 'light', language: 'ru' },
];
const BETWEEN: readonly string[] = ['overview', 'costs', 'segments-new', 'parts', 'people', 'compare'];

let server: TestServer;
let browser: Browser;
let own: string;
let demo: string;
let site: string;
let invitation: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  for (const look of LOOKS.slice(0, 2)) {
    const { page } = await openPage(browser, server.url, look);
    await page.goto('/setup');
    await check(page, `setup-${nameOf(look)}`);
    await page.context().close();
  }
  const { page } = await openPage(browser, server.url, LOOKS[0]!);
  await page.goto('/sign-in');
  const call = <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
    page.evaluate(
      async ([verb, address, sent]) => {
        const response = await fetch(address, {
          method: verb,
          ...(sent === undefined ? {} : { body: sent, headers: { 'content-type': 'application/json' } }),
        });
        if (!response.ok) throw new Error(`${address}: ${await response.text()}`);
        return response.json();
      },
      [method, path, body === undefined ? undefined : JSON.stringify(body)] as const as [string, string, string],
    );
  const made = await call<{ workspace: string; site: string }>('POST', '/api/v1/setup', {
    owner: OWNER,
    workspace: {
      name: 'Nord Outfitters',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      language: 'en',
      legalProfile: 'eu',
    },
    site: 'nord.example',
  });
  own = made.workspace;
  site = made.site;
  await call('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
  const invited = { email: 'boris@nord.example', role: 'viewer' };
  invitation = (await call<{ id: string }>('POST', `/api/v1/workspaces/${own}/invitations`, invited)).id;
  await call('POST', `/api/v1/workspaces/${own}/api-keys`, {
    name: 'Spreadsheet',
    permissions: ['analytics:read'],
    days: 90,
  });
  const settings = {
    host: '127.0.0.1',
    fromAddress: 'hello@nord.example',
    user: 'hello',
    password: 'a-long-password-7f3a',
  };
  const connection = { provider: 'smtp', name: 'Our mail', settings };
  const { id } = await call<{ id: string }>('POST', `/api/v1/workspaces/${own}/connections`, connection);
  await call('POST', `/api/v1/workspaces/${own}/connections/${id}/test`, {});
  demo = (await call<{ workspace: string }>('POST', '/api/v1/demo', {})).workspace;
  // as long as it takes; the hook has its own limit
  while (!(await call<{ ready: boolean }>('GET', '/api/v1/demo')).ready) await page.waitForTimeout(300);
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const nameOf = (look: Look) => `${look.width}-${look.theme}-${look.language}`;

async function check(page: Page, name: string): Promise<void> {
  await settled(page);
  await picture(page, name);
  expect(await sidewaysScroll(page), `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page), name).toEqual([]);
}

async function signIn(page: Page): Promise<void> {
  const answer = await page.request.post('/api/auth/sign-in/email', {
    data: { email: OWNER.email, password: OWNER.password },
    headers: { origin: server.url },
  });
  expect(answer.ok()).toBe(true);
}

describe.each([...LOOKS])('at $width pixels, $theme, $language', (look) => {
  test('the screens before sign-in', async () => {
    const { page, faults } = await openPage(browser, server.url, look);
    for (const [name, path] of [
      ['sign-in', '/sign-in'],
      ['forgot-password', '/forgot-password'],
      ['new-password', '/new-password#abc'],
      ['invite', `/invite/${invitation}`],
      ['not-found', '/nowhere'],
    ] as const) {
      await page.goto(path);
      await check(page, `${name}-${nameOf(look)}`);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('the screens of a company', async () => {
    const { page, faults } = await openPage(browser, server.url, look);
    await signIn(page);
    for (const [name, path] of [
      ['overview', `/w/${demo}/overview`],
      ['overview-today', `/w/${demo}/overview?period=today`],
      [
        'overview-table',
        `/w/${demo}/overview?period=90d&as=table&measure=bounceRate&filters=[["channel","is","Direct"]]`,
      ],
      ['overview-old', `/w/${demo}/overview?period=2015-05-01..2015-06-01`],
      ['explorer', `/w/${demo}/explorer?by=["week","channel"]&measures=["visits","revenue"]&form=area&period=90d`],
      ['explorer-saved', `/w/${demo}/explorer?saved=active`],
      ['explorer-no-data', `/w/${own}/explorer`],
      ['dashboards', `/w/${demo}/dashboards`],
      ['alarms', `/w/${demo}/alarms?alarm=new`],
      ['sharing', `/w/${demo}/sharing`],
      ['sharing-mail', `/w/${demo}/sharing?way=mail`],
      ['speed', `/w/${demo}/speed`],
      ['speed-no-data', `/w/${own}/speed`],
      ['costs', `/w/${demo}/costs`],
      ['counters', `/w/${demo}/counters`],
      ['counter-goals', `/w/${demo}/counters/goals`],
      ['acts', `/w/${demo}/acts?acts=search&period=90d`],
      ['goods-costs', `/w/${demo}/costs/goods`],
      ['links', `/w/${demo}/links`],
      ['tag-check', `/w/${demo}/tag-check`],
      ['contacts', `/w/${demo}/contacts`],
      ['contacts-sources', `/w/${demo}/contacts?show=sources`],
      ['contacts-site', `/w/${demo}/contacts?show=site`],
      ['hidden-sources', `/w/${demo}/hidden-sources`],
      ['links-none', `/w/${own}/links`],
      ['links-new', `/w/${demo}/links?edit=new`],
      ['links-bulk', `/w/${demo}/links/bulk?rows=${encodeURIComponent('https://nord.example/a\nnowhere')}`],
      ['links-convention', `/w/${demo}/links/convention`],
      ['imports', `/w/${demo}/imports`],
      ['notes', `/w/${demo}/notes`],
      ['notes-no-data', `/w/${own}/notes`],
      ['costs-no-data', `/w/${own}/costs`],
      ['overview-no-data', `/w/${own}/overview`],
      ['segments', `/w/${own}/segments`],
      ['connections', `/w/${own}/settings/connections`],
      ['connections-none', `/w/${demo}/settings/connections`],
      ['mail', `/w/${own}/settings/mail`],
      ['segments-new', `/w/${demo}/segments?edit=new`],
      ['compare', `/w/${demo}/compare?period=90d&of=["all","buyers","mobile"]&differs=mobile`],
      ['parts', `/w/${own}/parts`],
      ['start', `/w/${own}/start`],
      ['sites', `/w/${own}/settings/sites?consent=${site}`],
      ['import-log', `/w/${own}/import-log`],
      ['jobs', `/w/${own}/settings/jobs`],
      ['jobs-schedules', `/w/${own}/settings/jobs?show=schedules`],
      ['care', `/w/${demo}/settings/care`],
      ['care-robots', `/w/${demo}/settings/care?show=robots`],
      ['care-none', `/w/${own}/settings/care`],
      ['people', `/w/${own}/settings/people`],
      ['keys', `/w/${own}/settings/keys`],
      ['audit', `/w/${own}/settings/audit`],
      ['audit-filtered', `/w/${own}/settings/audit?action=api-key.create&search=nothing`],
      ['company', `/w/${own}/settings/company`],
      ['account', `/w/${own}/account`],
      ['money', `/w/${demo}/settings/money`],
      ['money-none', `/w/${own}/settings/money`],
      ['api', `/w/${own}/settings/api?find=costs`],
      ['roles', `/w/${own}/settings/roles`],
      ['new-company', '/new-company'],
    ] as const) {
      if (LOOKS.indexOf(look) > 1 && !BETWEEN.includes(name)) continue;
      await page.goto(path);
      await check(page, `${name}-${nameOf(look)}`);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('what opens over the overview', async () => {
    const { page, faults } = await openPage(browser, server.url, look);
    await signIn(page);
    const words = look.language === 'en' ? EN : RU;
    await page.goto(`/w/${demo}/overview`);
    await settled(page);
    await page.getByRole('button', { name: words.filter, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await check(page, `filter-${nameOf(look)}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: words.period }).click();
    await page.getByRole('dialog').waitFor();
    await check(page, `period-${nameOf(look)}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: words.more }).first().click();
    await page.getByRole('dialog').waitFor();
    await check(page, `more-${nameOf(look)}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    if (look.width < 768) {
      await page.getByRole('button', { name: words.menu }).click();
      await page.getByRole('dialog').waitFor();
    }
    await page.getByRole('button', { name: OWNER.name, exact: true }).click();
    await page.getByRole('menuitem', { name: words.signOut }).waitFor();
    await check(page, `menu-${nameOf(look)}`);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

const EN = { filter: 'Filter', period: /period before/, more: /^Show all/, menu: 'Menu', signOut: 'Sign out' };
const RU = { filter: 'Фильтр', period: /с периодом до/, more: /^Показать все/, menu: 'Меню', signOut: 'Выйти' };
