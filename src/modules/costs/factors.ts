// The rates a report's costs need: one factor a currency and day on which it changes.
import { minorDigits } from '../../platform/money/money.ts';
import { type DatedRate, rateOn } from '../../platform/money/rates.ts';
import type { Db } from './tables.ts';

export interface CostRates {
  /** minor units of `currency` into minor units of the company's, from a day on */
  factors: { currency: string; day: string; factor: number }[];
  /** cost rows in a currency without a rate on their day: they are not in the figure */
  unconverted: number;
}

export async function costRates(
  db: Db,
  of: { workspace: string; currency: string; from: string; to: string },
): Promise<CostRates> {
  const rows = await db
    .selectFrom('cost')
    .select((eb) => ['currency', 'day', eb.fn.countAll<number>().as('count')])
    .where('workspace', '=', of.workspace)
    .where('day', '>=', of.from)
    .where('day', '<', of.to)
    .where('currency', '!=', of.currency)
    .groupBy(['currency', 'day'])
    .orderBy('day')
    .execute();
  if (rows.length === 0) return { factors: [], unconverted: 0 };
  const rates: DatedRate[] = await db
    .selectFrom('exchange_rate')
    .select(['day', 'currency', 'to_currency as toCurrency', 'rate', 'source'])
    .where('workspace', '=', of.workspace)
    .where('day', '<', of.to)
    .orderBy('day', 'desc')
    .limit(20_000)
    .execute();
  const factors: CostRates['factors'] = [];
  let unconverted = 0;
  for (const { currency, day, count } of rows) {
    const rate = rateOn(rates, currency, of.currency, day);
    if (rate === null) unconverted += count;
    else factors.push({ currency, day, factor: rate * 10 ** (minorDigits(of.currency) - minorDigits(currency)) });
  }
  return { factors, unconverted };
}
