// Measures and dimensions: one clause each, for the tables that can answer it. Reports are put together from these alone.
import { DIMENSION_CLAUSES, timeClause } from './dimensions.ts';
import type { Money } from './money.ts';
import type { AnyMeasureId, GoalMeasure, MeasureId } from './vocabulary.ts';

/** The parts of a roll-up row, each made of a table of its own. */
export const HALVES = ['visits', 'events', 'sales'] as const;
export type Half = (typeof HALVES)[number];
export type Unit = 'count' | 'ratio' | 'share' | 'milliseconds' | 'speed' | 'money' | 'bytes';

export interface MeasureClause {
  unit: Unit;
  /** 1: more is better, -1: less is better, 0: neither */
  direction: 1 | -1 | 0;
  /** over `visits` */
  visit?: string;
  /** over `events` */
  event?: string;
  /** over `sales`, which say of each sale what is known of its event and of its visit */
  sale?: (money: Money) => string;
  /** over the days roll-up, beside a raw part of the same columns */
  rollup: string | ((money: Money) => string);
  /** over costs: a figure of its own, beside the visits; unknown where no cost is known */
  cost?: string;
  /** which half of the roll-up holds its columns */
  half: Half;
  /** unknown, and not 0, where there is nothing it could be of */
  ofSomething?: boolean;
  /** made of these rows of `events` alone, which no roll-up holds */
  only?: string;
  /** needs what the sold goods cost, which no roll-up holds: over `sales` with goods-part.ts */
  goods?: boolean;
  /** asks about views alone, so that rows of other kinds need not be read */
  viewsOnly?: boolean;
}

/** Over `sales`. Amounts of orders are what was paid for, before refunds. */
const ORDERS = "countIf(name = 'purchase')";
const ORDERED = "if(name = 'purchase', revenue, 0)";
const ITEMS = "if(name = 'purchase', arraySum(items.quantity), 0)";

/** Nothing is known where no sold product's cost is. */
const ofGoods = (figure: string): string => `if(sum(goods_known) = 0, NULL, ${figure})`;
const GOODS_COST = 'round(sum(goods_cost))';
const paid = (money: Money): string => money.sum('goods_paid');

const share = (part: string, whole: string): string => `if(${whole} = 0, NULL, ${part} / ${whole})`;

const VITAL = "name = 'web_vital'";
const metricIs = (metric: string): string => `${VITAL} AND properties['metric'] = '${metric}'`;
/** The 75th percentile of what visitors' browsers measured (web.dev/articles/vitals): milliseconds, CLS a ratio. */
const vital = (metric: string, unit: 'speed' | 'ratio'): MeasureClause => ({
  unit,
  direction: -1,
  only: VITAL,
  event: `if(countIf(${metricIs(metric)}) = 0, NULL, quantileTDigestIf(0.75)(toFloat64OrZero(properties['value']), ${metricIs(metric)}))`,
  rollup: '0',
  half: 'events',
});

