// The tracker on plain pages and single-page apps: page views and what people do.
import { describe, expect, it } from 'vitest';
import { context, lab, page, withTracker } from './tracker-browser.ts';
import { PAGES } from './tracker-pages.ts';
import { SITE_KEY } from './tracker-site.ts';

withTracker(PAGES);

const visit = async (where = '/') => {
  await page.goto(lab.site + where);
  await lab.until(() => lab.named('page_view').length > 0, 'the page view');
};
const urls = (name: string) => lab.named(name).map((event) => event.url.replace(lab.site, ''));
const leave = () => page.goto('about:blank');

describe('page views', () => {
  it('a plain page counts once, with what a report needs and nothing empty', async () => {
    await visit('/?utm_source=vk');
    expect(lab.envelopes).toHaveLength(1);
    const [envelope] = lab.envelopes;
    expect(envelope).toMatchObject({ site: SITE_KEY });
    expect(Math.abs((envelope?.sent ?? 0) - Date.now())).toBeLessThan(10_000);
    for (const absent of ['visitor', 'fresh', 'ga', 'ym']) expect(envelope).not.toHaveProperty(absent);
    const [event] = envelope?.events ?? [];
    expect(event).toMatchObject({
      name: 'page_view',
      url: `${lab.site}/?utm_source=vk`,
      title: 'Shop',
      language: 'en-US',
      width: 1280,
    });
    expect(event).not.toHaveProperty('referrer');
    expect(event?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt((event?.id ?? '').replace('-', '').slice(0, 12), 16)).toBeCloseTo(event?.at ?? 0, -2);
    expect(await context.cookies()).toEqual([]);
  });

  it('tells the referrer and the ids of other counters where the site has them', async () => {
    await context.addCookies([
      { name: '_ga', value: 'GA1.1.123456.789', url: lab.site },
      { name: '_ym_uid', value: '1700000000123', url: lab.site },
    ]);
    await page.goto(`${lab.site}/`, { referer: 'https://www.google.com/' });
    await lab.until(() => lab.envelopes.length > 0, 'the page view');
    expect(lab.envelopes[0]).toMatchObject({ ga: '123456.789', ym: '1700000000123' });
  });

  it('a single-page site counts each changed path once, and the way back', async () => {
    await visit();
    await page.evaluate(() => {
      history.pushState({}, '', '/a');
      document.title = 'A';
    });
    await lab.until(() => lab.named('page_view').length === 2, 'the second view');
    await page.evaluate(() => {
      history.replaceState({ x: 1 }, '', '/a');
      history.replaceState({}, '', '/a?filter=1');
      history.pushState({}, '', '/a#part');
    });
    await page.evaluate(() => {
      history.pushState({}, '', '/redirecting');
      history.replaceState({}, '', '/b');
    });
    await lab.until(() => lab.named('page_view').length === 3, 'the third view');
    await page.goBack();
    await page.goBack();
    await lab.until(() => lab.named('page_view').length >= 4, 'the way back');
    await page.waitForTimeout(200);
    expect(urls('page_view')).toEqual(['/', '/a', '/b', expect.stringMatching(/^\/a/)]);
    expect(lab.named('page_view')[1]).toMatchObject({ title: 'A', referrer: `${lab.site}/` });
  });

  it('a hash-routed site counts hashes when told so', async () => {
    await visit('/hash');
    await page.evaluate(() => {
      location.hash = '#/cart';
    });
    await lab.until(() => lab.named('page_view').length === 2, 'the cart');
    expect(urls('page_view')).toEqual(['/hash', '/hash#/cart']);
  });

  it('a page that comes back from the browser memory counts again', async () => {
    await visit();
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await lab.until(() => lab.named('page_view').length === 2, 'the second view');
  });

  it('a prerendered page counts when it is shown', async () => {
    await page.addInitScript(() =>
      Object.defineProperty(document, 'prerendering', { value: true, configurable: true }),
    );
    await page.goto(`${lab.site}/`);
    await page.waitForTimeout(300);
    expect(lab.events()).toEqual([]);
    await page.evaluate(() => document.dispatchEvent(new Event('prerenderingchange')));
    await lab.until(() => lab.named('page_view').length === 1, 'the view');
  });

  it('the script put twice into a page counts once', async () => {
    await visit('/twice');
    await page.waitForTimeout(200);
    expect(lab.named('page_view')).toHaveLength(1);
  });

  it('a renamed script sends beside itself, and data-to sends elsewhere', async () => {
    await visit('/moved');
    await lab.until(() => lab.paths.includes('/assets/collect'), 'a post beside the renamed script');
    lab.reset();
    await visit('/to');
    await lab.until(() => lab.paths.includes('/other/collect'), 'a post to the address in data-to');
  });
});

