// Turns one currency into another by dated rates: directly, the other way round, or through a third currency that both are quoted in.

export interface DatedRate {
  day: string;
  currency: string;
  toCurrency: string;
  /** what one unit of `currency` is worth in `toCurrency`, a decimal number as text */
  rate: string;
  /** a rate by hand goes before one of a bank of the same day */
  source: string;
}

const weight = (rate: DatedRate): string => `${rate.day}${rate.source === 'manual' ? '1' : '0'}`;

function newest(rates: readonly DatedRate[], from: string, to: string, day: string): number | null {
  let found: DatedRate | undefined;
  let value: number | null = null;
  for (const rate of rates) {
    if (rate.day > day || (found && weight(rate) <= weight(found))) continue;
    if (rate.currency === from && rate.toCurrency === to) value = Number(rate.rate);
    else if (rate.currency === to && rate.toCurrency === from) value = 1 / Number(rate.rate);
    else continue;
    found = rate;
  }
  return value;
}

/** What one unit of `from` was worth in `to` on `day`: the newest rate on or before it; null when none is known. */
export function rateOn(rates: readonly DatedRate[], from: string, to: string, day: string): number | null {
  if (from === to) return 1;
  const direct = newest(rates, from, to, day);
  if (direct !== null) return direct;
  const thirds = new Set(rates.flatMap((rate) => [rate.currency, rate.toCurrency]));
  for (const third of [...thirds].sort()) {
    if (third === from || third === to) continue;
    const [first, second] = [newest(rates, from, third, day), newest(rates, third, to, day)];
    if (first !== null && second !== null) return first * second;
  }
  return null;
}
