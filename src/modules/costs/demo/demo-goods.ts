// What the demo company pays for its products, as the price list of its stock system through the same import as anyone's; dearer since
// the spring, and for one product nobody has written it down.
import { type ImportRulesParts, importTableOnce } from '../../../platform/imports/index.ts';
import { JobWorker } from '../../../platform/jobs/index.ts';
import { PRODUCTS } from '../../../simulator/index.ts';
import { goodsImport } from '../goods/import-goods.ts';

const HEAD = ['SKU', 'Unit cost', 'Valid from'];
const DAY_MS = 86_400_000;
/** days ago since which everything costs the shop a little more */
const DEARER = { ago: 200, by: 1.04 };

export async function demoGoods(
  parts: ImportRulesParts,
  of: { workspace: string; until: number; days: number },
): Promise<void> {
  const worker = new JobWorker(parts.jobs);
  await worker.start();
  const dayOf = (ago: number): string => new Date(of.until - ago * DAY_MS).toISOString().slice(0, 10);
  const list = PRODUCTS.flatMap(({ sku, price, cost }) => (cost === undefined ? [] : [{ sku, cost: price * cost }]));
  const rows = [
    ...list.map(({ sku, cost }) => [sku, cost.toFixed(2), dayOf(of.days)]),
    ...list.map(({ sku, cost }) => [sku, (cost * DEARER.by).toFixed(2), dayOf(DEARER.ago)]),
  ];
  try {
    const by = { workspace: of.workspace, who: 'Tradewind' };
    await importTableOnce(parts, by, {
      name: 'price-list.csv',
      kind: goodsImport,
      source: 'Stock system',
      head: HEAD,
      rows,
    });
  } finally {
    await worker.stop();
  }
}
