// The door for charts of other modules: what happened on their days.
export { ChartNotes } from './chart-notes.tsx';
export { useChartNotes } from './use-chart-notes.ts';
