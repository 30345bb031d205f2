// The rows of an answer as tables and charts show them: no step of time left out, each beside what it was before, all others at the end.
import type { AnswerRow, ExplorerAnswer, ExplorerQuestion } from '../../explorer/question-contract.ts';
import type { Property } from '../filters.ts';
import { type Dates, type Grain, steps } from '../period.ts';
import { stepOf } from '../time-points.ts';
import type { BookMeasure } from './book.ts';
import { isStep } from './forms.ts';

export interface ShownRow {
  key: string;
  cells: AnswerRow;
  before: AnswerRow | null;
}

const keyOf = (row: AnswerRow, by: readonly Property[]): string => JSON.stringify(by.map((id) => row[id] ?? ''));

export const stepIn = (question: Pick<ExplorerQuestion, 'dimensions'>): Grain | undefined =>
  (question.dimensions as Property[]).find(isStep);
export const partsIn = (question: Pick<ExplorerQuestion, 'dimensions'>): Property[] =>
  (question.dimensions as Property[]).filter((id) => !isStep(id));

/** The steps of the period that have begun. */
export function stepsOf(answer: ExplorerAnswer, grain: Grain): string[] {
  const now = grain === 'hour' ? answer.hour : answer.today;
  return steps(answer.dates as Dates, grain).filter((step) => step <= now);
}

const isUnknown = (answer: ExplorerAnswer, step: string): boolean => {
  const { knownFrom, freshTo } = answer.trust;
  return knownFrom === null ? freshTo === null : step.slice(0, 10) < knownFrom;
};

/** A count in a step without rows is a true 0; a share there is unknown. */
const nothingAt = (step: string, grain: Grain, measures: readonly BookMeasure[], unknown: boolean): AnswerRow => ({
  [grain]: step,
  ...Object.fromEntries(measures.map(({ id, sums }) => [id, sums && !unknown ? 0 : null])),
});

/** All rows of an answer in the order it gave them; by time alone, a row a step. */
export function shownRows(
  question: ExplorerQuestion,
  answer: ExplorerAnswer,
  measures: readonly BookMeasure[],
): ShownRow[] {
  const by = question.dimensions as Property[];
  const grain = stepIn(question);
  if (grain === undefined || by.length > 1) {
    const before = new Map((answer.before ?? []).map((row) => [keyOf(row, by), row]));
    const none =
      answer.before === null ? null : Object.fromEntries(measures.map(({ id, sums }) => [id, sums ? 0 : null]));
    return answer.rows.map((cells) => {
      const key = keyOf(cells, by);
      return { key, cells, before: before.get(key) ?? none };
    });
  }
  const byStep = (rows: readonly AnswerRow[]) => new Map(rows.map((row) => [stepOf(row[grain], grain), row]));
  const [now, old] = [byStep(answer.rows), byStep(answer.before ?? [])];
  const oldSteps = answer.compared ? steps(answer.compared as Dates, grain) : [];
  return stepsOf(answer, grain).map((step, index) => {
    const oldStep = oldSteps[index];
    const was =
      oldStep === undefined
        ? null
        : (old.get(oldStep) ?? nothingAt(oldStep, grain, measures, isUnknown(answer, oldStep)));
    return {
      key: step,
      cells: now.get(step) ?? nothingAt(step, grain, measures, isUnknown(answer, step)),
      before: was,
    };
  });
}

export interface Line {
  id: string;
  /** of each part, its value; null: all others */
  values: string[] | null;
  figures: (number | null)[];
}

const figure = (row: AnswerRow | undefined, id: string): number | null =>
  typeof row?.[id] === 'number' ? (row[id] as number) : null;

/** One measure over steps, a line a part, in the order of their sums; all others last. */
export function linesOf(
  question: ExplorerQuestion,
  answer: ExplorerAnswer,
  measure: BookMeasure,
  grain: Grain,
): Line[] {
  const parts = partsIn(question);
  const all = stepsOf(answer, grain);
  const nothing = (step: string): number | null => (measure.sums && !isUnknown(answer, step) ? 0 : null);
  const lines = new Map<string, { values: string[]; at: Map<string, number | null> }>();
  for (const row of answer.rows) {
    const key = keyOf(row, parts);
    const line = lines.get(key) ?? { values: parts.map((id) => String(row[id] ?? '')), at: new Map() };
    line.at.set(stepOf(row[grain], grain), figure(row, measure.id));
    lines.set(key, line);
  }
  const made: Line[] = [...lines].map(([id, { values, at }]) => ({
    id,
    values,
    figures: all.map((step) => at.get(step) ?? nothing(step)),
  }));
  const size = ({ figures }: Line): number => figures.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  made.sort((a, b) => size(b) - size(a));
  if (answer.others.length > 0) {
    const rest = new Map(answer.others.map((row) => [stepOf(row[grain], grain), figure(row, measure.id)]));
    const unknown = [...rest.values()].every((value) => value === null);
    made.push({
      id: 'others',
      values: null,
      figures: all.map((step) => (unknown ? null : (rest.get(step) ?? nothing(step)))),
    });
  }
  return made;
}
