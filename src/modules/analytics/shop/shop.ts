// The shop asked of a period: how far visitors come, who buys again, and what is sold.

import type { Reports } from '../report/report.ts';
import type { ShopAnswer, ShopQuestion, ShopRow, ShopTable } from './contract.ts';
import { buyersSql, funnelSql, MOST_ROWS, tableSql } from './shop-sql.ts';

type Row = Record<string, string | number | null>;
/** Orders of strangers above this share of all are worth a word: each of them looks like a first one. */
const WORTH_SAYING = 0.02;

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const thousandths = (share: number): number => Math.round(share * 1000) / 1000;

export async function shopSummary(reports: Reports, workspace: string, question: ShopQuestion): Promise<ShopAnswer> {
  const opened = await reports.openSales(workspace, question);
  const { scope } = opened;
  const one = async (sql: string): Promise<Row> =>
    scope.sites.length === 0 ? {} : ((await reports.rows<Row>(sql))[0] ?? {});
  const [steps, bought, trust] = await Promise.all([
    one(funnelSql(scope)),
    one(buyersSql(scope)),
    reports.trust(opened, ['revenue']),
  ]);
  const number = (row: Row, name: string): number => Number(row[name] ?? 0);
  const [cart, checkout, buyers] = [number(steps, 'cart'), number(steps, 'checkout'), number(bought, 'buyers')];
  const orders = number(bought, 'new_orders') + number(bought, 'repeat_orders');
  const lost = (done: string, whole: number): number | null => rate(whole - number(steps, done), whole);
  const strangers = rate(number(bought, 'of_strangers'), orders) ?? 0;
  if (strangers > WORTH_SAYING) trust.notes.push({ code: 'buyers-unknown', value: thousandths(strangers) });
  const withItems = rate(number(bought, 'with_items'), orders) ?? 1;
  if (withItems < 1) trust.notes.push({ code: 'orders-without-items', value: thousandths(1 - withItems) });
  return {
    funnel: { viewed: number(steps, 'viewed'), cart, checkout, bought: number(steps, 'bought') },
    abandoned: { cart: lost('cart_bought', cart), checkout: lost('checkout_bought', checkout) },
    itemsPerOrder: rate(number(bought, 'items'), number(bought, 'with_items')),
    buyers: {
      all: buyers,
      new: { orders: number(bought, 'new_orders'), amount: number(bought, 'new_amount') },
      repeat: { orders: number(bought, 'repeat_orders'), amount: number(bought, 'repeat_amount') },
      repeatRate: rate(number(bought, 'again'), buyers),
      daysToSecond: number(bought, 'seconds') === 0 ? null : number(bought, 'to_second') / 86_400,
    },
    trust,
  };
}

export async function shopTable(
  reports: Reports,
  workspace: string,
  { table, ...question }: ShopQuestion & { table: ShopTable },
): Promise<{ rows: ShopRow[]; cut: boolean; trust: ShopAnswer['trust'] }> {
  const opened = await reports.openSales(workspace, question);
  const { scope } = opened;
  const goodsFactors = await reports.goodsFactors(scope);
  const [found, trust] = await Promise.all([
    scope.sites.length === 0 ? [] : reports.rows<Row>(tableSql({ ...scope, goodsFactors }, table)),
    reports.trust(opened, ['revenue']),
  ]);
  const rows = found.slice(0, MOST_ROWS).map((row): ShopRow => {
    const number = (name: string): number => Number(row[name] ?? 0);
    const viewers = number('viewers');
    const margin = number('known') === 0 ? null : number('paid') - Math.round(number('cost'));
    return {
      value: String(row.value),
      label: table === 'product' ? String(row.label || row.value) : String(row.value),
      views: number('views'),
      carts: number('carts'),
      checkouts: number('checkouts'),
      orders: number('orders'),
      items: number('items'),
      revenue: number('revenue'),
      refunded: number('refunded'),
      margin,
      marginRate: margin === null ? null : rate(margin, number('paid')),
      cartRate: rate(number('carters'), viewers),
      buyRate: rate(number('buyers'), viewers),
    };
  });
  return { rows, cut: found.length > MOST_ROWS, trust };
}
