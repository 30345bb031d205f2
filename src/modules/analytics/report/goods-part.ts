// What sold goods cost, and what is left of what was paid for them. A product's cost on the day of its sale is joined to each item;
// goods whose cost nobody has said are in neither figure.
import { quote } from './dimensions.ts';
import { type Factor, rateKey } from './money.ts';
import { own, type Scope, within } from './scope.ts';

/** How a shop's item names its product, wherever products are told apart. */
export const PRODUCT_OF_ITEM = "if(item.id != '', item.id, item.name)";

/** The day of a sale on the company's clock, by which a cost holds "from" a day. */
export const soldOn = (s: Scope): string => `toDate(at, ${quote(s.zone)})`;

/** In minor units of the company's currency; one without a rate on its day is left out. */
export function goodsCosts(s: Scope): string {
  const factors: readonly Factor[] = s.goodsFactors ?? [];
  const keys = `[${factors.map((f) => quote(f.currency + f.day)).join(', ')}]`;
  const values = `[${factors.map((f) => `toFloat64(${f.factor})`).join(', ')}]`;
  const mine = `currency = ${quote(s.currency)}`;
  const rate = factors.length > 0 ? `if(${mine}, 1., transform(${rateKey}, ${keys}, ${values}, 0.))` : '1.';
  const useful = factors.length > 0 ? `(${mine} OR has(${keys}, ${rateKey}))` : mine;
  return `SELECT product, day AS cost_day, cost * ${rate} AS unit_cost
    FROM goods_costs FINAL WHERE workspace = ${quote(s.workspace)} AND ${useful}`;
}

/** The currencies and days in which costs are given, besides the company's own. */
export const goodsNeedsSql = (s: Scope): string =>
  `SELECT DISTINCT currency, toString(day) AS day FROM goods_costs FINAL
    WHERE workspace = ${quote(s.workspace)} AND currency != ${quote(s.currency)}`;

/** One row: what was sold in the period, at its prices, and how much of that has a cost. */
export const goodsKnownSql = (s: Scope, sales: string): string =>
  `SELECT sum(i.price) AS sold, sumIf(i.price, c.product != '') AS known
    FROM (SELECT ${PRODUCT_OF_ITEM} AS product, ${soldOn(s)} AS sold_on, toFloat64(item.price * item.quantity) AS price FROM ${sales}
      ARRAY JOIN items AS item WHERE ${own(s)} AND ${within('at', s)} AND name = 'purchase') AS i
    ASOF LEFT JOIN (${goodsCosts(s)}) AS c ON i.product = c.product AND i.sold_on >= c.cost_day`;

/**
 * Rows of sales with `goods_paid` (minor units of the sale's currency), `goods_cost` (of the company's) and `goods_known`, of items
 * whose cost is known; what was given back is taken away. An order that was paid for with less than its items' prices (a coupon) has
 * them lowered alike; one with more (shipping, tax) has not.
 */
export function salesWithGoods(s: Scope, sales: string): string {
  const items = `SELECT site, id, sold_on, if(name = 'refund', -1, 1) AS sign,
      ${PRODUCT_OF_ITEM} AS product, item.quantity AS quantity, item.price * item.quantity AS price,
      least(1., if(full = 0, 1., abs(revenue) / full)) AS part
    FROM (SELECT site, id, ${soldOn(s)} AS sold_on, name, revenue, items, arraySum(x -> x.price * x.quantity, items) AS full FROM ${sales}
      WHERE ${own(s)} AND ${within('at', s)} AND name IN ('purchase', 'refund')) ARRAY JOIN items AS item`;
  const goods = `SELECT i.site AS g_site, i.id AS g_id, sum(toInt64(round(i.price * i.part)) * i.sign) AS goods_paid,
      sum(i.quantity * c.unit_cost * i.sign) AS goods_cost, count() AS goods_known
    FROM (${items}) AS i ASOF INNER JOIN (${goodsCosts(s)}) AS c ON i.product = c.product AND i.sold_on >= c.cost_day
    GROUP BY i.site, i.id`;
  return `(SELECT s.*, g.goods_paid AS goods_paid, g.goods_cost AS goods_cost, g.goods_known AS goods_known
    FROM (SELECT * FROM ${sales} WHERE ${own(s)} AND ${within('at', s)}) AS s
    LEFT JOIN (${goods}) AS g ON s.site = g.g_site AND s.id = g.g_id)`;
}