export const MEASURES: Readonly<Record<MeasureId, MeasureClause>> = {
  visitors: {
    unit: 'count',
    direction: 1,
    visit: 'uniq(visitor)',
    event: "uniqIf(visitor, kind IN ('view', 'event'))",
    rollup: 'uniqMerge(visitors)',
    half: 'visits',
    viewsOnly: true,
  },
  visits: { unit: 'count', direction: 1, visit: 'count()', rollup: 'sum(visits)', half: 'visits' },
  pageViews: {
    unit: 'count',
    direction: 1,
    visit: 'sum(views)',
    event: "countIf(kind = 'view')",
    rollup: 'sum(views)',
    half: 'events',
    viewsOnly: true,
  },
  viewsPerVisit: {
    unit: 'ratio',
    direction: 1,
    visit: share('sum(views)', 'count()'),
    rollup: share('sum(visit_views)', 'sum(visits)'),
    half: 'visits',
  },
  bounceRate: {
    unit: 'share',
    direction: -1,
    visit: share('sum(bounce)', 'count()'),
    rollup: share('sum(bounces)', 'sum(visits)'),
    half: 'visits',
  },
  engagementRate: {
    unit: 'share',
    direction: 1,
    visit: share('sum(engaged)', 'count()'),
    rollup: share('sum(engaged)', 'sum(visits)'),
    half: 'visits',
  },
  visitDuration: {
    unit: 'milliseconds',
    direction: 1,
    visit: share('sum(duration_ms)', 'count()'),
    rollup: share('sum(duration_ms)', 'sum(visits)'),
    half: 'visits',
  },
  events: {
    unit: 'count',
    direction: 1,
    event: "countIf(kind NOT IN ('signal', 'excluded'))",
    rollup: 'sum(events)',
    half: 'events',
  },
  revenue: {
    unit: 'money',
    direction: 1,
    sale: (money) => money.sum('revenue'),
    rollup: (money) => money.sumMap('net'),
    half: 'sales',
  },
  refunds: {
    unit: 'money',
    direction: -1,
    sale: (money) => money.sum('greatest(-revenue, 0)'),
    rollup: (money) => money.sumMap('refunded'),
    half: 'sales',
  },
  orders: { unit: 'count', direction: 1, sale: () => ORDERS, rollup: 'sum(orders)', half: 'sales' },
  averageOrder: {
    unit: 'money',
    direction: 1,
    sale: (money) => share(money.sum(ORDERED), ORDERS),
    rollup: (money) => share(money.sumMap('ordered'), 'sum(orders)'),
    half: 'sales',
    ofSomething: true,
  },
  itemsSold: { unit: 'count', direction: 1, sale: () => `sum(${ITEMS})`, rollup: 'sum(items)', half: 'sales' },
  goodsCost: {
    unit: 'money',
    direction: 0,
    goods: true,
    sale: () => ofGoods(GOODS_COST),
    rollup: '0',
    half: 'sales',
    ofSomething: true,
  },
  margin: {
    unit: 'money',
    direction: 1,
    goods: true,
    sale: (money) => ofGoods(`${paid(money)} - ${GOODS_COST}`),
    rollup: '0',
    half: 'sales',
    ofSomething: true,
  },
  marginRate: {
    unit: 'share',
    direction: 1,
    goods: true,
    sale: (money) => ofGoods(share(`(${paid(money)} - ${GOODS_COST})`, paid(money))),
    rollup: '0',
    half: 'sales',
    ofSomething: true,
  },
  bytes: { unit: 'bytes', direction: 0, event: 'sum(bytes)', rollup: 'sum(bytes)', half: 'events' },
  cost: { unit: 'money', direction: 0, cost: 'sum(worth)', rollup: '0', half: 'events' },
  /** pages of which a browser told how long the largest paint took */
  measuredLoads: {
    unit: 'count',
    direction: 0,
    only: VITAL,
    event: `countIf(${metricIs('LCP')})`,
    rollup: '0',
    half: 'events',
  },
  largestPaint: vital('LCP', 'speed'),
  interaction: vital('INP', 'speed'),
  layoutShift: vital('CLS', 'ratio'),
  firstByte: vital('TTFB', 'speed'),
  errors: { unit: 'count', direction: -1, event: "countIf(kind = 'error')", rollup: 'sum(errors)', half: 'events' },
};

/** What they count is made of the goal's definition: see goal-parts.ts. */
const GOAL_CLAUSES: Readonly<Record<GoalMeasure, MeasureClause>> = {
  conversions: { unit: 'count', direction: 1, rollup: '0', half: 'events' },
  goalValue: { unit: 'money', direction: 1, rollup: '0', half: 'events' },
  convertedVisits: { unit: 'count', direction: 1, rollup: '0', half: 'visits' },
  conversionRate: { unit: 'share', direction: 1, rollup: '0', half: 'visits' },
};

export const measureClause = (id: AnyMeasureId): MeasureClause =>
  MEASURES[id as MeasureId] ?? GOAL_CLAUSES[id.split(':')[0] as GoalMeasure];

export { DIMENSION_CLAUSES, timeClause };
