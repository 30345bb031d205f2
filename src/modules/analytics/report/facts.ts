// What is known of a measure or a dimension before anything is asked: what it needs, where it is known, whether its parts add up.
import type { DimensionFacts, MeasureNeeds } from './combinations-contract.ts';
import { costCan } from './costs-part.ts';
import { clauseOf, isTime } from './dimensions.ts';
import { isGoalMeasure } from './goal-parts.ts';
import { measureClause } from './registry.ts';
import { type AnyMeasureId, type DimensionId, MEASURE_IDS, PLAIN_DIMENSION_IDS } from './vocabulary.ts';

/** `ofEvent`: a measure of a goal that counts events. */
export function needsOf(id: AnyMeasureId, ofEvent = false): MeasureNeeds {
  if (isGoalMeasure(id)) return ofEvent ? 'anything' : 'visits';
  const { cost, visit, event, sale, only } = measureClause(id);
  if (cost) return 'costs';
  // visits alone are found from events too
  return id !== 'visits' && visit && !event && !sale && !only ? 'visits' : 'anything';
}

export const factsOf = (id: DimensionId): DimensionFacts => ({
  id,
  visit: isTime(id) || Boolean(clauseOf(id).visit ?? clauseOf(id).visitArray),
  many: Boolean(clauseOf(id).visitArray),
  cost: costCan([id]),
});

/**
 * Whether the figures of parts may be added up to the figure of the whole: never those of people, who are in several parts, nor
 * shares and averages.
 */
export const addsUp = (id: AnyMeasureId): boolean =>
  id !== 'visitors' && ['count', 'money', 'bytes'].includes(measureClause(id).unit) && !measureClause(id).ofSomething;

/** Whether it is read from single events, so that a page's or an event's own figure leaves others out exactly. */
export function readFromEvents(id: AnyMeasureId): boolean {
  if (isGoalMeasure(id)) return id.startsWith('conversions:') || id.startsWith('goalValue:');
  const { event, sale, only } = measureClause(id);
  return Boolean(event ?? sale ?? only);
}

export const vocabulary = () => ({
  measures: MEASURE_IDS.map((id) => {
    const { unit, direction } = measureClause(id);
    return { id, unit, direction, adds: addsUp(id), needs: needsOf(id) };
  }),
  dimensions: PLAIN_DIMENSION_IDS.map((id) => ({ ...factsOf(id), time: isTime(id) })),
});
