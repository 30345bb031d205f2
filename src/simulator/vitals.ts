// How fast the first page of a visit was, as a browser would tell: phones are slower, and the sale's page is too heavy for them.
// Drawn from the id of the page view, so that it takes nothing from the course of the simulation.
const SHARE_TOLD = 0.4;

const uniform = (id: string, at: number): number => Number.parseInt(id.slice(at, at + 6), 16) / 0xffffff;
/** Skewed to the right, median 1. */
const spread = (u: number): number => 0.6 + 0.55 * -Math.log(1 - Math.min(u, 0.995));

export interface Vital {
  metric: 'LCP' | 'INP' | 'CLS' | 'TTFB';
  /** milliseconds; CLS a ratio */
  value: number;
}

/** Empty for most visits: not every browser tells, and many leave too soon. `id`: 32 hexadecimal digits. */
export function firstPageVitals(id: string, path: string, mobile: boolean): Vital[] {
  if (uniform(id, 0) > SHARE_TOLD) return [];
  const heavy = path.startsWith('/sale/') ? (mobile ? 2.4 : 1.3) : path.startsWith('/blog/') ? 0.85 : 1;
  const slow = mobile ? 1.6 : 1;
  const ttfb = Math.round(260 * (mobile ? 1.5 : 1) * spread(uniform(id, 6)));
  return [
    { metric: 'TTFB', value: ttfb },
    { metric: 'LCP', value: Math.round(ttfb + 900 * slow * heavy * spread(uniform(id, 10))) },
    { metric: 'INP', value: Math.round(80 * slow * heavy * spread(uniform(id, 14))) },
    { metric: 'CLS', value: Math.round(0.035 * heavy * slow * spread(uniform(id, 18)) * 1e4) / 1e4 },
  ];
}
