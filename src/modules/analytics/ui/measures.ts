// The measures of the overview: their unit, whether more is better, and whether a step without visits is a true zero.
export const MEASURES = [
  { id: 'visitors', unit: 'count', direction: 1, sums: true },
  { id: 'visits', unit: 'count', direction: 1, sums: true },
  { id: 'pageViews', unit: 'count', direction: 1, sums: true },
  { id: 'viewsPerVisit', unit: 'ratio', direction: 1, sums: false },
  { id: 'bounceRate', unit: 'share', direction: -1, sums: false },
  { id: 'visitDuration', unit: 'milliseconds', direction: 1, sums: false },
  { id: 'revenue', unit: 'money', direction: 1, sums: true },
] as const;
export type Measure = (typeof MEASURES)[number];
export type MeasureId = Measure['id'];
export const MEASURE_IDS = MEASURES.map((one) => one.id);
