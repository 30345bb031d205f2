// The tracker where sending fails, and its weight on a large page.
import { describe, expect, it } from 'vitest';
import { lab, page, withTracker } from './tracker-browser.ts';
import { PAGES } from './tracker-pages.ts';

withTracker(PAGES);

const visit = async (where = '/') => {
  await page.goto(lab.site + where);
  await lab.until(() => lab.named('page_view').length > 0, 'the page view');
};
const _urls = (name: string) => lab.named(name).map((event) => event.url.replace(lab.site, ''));
const leave = () => page.goto('about:blank');

describe('a difficult network', () => {
  it('a refused beacon goes by fetch', async () => {
    await page.addInitScript(() => {
      navigator.sendBeacon = () => false;
    });
    await visit();
    await page.waitForTimeout(1200);
    await leave();
    await lab.until(() => lab.named('engagement').length === 1, 'the engagement');
  });

  it('events that could not be sent come later with the same id and moment, none lost, none doubled', async () => {
    await page.addInitScript(() => {
      const real = window.fetch;
      const state = window as unknown as { down: boolean; tried: string[] };
      state.down = true;
      state.tried = [];
      navigator.sendBeacon = () => false;
      window.fetch = (url, init) => {
        state.tried.push(String(init?.body));
        return state.down ? Promise.reject(new TypeError('offline')) : real(url, init);
      };
    });
    await page.goto(`${lab.site}/`);
    for (const name of ['one', 'two', 'three']) {
      await page.evaluate((event) => window.tradewind?.(event), name);
      await page.waitForTimeout(50);
    }
    expect(lab.events()).toEqual([]);
    const tried = await page.evaluate(() => {
      const state = window as unknown as { down: boolean; tried: string[] };
      state.down = false;
      window.tradewind?.('four');
      return state.tried;
    });
    await lab.until(() => lab.named('four').length === 1, 'the last event');
    expect(lab.events().map((event) => event.name)).toEqual(['page_view', 'one', 'two', 'three', 'four']);
    const first = (JSON.parse(tried[0] ?? '{}') as { events: { id: string; at: number }[] }).events[0];
    expect(lab.events()[0]).toMatchObject({ id: first?.id, at: first?.at });
    expect(new Set(lab.events().map((event) => event.id)).size).toBe(5);
  });

  it.each(['broken', 'busy'] as const)('a server that is %s gets the events when it is back', async (answer) => {
    lab.answer = answer;
    await page.goto(`${lab.site}/`);
    await page.waitForTimeout(300);
    lab.answer = 'ok';
    await page.evaluate(() => window.tradewind?.('back'));
    await lab.until(() => lab.named('back').length === 1, 'the event after the fault');
    expect(lab.events().map((event) => event.name)).toEqual(['page_view', 'back']);
  });

  it('keeps no more than fifty events while nothing can be sent', async () => {
    lab.answer = 'broken';
    await page.goto(`${lab.site}/`);
    await page.waitForTimeout(200);
    await page.evaluate(async () => {
      for (let i = 0; i < 80; i++) window.tradewind?.(`e${i}`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    lab.answer = 'ok';
    await page.evaluate(() => window.tradewind?.('last'));
    await lab.until(() => lab.named('last').length === 1, 'the last event');
    expect(lab.events()).toHaveLength(50);
    expect(lab.events()[0]?.name).toBe('e31');
  });
});

describe('the weight on the page', () => {
  it('a strict content security policy is not violated, the banner included', async () => {
    await page.addInitScript(() => {
      const seen: string[] = [];
      (window as unknown as { violations: string[] }).violations = seen;
      document.addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await visit('/strict');
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(2500);
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
    const box = await page.getByRole('dialog').boundingBox();
    expect(box?.width).toBeLessThan(500);
  });

  it('a page of 10,000 nodes has no long task because of it', async () => {
    const longest = async (where: string) => {
      await page.goto(lab.site + where);
      return page.evaluate(async () => {
        const tasks: number[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) tasks.push(entry.duration);
        }).observe({ type: 'longtask' });
        for (let i = 0; i < 20; i++) {
          scrollTo(0, i * 400);
          document.querySelectorAll('a')[i]?.click();
          history.replaceState({}, '', `/large?i=${i}`);
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
        return Math.max(0, ...tasks);
      });
    };
    // a task of the page's own comes with every load, a moment in which the machine had other work does not
    const least = async (where: string) => {
      const loads: number[] = [];
      for (let i = 0; i < 3; i++) loads.push(await longest(where));
      return Math.min(...loads);
    };
    const without = await least('/large-without');
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    expect(nodes).toBeGreaterThan(10_000);
    expect(await least('/large')).toBeLessThan(Math.max(50, without * 1.5));
  });

  it('adds no global name but tradewind', async () => {
    await page.goto(`${lab.site}/large-without`);
    const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
    await visit();
    const after = await page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(after.filter((name) => !before.includes(name) && !/^\d+$/.test(name))).toEqual(['tradewind']);
  });
});
