// Rates of a day.
import { expect, test } from 'vitest';
import { rateOn } from './rates.ts';

const rate = (day: string, currency: string, toCurrency: string, value: string, source = 'ecb') => ({
  day,
  currency,
  toCurrency,
  rate: value,
  source,
});

test('the newest rate on or before the day holds, so a weekend has the rate of Friday', () => {
  const rates = [rate('2026-11-20', 'EUR', 'USD', '1.10'), rate('2026-11-23', 'EUR', 'USD', '1.20')];
  expect(rateOn(rates, 'EUR', 'USD', '2026-11-22')).toBe(1.1);
  expect(rateOn(rates, 'EUR', 'USD', '2026-11-23')).toBe(1.2);
  expect(rateOn(rates, 'EUR', 'USD', '2026-11-19')).toBeNull();
});
test('a rate works the other way round and through a third currency', () => {
  const rates = [rate('2026-11-20', 'USD', 'RUB', '80', 'cbr'), rate('2026-11-20', 'EUR', 'RUB', '100', 'cbr')];
  expect(rateOn(rates, 'RUB', 'USD', '2026-11-20')).toBeCloseTo(0.0125, 12);
  expect(rateOn(rates, 'USD', 'EUR', '2026-11-20')).toBeCloseTo(0.8, 12);
});
test('a rate entered by hand goes before the bank of the same day', () => {
  const rates = [rate('2026-11-20', 'EUR', 'USD', '1.5', 'manual'), rate('2026-11-20', 'EUR', 'USD', '1.1')];
  expect(rateOn(rates, 'EUR', 'USD', '2026-11-20')).toBe(1.5);
});
test('nothing is made up', () => expect(rateOn([], 'EUR', 'USD', '2026-11-20')).toBeNull());