describe('what people do', () => {
  it('a click to another site, by mouse or middle button, is an outbound click; mail is not', async () => {
    await visit();
    await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
    await page.click('#out b');
    await page.click('#mail');
    await page.click('#in');
    await page.click('#out', { button: 'middle' });
    await lab.until(() => lab.named('outbound_click').length === 2, 'two outbound clicks');
    expect(lab.named('outbound_click')[0]?.properties).toEqual({ url: 'http://elsewhere.test/x?y=1' });
  });

  it('a press on a phone number or messenger tells which, once the page has settled', async () => {
    await visit('/vitals');
    await page.waitForResponse((response) => response.url().endsWith('/tw-vitals.js'));
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('afterbegin', '<a id="call" href="tel:+4930123">call</a>');
      document.addEventListener('click', (event) => event.preventDefault());
    });
    await page.click('#call');
    await page.click('#mail');
    await page.click('#in');
    await lab.until(() => lab.named('contact_click').length === 2, 'two presses');
    expect(lab.named('contact_click').map((event) => event.properties)).toEqual([
      { kind: 'phone', to: 'tel:+4930123' },
      { kind: 'mail', to: 'mailto:a@b.test' },
    ]);
  });

  it('a link inside a shadow root is seen', async () => {
    await visit();
    await page.evaluate(() => {
      const host = document.createElement('my-card');
      host.attachShadow({ mode: 'open' }).innerHTML = '<a href="http://shadow.test/" id="s"><i>go</i></a>';
      document.body.prepend(host);
      document.addEventListener('click', (event) => event.preventDefault());
    });
    await page.click('my-card i');
    await lab.until(() => lab.named('outbound_click').length === 1, 'the click');
  });

  it('a file is a download, by its ending or by the attribute', async () => {
    await visit();
    await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
    await page.click('#pdf');
    await page.click('#save');
    await lab.until(() => lab.named('file_download').length === 2, 'two downloads');
    expect(lab.named('file_download').map((e) => e.properties?.url)).toEqual([
      `${lab.site}/price.pdf`,
      `${lab.site}/report`,
    ]);
  });

  it('a click that leaves the page at once is not lost', async () => {
    await visit();
    await page.route('http://elsewhere.test/**', (route) => route.fulfill({ body: 'elsewhere' }));
    await page.click('#out');
    await lab.until(() => lab.named('outbound_click').length === 1, 'the click');
  });

  it('a sent form tells which form, never what was in it', async () => {
    await visit();
    await page.click('#lead button');
    await lab.until(() => lab.named('form_submit').length === 1, 'the form');
    expect(lab.named('form_submit')[0]?.properties).toEqual({ form: 'lead' });
    const sent = JSON.stringify(lab.envelopes.filter((e) => e.events.some((event) => event.name === 'form_submit')));
    expect(sent).not.toContain('Secret');
  });

  it('time and depth are told in increments that add up', async () => {
    await visit();
    await page.waitForTimeout(1200);
    await page.evaluate(() => scrollTo(0, 700));
    await page.waitForTimeout(600);
    await page.evaluate(() => history.pushState({}, '', '/next'));
    await lab.until(() => lab.named('engagement').length === 1, 'the first engagement');
    await page.waitForTimeout(1100);
    await leave();
    await lab.until(() => lab.named('engagement').length === 2, 'the second engagement');
    const [first, second] = lab.named('engagement');
    expect(first?.url).toBe(`${lab.site}/`);
    expect(first?.duration).toBeGreaterThan(1500);
    expect(first?.duration).toBeLessThan(4000);
    expect(first?.scroll).toBeGreaterThan(35);
    expect(first?.scroll).toBeLessThan(60);
    expect(second?.url).toBe(`${lab.site}/next`);
    expect(second?.duration).toBeGreaterThan(800);
  });

  it('time in a hidden tab does not count', async () => {
    await visit();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await page.waitForTimeout(1500);
    await leave();
    const total = lab.named('engagement').reduce((sum, event) => sum + (event.duration ?? 0), 0);
    expect(total).toBeLessThan(1000);
  });

  it('an own event carries its properties and its exact money', async () => {
    await visit();
    await page.evaluate(() =>
      window.tradewind?.('signup', { plan: 'pro', seats: 0 }, { amount: '1990.50', currency: 'RUB' }),
    );
    await lab.until(() => lab.named('signup').length === 1, 'the event');
    expect(lab.named('signup')[0]).toMatchObject({
      properties: { plan: 'pro', seats: 0 },
      revenue: { amount: '1990.50', currency: 'RUB' },
    });
  });

  it('calls made before the script came are kept, after the page view', async () => {
    await visit('/stub');
    await lab.until(() => lab.named('early').length === 1, 'the early event');
    expect(lab.events().map((event) => event.name)).toEqual(['page_view', 'early']);
  });

  it('junk does no harm to the page or to the events after it', async () => {
    await visit();
    await page.evaluate(() => {
      const call = window.tradewind as unknown as (...args: unknown[]) => void;
      const loop: Record<string, unknown> = {};
      loop.self = loop;
      for (const args of [[], [null], [{}], [42], [''], ['x', loop], ['x', 10n], ['x', { n: 10n }], [Symbol('s')]])
        call(...args);
      for (const revenue of [1, 'x', null, Symbol('s')]) call('odd_money', {}, revenue);
      (window.tradewind as unknown as { consent(x: unknown): void }).consent({});
      (window.tradewind as unknown as { consent(x: unknown): void }).consent(undefined);
      call('after');
    });
    await lab.until(() => lab.named('after').length === 1, 'the event after the junk');
  });

  it('web vitals come from a file loaded later, and each measure once', async () => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await visit('/vitals');
    expect(loaded).not.toContain('/tw-vitals.js');
    await page.waitForTimeout(2600);
    expect(loaded).toContain('/tw-vitals.js');
    await page.click('h1');
    await page.waitForTimeout(300);
    await leave();
    const metrics = () => lab.named('web_vital').map((event) => event.properties?.metric);
    await lab.until(() => metrics().includes('CLS') && metrics().includes('LCP'), 'LCP and CLS');
    expect(metrics()).toEqual(expect.arrayContaining(['TTFB', 'FCP', 'LCP', 'CLS', 'INP']));
    expect(new Set(metrics()).size).toBe(metrics().length);
  });
});
