// Takes the pictures of README from the demo company: node scripts/pictures.ts URL E-MAIL PASSWORD
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

const [url = 'http://localhost:8300', email = 'demo@tradewind.example', password = 'look-around'] =
  process.argv.slice(2);
const folder = join(import.meta.dirname, '../docs/pictures');
mkdirSync(folder, { recursive: true });

const LOOKS = [
  { name: 'overview-light', width: 1440, height: 900, theme: 'light', language: 'en' },
  { name: 'overview-dark', width: 1440, height: 900, theme: 'dark', language: 'en' },
  { name: 'overview-phone-ru', width: 375, height: 812, theme: 'light', language: 'ru' },
] as const;

const browser = await chromium.launch({
  executablePath: findChromium({ install: false }).path ?? '',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
});
for (const look of LOOKS) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    locale: look.language === 'ru' ? 'ru-RU' : 'en-GB',
    deviceScaleFactor: look.width < 500 ? 2 : 1,
  });
  await context.addInitScript((language) => localStorage.setItem('tradewind.language', language), look.language);
  const page = await context.newPage();
  const signIn = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!signIn.ok()) throw new Error(`Sign-in: ${signIn.status()} ${await signIn.text()}`);
  const me = await (await context.request.get(`${url}/api/v1/me`)).json();
  await page.goto(`${url}/w/${me.workspaces[0].id}/overview`);
  await page.waitForSelector('canvas, svg[role]', { timeout: 20_000 }).catch(() => {});
  await page.waitForTimeout(2500);
  await page.screenshot({ path: join(folder, `${look.name}.png`) });
  await context.close();
}
await browser.close();
