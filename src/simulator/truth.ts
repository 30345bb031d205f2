// What is known to be true of a simulated company: what a report must show exactly, and what a method must find.
import type { Order } from './visit.ts';
import { BUSINESS, CAMPAIGNS, PRICE_CHANGES, PRICE_ELASTICITY, STOCK_OUTS, SUBSTITUTION } from './world.ts';

export interface ChannelTruth {
  visits: number;
  pageViews: number;
  orders: number;
  /** minor units */
  revenue: number;
}
export interface CampaignTruth {
  /** minor units: the network's first word, and its last */
  costFirst: number;
  cost: number;
  clicks: number;
  /** orders that would not have come without it, as expected by the world's own rules */
  incrementalOrders: number;
  /** the share of its own orders that is its doing */
  incremental: number;
}
export interface Truth {
  seed: number;
  /** first day, and the day after the last, both at UTC midnight */
  period: readonly [string, string];
  visits: number;
  pageViews: number;
  orders: number;
  /** minor units, less refunds on the day and by the channel they belong to */
  revenue: number;
  /** of orders, before refunds */
  ordered: number;
  itemsSold: number;
  /** items and their revenue by the number of the product, before refunds */
  byProduct: Record<string, { items: number; revenue: number }>;
  byCoupon: Record<string, number>;
  refunds: { count: number; amount: number };
  robotViews: number;
  /** visits of people who agreed to be remembered */
  consentedVisits: number;
  customers: number;
  repeatOrders: number;
  lostToEmptyShelves: number;
  leads: number;
  deals: { offered: number; won: number; lost: number; open: number; amount: number };
  byChannel: Record<string, ChannelTruth>;
  byDay: Record<string, ChannelTruth>;
  byCampaign: Record<string, CampaignTruth>;
  rules: object;
}

export const emptyChannel = (): ChannelTruth => ({ visits: 0, pageViews: 0, orders: 0, revenue: 0 });

export function beginTruth(seed: number, period: readonly [string, string]): Truth {
  return {
    seed,
    period,
    visits: 0,
    pageViews: 0,
    orders: 0,
    revenue: 0,
    ordered: 0,
    itemsSold: 0,
    byProduct: {},
    byCoupon: {},
    refunds: { count: 0, amount: 0 },
    robotViews: 0,
    consentedVisits: 0,
    customers: 0,
    repeatOrders: 0,
    lostToEmptyShelves: 0,
    leads: 0,
    deals: { offered: 0, won: 0, lost: 0, open: 0, amount: 0 },
    byChannel: {},
    byDay: {},
    byCampaign: Object.fromEntries(
      CAMPAIGNS.map(({ id, incremental }) => [
        id,
        { costFirst: 0, cost: 0, clicks: 0, incrementalOrders: 0, incremental },
      ]),
    ),
    rules: {
      priceElasticity: PRICE_ELASTICITY,
      priceChanges: PRICE_CHANGES,
      stockOuts: STOCK_OUTS,
      substitution: SUBSTITUTION,
      business: BUSINESS,
      carryOver: Object.fromEntries(CAMPAIGNS.flatMap(({ id, carryOver }) => (carryOver ? [[id, carryOver]] : []))),
    },
  };
}

/** Adds a visit to the whole, its channel and its day. */
export function countVisit(truth: Truth, day: string, channel: string, visit: Omit<ChannelTruth, 'visits'>): void {
  const of = (table: Record<string, ChannelTruth>, key: string): ChannelTruth => {
    table[key] ??= emptyChannel();
    return table[key];
  };
  for (const one of [truth, of(truth.byChannel, channel), of(truth.byDay, day)]) {
    one.visits++;
    one.pageViews += visit.pageViews;
    one.orders += visit.orders;
    one.revenue += visit.revenue;
  }
}

export function countOrder(truth: Truth, { amount, lines, coupon }: Order): void {
  truth.ordered += amount;
  if (coupon) truth.byCoupon[coupon] = (truth.byCoupon[coupon] ?? 0) + 1;
  for (const { product, quantity, price } of lines) {
    truth.byProduct[product.sku] ??= { items: 0, revenue: 0 };
    const one = truth.byProduct[product.sku]!;
    one.items += quantity;
    one.revenue += quantity * price;
    truth.itemsSold += quantity;
  }
}

/** Money goes back on the day of the refund, and from the channel that brought the order. */
export function countRefund(truth: Truth, day: string, channel: string, amount: number): void {
  truth.refunds.count++;
  truth.refunds.amount += amount;
  truth.byDay[day] ??= emptyChannel();
  for (const one of [truth, truth.byChannel[channel]!, truth.byDay[day]!]) one.revenue -= amount;
}
