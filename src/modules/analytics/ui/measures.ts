// Measures as screens show them: their unit, whether more is better, and whether a step without visits is a true zero.
import type { ReportQuery } from '../contract.ts';

export type MeasureId = ReportQuery['measures'][number];
export interface Measure {
  id: MeasureId;
  unit: 'count' | 'ratio' | 'share' | 'milliseconds' | 'speed' | 'money' | 'bytes';
  /** 1: more is better, -1: less is better, 0: neither */
  direction: 1 | -1 | 0;
  sums: boolean;
  /** not in tables on a phone */
  extra?: boolean;
  /** left out: the text `measure.ID` */
  name?: string;
}

/** Of the overview, in its order. */
export const MEASURES = [
  { id: 'visitors', unit: 'count', direction: 1, sums: true },
  { id: 'visits', unit: 'count', direction: 1, sums: true },
  { id: 'pageViews', unit: 'count', direction: 1, sums: true },
  { id: 'viewsPerVisit', unit: 'ratio', direction: 1, sums: false },
  { id: 'bounceRate', unit: 'share', direction: -1, sums: false },
  { id: 'visitDuration', unit: 'milliseconds', direction: 1, sums: false },
  { id: 'revenue', unit: 'money', direction: 1, sums: true },
] as const satisfies readonly Measure[];
export const measureOf = (id: (typeof MEASURES)[number]['id']): Measure => MEASURES.find((one) => one.id === id)!;
