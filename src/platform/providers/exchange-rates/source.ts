// What every source of exchange rates does.
import type { Rate } from '../../money/rates-sources/rate.ts';

/** Both days included, YYYY-MM-DD. */
export interface DateRange {
  from: string;
  to: string;
}

export interface RatesSource {
  /** Rates set for days of the range, oldest first; a day without trade has none of its own. */
  fetchRates(range: DateRange): Promise<Rate[]>;
}

const DAY_MS = 86_400_000;

export function* daysOf({ from, to }: DateRange): Generator<string> {
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) yield new Date(at).toISOString().slice(0, 10);
}

export const within = (rates: readonly Rate[], { from, to }: DateRange): Rate[] =>
  rates
    .filter((rate) => rate.date >= from && rate.date <= to)
    .sort((a, b) => a.date.localeCompare(b.date) || a.base.localeCompare(b.base) || a.quote.localeCompare(b.quote));
