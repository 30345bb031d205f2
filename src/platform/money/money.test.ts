import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minorDigits, minorUnits } from './money.ts';

test('amounts become minor units of their currency, rounded away from zero at the half', () => {
  expect(minorUnits('1990.50', 'EUR')).toBe(199_050);
  expect(minorUnits('0.1', 'EUR')).toBe(10);
  expect(minorUnits('19.995', 'EUR')).toBe(2000);
  expect(minorUnits('-19.995', 'EUR')).toBe(-2000);
  expect(minorUnits('1500', 'JPY')).toBe(1500);
  expect(minorUnits('1.2345', 'KWD')).toBe(1235);
  expect(minorDigits('RUB')).toBe(2);
});

test('what has two places comes back exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
      const text = `${minor < 0 ? '-' : ''}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
      expect(minorUnits(text, 'EUR')).toBe(minor);
    }),
  );
});
