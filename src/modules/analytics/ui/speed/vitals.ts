// The speed of pages as visitors' browsers measured it, and what counts as good (web.dev/articles/vitals).
import type { Measure } from '../measures.ts';

interface Vital extends Measure {
  id: 'largestPaint' | 'interaction' | 'layoutShift' | 'firstByte';
  /** up to here good, above the second poor; milliseconds, layout shift a ratio */
  limits: readonly [good: number, poor: number];
}

export const VITALS: readonly Vital[] = [
  { id: 'largestPaint', unit: 'speed', direction: -1, sums: false, limits: [2500, 4000] },
  { id: 'interaction', unit: 'speed', direction: -1, sums: false, limits: [200, 500] },
  { id: 'layoutShift', unit: 'ratio', direction: -1, sums: false, limits: [0.1, 0.25] },
  { id: 'firstByte', unit: 'speed', direction: -1, sums: false, limits: [800, 1800] },
];
export const LOADS: Measure = { id: 'measuredLoads', unit: 'count', direction: 0, sums: true };

export type Verdict = 'good' | 'middling' | 'poor';
/** null where nothing was measured. */
export function verdictOf(vital: Vital, value: unknown): Verdict | null {
  if (typeof value !== 'number') return null;
  const [good, poor] = vital.limits;
  return value <= good ? 'good' : value <= poor ? 'middling' : 'poor';
}
