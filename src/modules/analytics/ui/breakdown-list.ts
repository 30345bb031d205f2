// Which breakdowns the overview has, and the figures each shows.
import { type Measure, measureOf } from './measures.ts';

/** `tab` is the key in the address bar that keeps the chosen dimension. The map stands beside the table of places. */
export const BREAKDOWNS = [
  { tab: 'traffic', dimensions: ['channel', 'source', 'campaign'] },
  { tab: 'content', dimensions: ['landingPage', 'page', 'exitPage'] },
  { tab: 'place', dimensions: ['country', 'language'] },
  { tab: 'map', dimensions: [] },
  { tab: 'device', dimensions: ['device'] },
  { tab: 'software', dimensions: ['browser', 'system'] },
] as const;
export type BreakdownDimension = (typeof BREAKDOWNS)[number]['dimensions'][number];

/** The columns of a table of this dimension, the first one drawn as the bar. */
export function columnsOf(dimension: BreakdownDimension, revenue: boolean): Measure[] {
  if (dimension === 'page') return [measureOf('visitors'), measureOf('pageViews')];
  const money = revenue ? [measureOf('revenue')] : [];
  return [measureOf('visitors'), measureOf('visits'), measureOf('bounceRate'), ...money];
}
