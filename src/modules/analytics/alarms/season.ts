// What is usual on a day, from the days before it: the level of the last four weeks by the weekday's own share of it, and how far days
// have strayed from that. A day is out of the ordinary when its residual is further from their median than so many times 1.4826·MAD
// (the standard deviation of a normal distribution told by the median of absolute deviations; METHODS, anomaly).

const WEEKS = 8;
export const DAYS_BEFORE = WEEKS * 7;
const LEVEL_DAYS = 28;
/** Of a normal distribution: MAD · 1.4826 = σ. */
const SIGMA_OF_MAD = 1.4826;

export interface Usual {
  expected: number;
  low: number;
  high: number;
  /** distance of the residual from the median, in standard deviations */
  z: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What a weekday is of its week's level: 1 is as much as the mean day. */
function shareOf(history: readonly number[], at: number): number {
  const shares: number[] = [];
  for (let day = at - 7; day >= 0; day -= 7) {
    const week = history.slice(Math.max(0, day - 3), day + 4);
    const level = week.reduce((sum, value) => sum + value, 0) / week.length;
    if (level > 0) shares.push(history[day]! / level);
  }
  return shares.length > 0 ? median(shares) : 1;
}

const levelAt = (history: readonly number[], at: number): number => {
  const days = history.slice(Math.max(0, at - LEVEL_DAYS), at);
  return days.length > 0 ? median(weekly(days)) : 0;
};
/** Means of whole weeks, so that weekends weigh alike wherever a month begins. */
function weekly(days: readonly number[]): number[] {
  const means: number[] = [];
  for (let end = days.length; end >= 7; end -= 7)
    means.push(days.slice(end - 7, end).reduce((sum, value) => sum + value, 0) / 7);
  return means.length > 0 ? means : [days.reduce((sum, value) => sum + value, 0) / days.length];
}

/**
 * `history`: values of the days before `value`'s, oldest first, at least two weeks. Null when that is too little to say anything.
 * `width`: standard deviations that are still usual.
 */
export function usualOf(history: readonly number[], value: number, width: number): Usual | null {
  if (history.length < 21) return null;
  const past = history.slice(-DAYS_BEFORE);
  const residuals: number[] = [];
  for (let at = 14; at < past.length; at++) residuals.push(past[at]! - levelAt(past, at) * shareOf(past, at));
  const middle = median(residuals);
  const spread = SIGMA_OF_MAD * median(residuals.map((one) => Math.abs(one - middle)));
  const expected = levelAt(past, past.length) * shareOf(past, past.length);
  // days that are all alike stray by nothing: then a count's own chance is what is usual (Poisson)
  const sigma = Math.max(spread, Math.sqrt(Math.max(1, expected)));
  return {
    expected: Math.max(0, expected + middle),
    low: Math.max(0, expected + middle - width * sigma),
    high: expected + middle + width * sigma,
    z: (value - expected - middle) / sigma,
  };
}

/** Two-sided probability of a normal deviate (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
export function pOf(z: number): number {
  const x = Math.abs(z);
  const t = 1 / (1 + 0.2316419 * x);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (2 * Math.exp((-x * x) / 2) * poly) / Math.sqrt(2 * Math.PI);
}

/** Which of many tests hold when false ones among them are to be at most a share of `q` (Benjamini and Hochberg 1995). */
export function benjaminiHochberg(ps: readonly number[], q: number): boolean[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const last = order.findLastIndex(({ p }, rank) => p <= ((rank + 1) / ps.length) * q);
  const held = ps.map(() => false);
  for (const { index } of order.slice(0, last + 1)) held[index] = true;
  return held;
}
