// A visitor switches counting off on the site itself and on again; nothing is sent in between, and the site's own calls do no harm.
import { expect, it } from 'vitest';
import { context, lab, page, withTracker } from './tracker-browser.ts';
import { PAGES } from './tracker-pages.ts';

withTracker(PAGES);

const dialog = () => page.getByRole('dialog');
const off = async () => (await context.cookies()).some(({ name }) => name === 'tw_off');

it('?tw_off switches counting off for this browser, before the first view', async () => {
  await page.goto(`${lab.site}/?a=1&tw_off`);
  await dialog().getByText('are not counted').waitFor();
  expect(new URL(page.url()).search).toBe('?a=1');
  await page.evaluate(() => window.tradewind?.('signup'));
  await page.goto(`${lab.site}/other`);
  await page.waitForFunction(() => window.tradewind !== undefined);
  await page.evaluate(() => window.tradewind?.consent(true));
  await page.waitForTimeout(300);
  expect(lab.envelopes).toEqual([]);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['tw_off']);
});

it('#tw_on switches it on again, and the next page counts', async () => {
  await page.goto(`${lab.site}/#tw_off`);
  await dialog().getByRole('button', { name: 'Count them again' }).click();
  await dialog().getByText('counted again').waitFor();
  expect(await off()).toBe(false);
  await dialog().getByRole('button', { name: 'Close' }).click();
  await page.goto(`${lab.site}/next`);
  await lab.until(() => lab.named('page_view').length === 1, 'the view after switching on');
});
