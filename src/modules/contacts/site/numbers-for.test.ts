// The number of the source that fits a visit closest is shown.
import { expect, test } from 'vitest';
import type { ContactSourceDefinition } from '../contract.ts';
import { numbersFor } from './numbers-for.ts';

const phone = (value: string, more: Partial<ContactSourceDefinition> = {}): ContactSourceDefinition => ({
  ...({
    version: 1,
    kind: 'phone',
    source: 'google',
    medium: '',
    campaign: '',
    instead: '+49 30 1000',
  } as never as ContactSourceDefinition),
  value,
  ...more,
});
const from = { source: 'google', medium: 'cpc', campaign: 'autumn' };

test('the campaign says more than the medium, and the medium more than the source', () => {
  const all = [phone('1'), phone('2', { medium: 'cpc' }), phone('3', { campaign: 'autumn' })];
  expect(numbersFor(all, from)).toEqual([['49301000', '3']]);
  expect(numbersFor(all.slice(0, 2), from)).toEqual([['49301000', '2']]);
  expect(numbersFor(all, { ...from, campaign: 'spring', medium: 'organic' })).toEqual([['49301000', '1']]);
});

test('upper and lower case are the same, and another source has none', () => {
  expect(numbersFor([phone('1', { source: 'Google', campaign: 'AUTUMN' })], from)).toEqual([['49301000', '1']]);
  expect(numbersFor([phone('1', { source: 'bing' })], from)).toEqual([]);
});

test('each place on the page has a number of its own; a promo code and a number without a place are shown nowhere', () => {
  const all = [
    phone('1'),
    phone('2', { instead: '+49 30 2000' }),
    phone('3', { instead: '' }),
    phone('AUTUMN', { kind: 'promo' }),
  ];
  expect(numbersFor(all, from)).toEqual([
    ['49301000', '1'],
    ['49302000', '2'],
  ]);
});
