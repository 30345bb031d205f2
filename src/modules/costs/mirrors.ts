// What of costs and rates has a copy in ClickHouse.
import type { Mirrored } from '../../platform/outbox/mirror.ts';

export const costMirrors: readonly Mirrored[] = [
  {
    topic: 'cost',
    table: 'cost_differences',
    row: (data, change) => ({ ...data, known: change.known.toISOString() }),
  },
  {
    topic: 'goods_cost',
    table: 'goods_costs',
    row: ({ id, product, from_day, cost, currency }) => ({ id, product, day: from_day, cost, currency }),
  },
  {
    topic: 'exchange_rate',
    table: 'exchange_rates',
    row: ({ id, day, currency, to_currency, rate, source }) => ({ id, day, currency, to_currency, rate, source }),
  },
];
