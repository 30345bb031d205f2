// Products as the shop sold them, with what they cost now; those without a cost first, then by what they brought.
import type { GoodsCost } from '../../goods/contract.ts';

export interface Product {
  id: string;
  name: string;
  /** minor units of the company's currency, of the last year; null for one that was not sold */
  revenue: number | null;
  /** the cost that holds today */
  now: GoodsCost | null;
}

export function productsOf(
  sold: readonly { value: string; label: string; revenue: number }[],
  costs: readonly GoodsCost[],
  today: string,
): Product[] {
  const now = new Map<string, GoodsCost>();
  const named = new Set<string>();
  // the newest first
  for (const cost of costs) {
    named.add(cost.product);
    if (cost.fromDay <= today && !now.has(cost.product)) now.set(cost.product, cost);
  }
  const products = sold
    .filter(({ value }) => value !== '')
    .map(({ value, label, revenue }) => ({ id: value, name: label, revenue, now: now.get(value) ?? null }));
  const known = new Set(products.map(({ id }) => id));
  const others = [...named]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: '', revenue: null, now: now.get(id) ?? null }));
  return [...products, ...others].sort(
    (a, b) => Number(a.now !== null) - Number(b.now !== null) || (b.revenue ?? -1) - (a.revenue ?? -1),
  );
}
