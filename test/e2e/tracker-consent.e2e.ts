// Consent: the first-party id, Sec-GPC and the banner, by mouse and keyboard.
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { context, lab, page, withTracker } from './tracker-browser.ts';
import { SITE_KEY } from './tracker-site.ts';

const doc = (more: string) => `<!doctype html><html lang="en"><head><title>Shop</title>
  <script defer src="STATS/tw.js" data-site="${SITE_KEY}" data-vitals="off" ${more}></script></head>
  <body><main><h1>Shop</h1><p><a id="link" href="#top">A link</a></p><p><a href="#" data-tw-consent>Your choice</a></p></main></body></html>`;
const PAGES = { '/': { html: doc('') }, '/banner': { html: doc('data-consent') } };

withTracker(PAGES);

const idCookie = async () => (await context.cookies()).find((cookie) => cookie.name === 'tw_id');
const visit = async (where: string) => {
  const seen = lab.named('page_view').length;
  await page.goto(lab.site + where);
  await lab.until(() => lab.named('page_view').length > seen, 'the page view');
};
const withPrivacyControl = () =>
  page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }));

describe('the first-party id', () => {
  it('exists only after consent, is fresh on the page it was made, lasts a year, and goes with the consent', async () => {
    await visit('/');
    expect(await idCookie()).toBeUndefined();
    await page.evaluate(() => {
      window.tradewind?.consent(true);
      window.tradewind?.('agreed');
    });
    await lab.until(() => lab.named('agreed').length === 1, 'the event with consent');
    const cookie = await idCookie();
    expect(cookie?.value).toMatch(/^[0-9a-f-]{36}$/);
    expect(cookie).toMatchObject({ sameSite: 'Lax', path: '/', secure: false });
    expect((cookie?.expires ?? 0) * 1000 - Date.now()).toBeGreaterThan(364 * 86_400_000);
    expect(lab.envelopes.at(-1)).toMatchObject({ visitor: cookie?.value, fresh: 1 });

    await visit('/');
    expect(lab.envelopes.at(-1)?.visitor).toBe(cookie?.value);
    expect(lab.envelopes.at(-1)).not.toHaveProperty('fresh');

    await page.evaluate(() => {
      window.tradewind?.consent(false);
      window.tradewind?.('withdrew');
    });
    await lab.until(() => lab.named('withdrew').length === 1, 'the event without consent');
    expect(lab.envelopes.at(-1)).not.toHaveProperty('visitor');
    expect(await idCookie()).toBeUndefined();
  });

  it('is never made under Global Privacy Control, and an older one is deleted; views still count', async () => {
    await context.addCookies([
      { name: 'tw_id', value: 'old', url: lab.site },
      { name: '_ga', value: 'GA1.1.1.2', url: lab.site },
    ]);
    await withPrivacyControl();
    await visit('/');
    await page.evaluate(() => {
      window.tradewind?.consent(true);
      window.tradewind?.('after');
    });
    await lab.until(() => lab.named('after').length === 1, 'the event');
    for (const envelope of lab.envelopes)
      for (const id of ['visitor', 'fresh', 'ga']) expect(envelope).not.toHaveProperty(id);
    expect(await idCookie()).toBeUndefined();
  });
});

describe('the banner', () => {
  const dialog = () => page.getByRole('dialog', { name: 'May we remember you?' });

  it('is answered by keyboard alone, keeps the choice and sends its proof', async () => {
    await visit('/banner');
    await dialog().waitFor();
    expect(await idCookie()).toBeUndefined();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => document.querySelector('tw-consent')?.shadowRoot?.activeElement?.textContent),
    ).toBe('Accept');
    await page.keyboard.press('Enter');
    await lab.until(() => lab.proofs.length === 1, 'the proof');
    const cookie = await idCookie();
    expect(lab.proofs[0]).toMatchObject({
      site: SITE_KEY,
      version: '3',
      choice: 'granted',
      visitor: cookie?.value,
      language: 'en',
    });
    expect(Math.abs((lab.proofs[0]?.at ?? 0) - Date.now())).toBeLessThan(10_000);
    await dialog().waitFor({ state: 'detached' });

    await visit('/banner');
    await page.waitForTimeout(400);
    expect(await dialog().count()).toBe(0);
    expect(lab.envelopes.at(-1)?.visitor).toBe(cookie?.value);
  });

  it('a refusal is kept and proved, and no id is made', async () => {
    await visit('/banner');
    await dialog().getByRole('button', { name: 'Decline' }).click();
    await lab.until(() => lab.proofs.length === 1, 'the proof');
    expect(lab.proofs[0]).toMatchObject({ choice: 'denied' });
    expect(lab.proofs[0]).not.toHaveProperty('visitor');
    await visit('/banner');
    await page.waitForTimeout(400);
    expect(await dialog().count()).toBe(0);
    expect(await idCookie()).toBeUndefined();
  });

  it('asks again when the text has a new version', async () => {
    await visit('/banner');
    await dialog().getByRole('button', { name: 'Decline' }).click();
    await lab.until(() => lab.proofs.length === 1, 'the first proof');
    lab.consent.version = '4';
    await visit('/banner');
    await dialog().getByRole('button', { name: 'Accept' }).click();
    // the first may come once more: its answer may not have reached the page that was left
    const second = () => lab.proofs.find(({ version }) => version === '4');
    await lab.until(() => second() !== undefined, 'the second proof');
    expect(second()).toMatchObject({ choice: 'granted' });
  });

  it('opens again from a link of the site, takes the focus, and Escape leaves the choice as it was', async () => {
    await visit('/banner');
    await dialog().getByRole('button', { name: 'Accept' }).click();
    await lab.until(() => lab.proofs.length === 1, 'the proof');
    await page.click('[data-tw-consent]');
    await dialog().waitFor();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('tw-consent');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await idCookie()).toBeDefined();
    await page.click('[data-tw-consent]');
    await dialog().getByRole('button', { name: 'Decline' }).click();
    await lab.until(() => lab.proofs.length === 2, 'the withdrawal');
    expect(await idCookie()).toBeUndefined();
  });

  it('a notice stores at once and can be declined', async () => {
    lab.consent.mode = 'notice';
    await visit('/banner');
    await dialog().waitFor();
    expect(await idCookie()).toBeDefined();
    await dialog().getByRole('button', { name: 'Decline' }).click();
    await lab.until(() => lab.proofs.length === 1, 'the refusal');
    expect(await idCookie()).toBeUndefined();
  });

  it('a proof that could not be sent is sent from the next page', async () => {
    await visit('/banner');
    await dialog().waitFor();
    lab.answer = 'busy';
    await dialog().getByRole('button', { name: 'Accept' }).click();
    await page.waitForTimeout(300);
    expect(lab.proofs).toEqual([]);
    lab.answer = 'ok';
    await visit('/banner');
    await lab.until(() => lab.proofs.length === 1, 'the late proof');
    expect(lab.proofs[0]?.choice).toBe('granted');
  });

  it('is not shown to a browser that sends Global Privacy Control', async () => {
    await withPrivacyControl();
    await visit('/banner');
    await page.waitForTimeout(400);
    expect(await dialog().count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('is accessible and leaves most of the page free in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 375, height: 700 });
    await visit('/banner');
    await dialog().waitFor();
    const { violations } = await new AxeBuilder({ page }).disableRules(['region']).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.help}`)).toEqual([]);
    const box = await dialog().boundingBox();
    expect(box?.height).toBeLessThan(350);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
  });
});
