// Which measures can be split and filtered by which dimensions: asked by the pipeline before it runs, and by screens before they
// send a question. Browser-safe.

/** What a measure needs of everything it is split and filtered by. */
export type MeasureNeeds = 'anything' | 'visits' | 'costs';

/** Where a dimension is known. */
export interface DimensionFacts {
  id: string;
  /** of whole visits */
  visit: boolean;
  /** several values in one visit, like the pages seen */
  many: boolean;
  /** of costs */
  cost: boolean;
}

export interface Refusal {
  code: 'cost-by' | 'cost-visitors' | 'visit-by' | 'visit-many';
  /** the dimensions that are in the way */
  by: string[];
}

/** Whether whole visits can be split by `dimensions` and filtered by `filtered`. */
const visitsCan = (dimensions: readonly DimensionFacts[], filtered: readonly DimensionFacts[]): boolean =>
  [...dimensions, ...filtered].every(({ visit }) => visit) && dimensions.filter(({ many }) => many).length <= 1;

/** Why a measure makes no sense in a question; null when it does. */
export function refusalOf(
  needs: MeasureNeeds,
  question: {
    dimensions: readonly DimensionFacts[];
    filtered: readonly DimensionFacts[];
    /** the filter speaks of visitors: what they did, or a saved segment */
    ofVisitors: boolean;
  },
): Refusal | null {
  const asked = [...question.dimensions, ...question.filtered];
  const without = (known: (one: DimensionFacts) => boolean): string[] => [
    ...new Set(asked.filter((one) => !known(one)).map(({ id }) => id)),
  ];
  if (needs === 'costs') {
    const by = without(({ cost }) => cost);
    if (by.length > 0) return { code: 'cost-by', by };
    return question.ofVisitors ? { code: 'cost-visitors', by: [] } : null;
  }
  if (needs === 'anything' || visitsCan(question.dimensions, question.filtered)) return null;
  const by = without(({ visit }) => visit);
  if (by.length > 0) return { code: 'visit-by', by };
  return { code: 'visit-many', by: question.dimensions.filter(({ many }) => many).map(({ id }) => id) };
}
