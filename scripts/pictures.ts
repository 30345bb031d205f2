// Takes the pictures of README and of the guides from the demo company: node scripts/pictures.ts URL E-MAIL PASSWORD; with more words,
// those of the named guides alone.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { pages } from '../src/modules/pages.ts';
import { findChromium } from './chromium.ts';

const [url = 'http://localhost:8300', email = 'demo@tradewind.example', password = 'look-around', ...only] =
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
async function pageFor(look: {
  width: number;
  height: number;
  theme: 'light' | 'dark';
  language: string;
}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    locale: look.language === 'ru' ? 'ru-RU' : 'en-GB',
    deviceScaleFactor: look.width < 500 ? 2 : 1,
  });
  await context.addInitScript((language) => localStorage.setItem('tradewind.language', language), look.language);
  const signIn = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!signIn.ok()) throw new Error(`Sign-in: ${signIn.status()} ${await signIn.text()}`);
  return context.newPage();
}

async function take(page: Page, path: string, name: string): Promise<void> {
  const me = await (await page.context().request.get(`${url}/api/v1/me`)).json();
  await page.goto(`${url}/w/${me.workspaces[0].id}/${path}`);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy="true"]'));
  await page.waitForTimeout(1200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

for (const look of only.length > 0 ? [] : LOOKS) {
  const page = await pageFor(look);
  await take(page, 'overview', look.name);
  await page.context().close();
}
// one picture a guide, of its screen; some show more with a question of their own
const SHOWN: Readonly<Record<string, string>> = {
  alarms: '?alarm=new',
  acts: '?acts=search&period=90d',
  'links/bulk': `?rows=${encodeURIComponent(['url;source;medium;campaign;content', ...['tents;vk;social', 'boots;telegram;social', 'stoves;ВК;cpc'].map((row, n) => `https://nord.example/${row};autumn-sale;post-${n + 1}`)].join('\n'))}`,
  contacts: '?show=sources&period=30d',
  compare: '?period=90d&of=["all","buyers","mobile"]&differs=mobile',
  explorer: '?measures=["revenue","orders"]&by=["week","channel"]&form=area&period=90d&top=5',
};
const page = await pageFor({ width: 1200, height: 720, theme: 'light', language: 'en' });
for (const { path, guide } of pages) {
  if (guide !== undefined && (only.length === 0 || only.includes(guide)))
    await take(page, `${path}${SHOWN[path] ?? ''}`, `guide-${guide}`);
}
await browser.close();
