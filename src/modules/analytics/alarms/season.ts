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

/** A share or a mean of a day, and how many (visits, orders) it is one of. */
export interface MeanDay {
  value: number;
  of: number;
}

/**
 * The same for shares and means, which have a level that weekdays raise and lower by so much. A day of few strays further than a day of
 * many (variance goes with 1/n), and a share never by less than chance alone does (binomial).
 * `history`: the days before, oldest first, days of none left out. Null when they are too few.
 */
export function usualMeanOf(history: readonly MeanDay[], day: MeanDay, width: number, isShare: boolean): Usual | null {
  if (history.length < 21 || day.of === 0) return null;
  const past = history.slice(-DAYS_BEFORE);
  const levelBefore = (at: number): number =>
    median(past.slice(Math.max(0, at - LEVEL_DAYS), at).map(({ value }) => value));
  const weekdayBefore = (at: number): number => {
    const strays: number[] = [];
    for (let same = at - 7; same >= 0; same -= 7) {
      const around = past.slice(Math.max(0, same - 3), same + 4).map(({ value }) => value);
      strays.push(past[same]!.value - median(around));
    }
    return strays.length > 0 ? median(strays) : 0;
  };
  const expectedAt = (at: number): number => levelBefore(at) + weekdayBefore(at);
  const usualMany = median(past.map(({ of }) => of));
  const fewer = (of: number): number => Math.sqrt(Math.max(1, usualMany / Math.max(1, of)));
  const residuals: number[] = [];
  for (let at = 14; at < past.length; at++) residuals.push((past[at]!.value - expectedAt(at)) / fewer(past[at]!.of));
  const middle = median(residuals);
  const spread = SIGMA_OF_MAD * median(residuals.map((one) => Math.abs(one - middle))) * fewer(day.of);
  const raw = expectedAt(past.length) + middle;
  const expected = isShare ? Math.min(1, Math.max(0, raw)) : raw;
  // of a share that was always all or none a success more or less is chance too (Laplace)
  const p = (expected * day.of + 1) / (day.of + 2);
  const chance = isShare ? Math.sqrt((p * (1 - p)) / day.of) : Math.abs(expected) / 100;
  const sigma = Math.max(spread, chance, Number.EPSILON);
  const [low, high] = [expected - width * sigma, expected + width * sigma];
  return {
    expected,
    low: isShare ? Math.max(0, low) : low,
    high: isShare ? Math.min(1, high) : high,
    z: (day.value - expected) / sigma,
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
