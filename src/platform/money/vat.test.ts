// VAT as tax offices count it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeVatOut, vatOn } from './vat.ts';

test('120.00 with 20 % holds 20.00', () => expect(takeVatOut(12_000, 200)).toEqual({ net: 10_000, vat: 2_000 }));
test('105.50 with 5.5 % holds 5.50', () => expect(takeVatOut(10_550, 55)).toEqual({ net: 10_000, vat: 550 }));
test('a refund is the mirror of its charge', () =>
  expect(takeVatOut(-9_999, 190)).toEqual({ net: -8_403, vat: -1_596 }));
test('half a minor unit is rounded away from zero', () =>
  expect([takeVatOut(3, 1000).net, takeVatOut(-3, 1000).net]).toEqual([2, -2]));
test('the Russian rate changes with the day', () => {
  const rates = [
    { fromDay: '2019-01-01', perMille: 200 },
    { fromDay: '2026-01-01', perMille: 220 },
    { fromDay: '2004-01-01', perMille: 180 },
  ];
  expect(
    ['2003-12-31', '2018-12-31', '2019-01-01', '2025-12-31', '2026-01-01'].map((day) => vatOn(rates, day)),
  ).toEqual([0, 180, 200, 200, 220]);
});

test('net and VAT always add up to the amount, and net with VAT on top is within one minor unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 1000 }), (gross, perMille) => {
      const { net, vat } = takeVatOut(gross, perMille);
      expect(net + vat).toBe(gross);
      expect(Math.abs((net * (1000 + perMille)) / 1000 - gross)).toBeLessThanOrEqual(1);
    }),
  );
});
