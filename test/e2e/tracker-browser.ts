// A real Chromium on pages that carry the real tracker, for the tracker's test files: a fresh context a test, and no error on
// any page.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildTracker } from '../../src/tracker/build.ts';
import { type Lab, openLab } from './tracker-site.ts';

/** Chromium that asks nothing of the outside world. */
export const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

let browser: Browser;
let scripts = '';
export let lab: Lab;
export let context: BrowserContext;
export let page: Page;
let errors: string[] = [];
let tests = 0;

/** Registers the hooks; `lab`, `context` and `page` are those of the running test. */
export function withTracker(pages: Parameters<typeof openLab>[1]): void {
  beforeAll(async () => {
    scripts = await mkdtemp(path.join(tmpdir(), 'tracker-'));
    await buildTracker(scripts);
    lab = await openLab(scripts, pages);
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    await rm(scripts, { recursive: true, force: true });
  });
  beforeEach(async () => {
    lab.reset();
    lab.browserName = `Lab/${++tests}`;
    errors = [];
    context = await browser.newContext({ userAgent: lab.browserName });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
  });
  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
}
