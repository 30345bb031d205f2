// A simulated company behaves as its rules say: what a method is to find is really in the data.
import { expect, test } from 'vitest';
import { Simulation, type Truth } from './index.ts';

/** Thirteen months at three times the visits, so that chance is small beside what is looked for. */
function company(): { truth: Truth; channelDays: Map<string, number[]> } {
  const simulation = new Simulation({
    seed: 5,
    siteKey: 'k',
    until: Date.UTC(2026, 10, 20),
    days: 395,
    perDay: 500,
    currency: 'EUR',
  });
  const channelDays = new Map<string, number[]>();
  for (const { requests } of simulation.days()) {
    for (const { body } of requests) {
      const first = body.events[0]!;
      const key = /utm_campaign=([\w-]+)/.exec(first.url ?? '')?.[1] ?? (first.referrer ? 'other' : 'direct');
      const days = channelDays.get(key) ?? Array.from({ length: 395 }, () => 0);
      const day = 394 - Math.floor((Date.UTC(2026, 10, 20) - 1 - first.at) / 86_400_000);
      days[day] = (days[day] ?? 0) + 1;
      channelDays.set(key, days);
    }
  }
  return { truth: simulation.truth, channelDays };
}
const { truth, channelDays } = company();
const mean = (days: number[], from: number, to: number): number =>
  days.slice(from, to).reduce((sum, n) => sum + n, 0) / (to - from);

test('ads on the own name stop for two weeks', () => {
  const brand = channelDays.get('brand')!;
  expect(mean(brand, 395 - 120, 395 - 106)).toBe(0);
  expect(mean(brand, 395 - 105, 395 - 91)).toBeGreaterThan(18);
});

test('twice the money on social buys less than twice the visits', () => {
  const social = channelDays.get('autumn-sale')!;
  const growth = mean(social, 395 - 75, 395 - 45) / mean(social, 395 - 110, 395 - 80);
  expect(growth).toBeGreaterThan(1.5);
  expect(growth).toBeLessThan(1.95);
});

test('shares are those of the rules', () => {
  expect(truth.consentedVisits / truth.visits).toBeGreaterThan(0.5);
  expect(truth.refunds.count / truth.orders).toBeCloseTo(0.06, 2);
  const decided = truth.deals.won + truth.deals.lost;
  expect(truth.deals.won / decided).toBeCloseTo(0.3, 1);
  expect(truth.deals.open).toBe(truth.deals.offered - decided);
  expect(truth.robotViews / truth.visits).toBeCloseTo(0.07, 2);
  expect(truth.repeatOrders).toBeGreaterThan(truth.orders * 0.08);
});

test('parts add up to the whole', () => {
  for (const table of [truth.byChannel, truth.byDay]) {
    const sum = (pick: 'visits' | 'orders' | 'revenue' | 'pageViews') =>
      Object.values(table).reduce((all, one) => all + one[pick], 0);
    expect([sum('visits'), sum('orders'), sum('revenue'), sum('pageViews')]).toEqual([
      truth.visits,
      truth.orders,
      truth.revenue,
      truth.pageViews,
    ]);
  }
  expect(truth.customers + truth.repeatOrders).toBe(truth.orders);
});

test('sales rise at the end of November', () => {
  const visits = (from: string, to: string): number => {
    const days = Object.entries(truth.byDay).filter(([day]) => day >= from && day < to);
    return days.reduce((sum, [, { visits }]) => sum + visits, 0) / days.length;
  };
  expect(visits('2025-11-23', '2025-11-30') / visits('2025-11-09', '2025-11-16')).toBeGreaterThan(1.3);
});
