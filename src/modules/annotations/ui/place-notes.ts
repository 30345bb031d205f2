// Where on a chart a note stands: at the last step that begins on its day or before.
import { addDays } from '../../../web/dates.ts';
import type { StepNotes } from '../../../web/parts/note-marks.ts';

export function placeNotes(notes: readonly { day: string; text: string }[], steps: readonly string[]): StepNotes {
  const placed = new Map<number, string[]>();
  for (const { day, text } of [...notes].reverse()) {
    const hours = steps[0] !== undefined && steps[0].length > 10;
    const index = hours
      ? steps.findIndex((step) => step.slice(0, 10) === day)
      : steps.findLastIndex((step) => step <= day);
    if (index < 0 || (index === steps.length - 1 && !hours && lastDayBefore(steps, day))) continue;
    placed.set(index, [...(placed.get(index) ?? []), text]);
  }
  return steps.map((_, index) => placed.get(index));
}

/** A day after the end of the last step belongs to none; how long it is, is told from the one before. */
function lastDayBefore(steps: readonly string[], day: string): boolean {
  const [before, last] = [steps.at(-2), steps.at(-1)!];
  const days = before === undefined ? 1 : Math.round((Date.parse(last) - Date.parse(before)) / 86_400_000);
  return day >= addDays(last, Math.max(1, days));
}
