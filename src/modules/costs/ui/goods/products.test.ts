import { expect, test } from 'vitest';
import type { GoodsCost } from '../../goods/contract.ts';
import { productsOf } from './products.ts';

const cost = (product: string, fromDay: string, minor: number): GoodsCost => ({
  ...{ id: `${product} ${fromDay}`, product, fromDay, cost: minor, currency: 'EUR', updatedAt: '' },
});

test('products without a cost come first, and the cost of today is the newest that has begun', () => {
  const sold = [
    { value: 'A', label: 'Tent', revenue: 900 },
    { value: 'B', label: 'Bag', revenue: 100 },
    { value: '', label: '', revenue: 5 },
  ];
  const costs = [
    cost('A', '2027-01-01', 70),
    cost('A', '2026-05-01', 60),
    cost('A', '2026-01-01', 50),
    cost('Z', '2026-01-01', 9),
  ];
  const found = productsOf(sold, costs, '2026-11-26');
  expect(found.map(({ id, now }) => [id, now?.cost ?? null])).toEqual([
    ['B', null],
    ['A', 60],
    ['Z', 9],
  ]);
});
