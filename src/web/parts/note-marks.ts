// Notes on a chart: a small mark on the axis where something happened, and its words in the tip.
import { inHtml } from './chart-look.ts';

/** Texts of each step, in their order; undefined where nothing was noted. */
export type StepNotes = readonly (readonly string[] | undefined)[];

export function noteMarks(notes: StepNotes | undefined, colour: string): object[] {
  if (!notes?.some(Boolean)) return [];
  return [
    {
      type: 'line',
      name: 'notes',
      data: notes.map((texts) => (texts ? 0 : null)),
      symbol: 'diamond',
      symbolSize: 9,
      showSymbol: true,
      showAllSymbol: true,
      lineStyle: { opacity: 0 },
      itemStyle: { color: colour },
      emphasis: { disabled: true },
      z: 4,
    },
  ];
}

export const notesInTip = (notes: StepNotes | undefined, index: number): string =>
  (notes?.[index] ?? []).map((text) => `<br>◆ ${inHtml(text.length > 90 ? `${text.slice(0, 90)}…` : text)}`).join('');
