// The shop's questions as SQL: what was looked at and put in the cart is in events, what was bought and given back in sales.

import { chosenEvents } from '../report/chosen-events.ts';
import { quote } from '../report/dimensions.ts';
import { goodsCosts, PRODUCT_OF_ITEM, soldOn } from '../report/goods-part.ts';
import { salesFrom, salesWhere } from '../report/sales-part.ts';
import { instant, own, robots, type Scope, utcDays } from '../report/scope.ts';
import type { ShopTable } from './contract.ts';

export const MOST_ROWS = 5000;

const named = (names: readonly string[]): string => `kind = 'event' AND name IN (${names.map(quote).join(', ')})`;

/** What a row of each table is, of one `item` of an event or a sale. */
const VALUE: Readonly<Record<ShopTable, string>> = {
  product: PRODUCT_OF_ITEM,
  category: 'toString(item.category)',
  brand: 'toString(item.brand)',
  coupon: "toString(if(item.coupon != '', item.coupon, coupon))",
  list: 'toString(item.list)',
};

/** One row: visitors by how far they came. */
export function funnelSql(s: Scope): string {
  const did = (name: string): string => `max(name = '${name}')`;
  return `SELECT countIf(viewed) AS viewed, countIf(cart) AS cart, countIf(checkout) AS checkout, countIf(bought) AS bought,
      countIf(cart AND bought) AS cart_bought, countIf(checkout AND bought) AS checkout_bought
    FROM (SELECT visitor, ${did('view_item')} AS viewed, ${did('add_to_cart')} AS cart, ${did('begin_checkout')} AS checkout,
        ${did('purchase')} AS bought
      ${chosenEvents(s, named(['view_item', 'add_to_cart', 'begin_checkout', 'purchase']))} GROUP BY visitor)`;
}

/** One row: the period's orders by how often their buyer had bought before. `n` counts a buyer's orders over all that is known. */
export function buyersSql(s: Scope): string {
  const purchases = `SELECT *, row_number() OVER (PARTITION BY visitor ORDER BY at, id) AS n,
      lagInFrame(at, 1) OVER (PARTITION BY visitor ORDER BY at, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS earlier
    FROM ${salesFrom(s)} WHERE ${own(s)} AND ${utcDays('2000-01-01', s.to)} AND at < ${instant(s.to, s.zone)}${robots(s)} AND name = 'purchase'`;
  return `SELECT uniqExact(visitor) AS buyers, uniqExactIf(visitor, n > 1) AS again,
      countIf(n = 1) AS new_orders, countIf(n > 1) AS repeat_orders,
      ${s.money.sum('if(n = 1, revenue, 0)')} AS new_amount, ${s.money.sum('if(n > 1, revenue, 0)')} AS repeat_amount,
      quantileExactIf(0.5)(dateDiff('second', earlier, at), n = 2) AS to_second, countIf(n = 2) AS seconds,
      sum(arraySum(items.quantity)) AS items, countIf(notEmpty(items)) AS with_items,
      countIf(visitor_kind = 'cookieless') AS of_strangers
    FROM (${purchases}) WHERE ${salesWhere(s)}`;
}

/** One row a product, category, brand, coupon or list, the most revenue first. */
export function tableSql(s: Scope, table: ShopTable): string {
  const value = `${VALUE[table]} AS x_value, anyLast(item.name) AS x_label`;
  const worth = (name: string): string =>
    s.money.sum(`if(name = '${name}', toInt64(round(item.price * item.quantity)), 0)`);
  const sign = "if(name = 'refund', -1, if(name = 'purchase', 1, 0))";
  // prices as they were, like the revenue beside it: a coupon of the whole order lowers no product
  const known = `toInt64(if(unit_cost IS NULL, 0, ${sign}) * round(item.price * item.quantity))`;
  const sold = `SELECT ${value}, 0 AS x_views, 0 AS x_carts, 0 AS x_checkouts, 0 AS x_viewers, 0 AS x_carters,
      countIf(unit_cost IS NOT NULL) AS x_known, ${s.money.sum(known)} AS x_paid, sum(${sign} * item.quantity * ifNull(unit_cost, 0)) AS x_cost,
      uniqExactIf(id, name = 'purchase') AS x_orders, uniqExactIf(visitor, name = 'purchase') AS x_buyers,
      sumIf(item.quantity, name = 'purchase') AS x_items, ${worth('purchase')} AS x_revenue, ${worth('refund')} AS x_refunded
    FROM (SELECT i.*, if(c.product = '', NULL, c.unit_cost) AS unit_cost
      FROM (SELECT *, item, ${PRODUCT_OF_ITEM} AS item_product, ${soldOn(s)} AS sold_on FROM (SELECT * FROM ${salesFrom(s)} WHERE ${salesWhere(s)}) ARRAY JOIN items AS item) AS i
      ASOF LEFT JOIN (${goodsCosts(s)}) AS c ON i.item_product = c.product AND i.sold_on >= c.cost_day) GROUP BY x_value`;
  const seen = `SELECT ${value}, countIf(name IN ('view_item', 'view_item_list')) AS x_views, countIf(name = 'add_to_cart') AS x_carts,
      countIf(name = 'begin_checkout') AS x_checkouts, uniqExactIf(visitor, name IN ('view_item', 'view_item_list')) AS x_viewers,
      uniqExactIf(visitor, name = 'add_to_cart') AS x_carters,
      0 AS x_known, 0 AS x_paid, 0 AS x_cost, 0 AS x_orders, 0 AS x_buyers, 0 AS x_items, 0 AS x_revenue, 0 AS x_refunded
    FROM (SELECT * ${chosenEvents(s, named([table === 'list' ? 'view_item_list' : 'view_item', 'add_to_cart', 'begin_checkout']))})
    ARRAY JOIN items AS item GROUP BY x_value`;
  const sums = [
    'views',
    'carts',
    'checkouts',
    'viewers',
    'carters',
    'orders',
    'buyers',
    'items',
    'revenue',
    'refunded',
    'known',
    'paid',
    'cost',
  ];
  return `SELECT x_value AS value, max(x_label) AS label, ${sums.map((name) => `sum(x_${name}) AS ${name}`).join(', ')}
    FROM (${sold} UNION ALL ${seen}) GROUP BY x_value ORDER BY revenue DESC, views DESC, value LIMIT ${MOST_ROWS + 1}`;
}
