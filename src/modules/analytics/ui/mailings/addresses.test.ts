import { expect, test } from 'vitest';
import { addressesIn, badAddress } from './addresses.ts';

test('addresses are taken apart however they are typed', () => {
  expect(addressesIn(' Anna@Shop.example, boris@shop.example;\nanna@shop.example ')).toEqual([
    'anna@shop.example',
    'boris@shop.example',
  ]);
  expect(addressesIn(' , ')).toEqual([]);
});

test('what can be no address is named', () => {
  expect(badAddress(['anna@shop.example', 'boris'])).toBe('boris');
  expect(badAddress(['anna@shop'])).toBe('anna@shop');
  expect(badAddress(['a+b@shop.co.example'])).toBeUndefined();
});
