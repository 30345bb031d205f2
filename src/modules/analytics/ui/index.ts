// The door for screens of other modules: the frame of a question about visits, and how its values are said.
export { AnalysisPage } from './analysis-page.tsx';
export { grainOf, stepDates, steps } from './period.ts';
export { stepWords } from './time-points.ts';
export { useView, type View, type ViewChange } from './view.ts';
export { useValueWords } from './words.ts';
