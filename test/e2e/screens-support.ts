// A real Chromium, and what the tests that walk the screens look for in each of them.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../..');
export const ARTIFACTS = join(ROOT, 'test/.artifacts');

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('No Chromium found: install it, or set CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Look {
  width: number;
  theme: 'light' | 'dark';
  language: 'en' | 'ru';
}

/** A page of a person of their own. `faults` collects what the browser complains about. */
export async function openPage(browser: Browser, url: string, look: Look): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: look.width, height: 900 },
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
  });
  await context.addInitScript((language) => {
    // a sandboxed frame has no storage
    if (window.origin !== 'null') localStorage.setItem('tradewind.language', language);
  }, look.language);
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // a refused request is a part of some screens; what it says on screen is checked there
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) faults.push(message.text());
  });
  return { page, faults };
}

/** What stands still: everything loaded, nothing busy. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(() => document.fonts.ready);
}

/** Serious and critical findings of axe, each with the element it is about. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // something that fades has no contrast of its own yet
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  // a sandboxed frame runs no script, so axe can't look inside it
  const found = await new AxeBuilder({ page }).exclude('iframe[sandbox]').analyze();
  return found.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}

/** By how many pixels the page can be scrolled sideways. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage: true });
}

export const OWNER = { name: 'Anna Berg', email: 'anna@nord.example', password: 'a calm green sea' };

const post = (page: Page, url: string, path: string, data: unknown) =>
  page.request.post(path, { headers: { origin: url }, data });

export const signInOwner = (page: Page, url: string) =>
  post(page, url, '/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });

/** The first company of an installation, with its owner signed in. */
export async function setUpNord(page: Page, url: string): Promise<{ workspace: string; site: string }> {
  const made = await post(page, url, '/api/v1/setup', {
    owner: OWNER,
    workspace: { name: 'Nord', currency: 'EUR', timeZone: 'Europe/Berlin', language: 'en', legalProfile: 'eu' },
    site: 'nord.example',
  });
  await signInOwner(page, url);
  return (await made.json()) as { workspace: string; site: string };
}
