// Which breakdowns the overview has, and the figures each shows.
import type { MeasureId } from './measures.ts';

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
export function columnsOf(dimension: BreakdownDimension, revenue: boolean): MeasureId[] {
  if (dimension === 'page') return ['visitors', 'pageViews'];
  const money: MeasureId[] = revenue ? ['revenue'] : [];
  return ['visitors', 'visits', 'bounceRate', ...money];
}
