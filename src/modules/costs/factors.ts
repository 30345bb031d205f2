// What amounts in other currencies are worth in the company's: one factor a currency and day on which it is needed.
import { minorDigits } from '../../platform/money/money.ts';
import { type DatedRate, rateOn } from '../../platform/money/rates.ts';
import type { Db } from './tables.ts';

interface Need {
  currency: string;
  day: string;
}

export interface CostRates {
  /** minor units of `currency` into minor units of the company's, from a day on */
  factors: (Need & { factor: number })[];
  /** cost rows in a currency without a rate on their day: they are not in the figure */
  unconverted: number;
}

/** The factor of each need that has a rate on its day, and the needs that have none. */
export async function factorsOf<N extends Need>(
  db: Db,
  of: { workspace: string; currency: string; needs: readonly N[] },
): Promise<{ factors: (N & { factor: number })[]; missing: N[] }> {
  if (of.needs.length === 0) return { factors: [], missing: [] };
  const last = of.needs.reduce((latest, { day }) => (day > latest ? day : latest), '');
  const rates: DatedRate[] = await db
    .selectFrom('exchange_rate')
    .select(['day', 'currency', 'to_currency as toCurrency', 'rate', 'source'])
    .where('workspace', '=', of.workspace)
    .where('day', '<=', last)
    .orderBy('day', 'desc')
    .limit(20_000)
    .execute();
  const factors: (N & { factor: number })[] = [];
  const missing: N[] = [];
  const between = new Map<string, DatedRate[]>();
  for (const need of of.needs) {
    const useful = between.get(need.currency) ?? leading(rates, need.currency, of.currency);
    between.set(need.currency, useful);
    const rate = rateOn(useful, need.currency, of.currency, need.day);
    if (rate === null) missing.push(need);
    else factors.push({ ...need, factor: rate * 10 ** (minorDigits(of.currency) - minorDigits(need.currency)) });
  }
  return { factors, missing };
}

/** Of all rates those that can lead from one currency to the other, directly or through a third. */
function leading(rates: readonly DatedRate[], from: string, to: string): DatedRate[] {
  const other = (rate: DatedRate, one: string): string | undefined =>
    rate.currency === one ? rate.toCurrency : rate.toCurrency === one ? rate.currency : undefined;
  const partners = new Set(rates.map((rate) => other(rate, from)));
  return rates.filter((rate) => other(rate, from) !== undefined || partners.has(other(rate, to) ?? ''));
}

export async function costRates(
  db: Db,
  of: { workspace: string; currency: string; from: string; to: string },
): Promise<CostRates> {
  const needs = await db
    .selectFrom('cost')
    .select((eb) => ['currency', 'day', eb.fn.countAll<number>().as('count')])
    .where('workspace', '=', of.workspace)
    .where('day', '>=', of.from)
    .where('day', '<', of.to)
    .where('currency', '!=', of.currency)
    .groupBy(['currency', 'day'])
    .orderBy('day')
    .execute();
  const { factors, missing } = await factorsOf(db, { ...of, needs });
  return { factors, unconverted: missing.reduce((sum, { count }) => sum + count, 0) };
}
