// Which shares of two groups differ for sure: the two-proportion z-test, and Benjamini and Hochberg's rule (1995) over all of them, so
// that of what is told one in a hundred is chance.
export interface Shares {
  /** 0–1, of the one group and of the other */
  here: number;
  elsewhere: number;
}

const FALSE_SHARE = 0.01;

/** z of two shares of groups so large, with the pooled share; 0 when both are none or all. */
export function zOf({ here, elsewhere }: Shares, [n, m]: readonly [number, number]): number {
  const pooled = (here * n + elsewhere * m) / (n + m);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return error === 0 ? 0 : (here - elsewhere) / error;
}

/** Two-sided; absolute error below 2e-7 (Abramowitz and Stegun 7.1.26). */
export function pOf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return poly * Math.exp(-x * x);
}

/** Those that differ, the surest first. */
export function surelyDifferent<One extends Shares>(all: readonly One[], sizes: readonly [number, number]): One[] {
  const ranked = all.map((one) => ({ one, z: Math.abs(zOf(one, sizes)) })).sort((a, b) => b.z - a.z);
  const last = ranked.findLastIndex(({ z }, i) => pOf(z) <= (FALSE_SHARE * (i + 1)) / ranked.length);
  return ranked.slice(0, last + 1).map(({ one }) => one);
}
