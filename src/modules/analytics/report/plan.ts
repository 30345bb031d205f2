// Chooses the tables of a report: roll-ups where whole days are asked unfiltered, visits for what belongs to a visit, events
// for what belongs to one event, events joined to their visit where a question needs both, and sales, which know both.
import { ORPCError } from '@orpc/server';
import { type Refusal, refusalOf } from './combinations-contract.ts';
import { clauseOf, isTime, ROLLUP_TIME } from './dimensions.ts';
import { factsOf, needsOf } from './facts.ts';
import { countsEvents, goalIn, isGoalMeasure } from './goal-parts.ts';
import { measureClause } from './registry.ts';
import type { GoalSql } from './scope.ts';
import type { AnyMeasureId, DimensionId } from './vocabulary.ts';

export type Table = 'rollup' | 'pages' | 'visits' | 'events' | 'signals' | 'sales' | 'goals' | 'costs';

export interface Plan {
  byTable: Map<Table, AnyMeasureId[]>;
  /** events are joined to their visit */
  joinVisits: boolean;
}

const mayBeOfEvent = (id: DimensionId): boolean => isTime(id) || Boolean(clauseOf(id).event);
/** page, event, status, property: of one event even where visits can be asked about it too */
const isOfEvent = (id: DimensionId): boolean => !isTime(id) && !clauseOf(id).visit;

/** Throws BAD_REQUEST for a measure that makes no sense by these dimensions. */
export function planReport(query: {
  measures: readonly AnyMeasureId[];
  dimensions: readonly DimensionId[];
  filtered: readonly DimensionId[];
  hasFilter: boolean;
  /** the filter speaks of visitors: what they did, or a saved segment */
  ofVisitors: boolean;
  /** the filter speaks of nothing but pages */
  ofPages: boolean;
  asOf: boolean;
  goals?: ReadonlyMap<string, GoalSql> | undefined;
}): Plan {
  const asked = [...query.dimensions, ...query.filtered];
  const facts = { dimensions: query.dimensions.map(factsOf), filtered: query.filtered.map(factsOf) };
  const rolled = query.dimensions.every((id) => id in ROLLUP_TIME);
  const wholeDays = !query.hasFilter && !query.asOf && rolled;
  const byPage = query.dimensions.length === 1 && query.dimensions[0] === 'page';
  const ofPages = !query.asOf && (query.ofPages ? byPage || rolled : !query.hasFilter && byPage);
  const visitsCan = refusalOf('visits', { ...facts, ofVisitors: query.ofVisitors }) === null;
  const eventsCan = asked.every(mayBeOfEvent);
  const ofEvents = asked.some(isOfEvent);
  const byTable = new Map<Table, AnyMeasureId[]>();
  let joinVisits = false;
  for (const id of query.measures) {
    const measure = measureClause(id);
    const ofEvent = isGoalMeasure(id) && countsEvents(query.goals!.get(goalIn(id))!, id);
    const refusal = refusalOf(needsOf(id, ofEvent), { ...facts, ofVisitors: query.ofVisitors });
    if (refusal) throw new ORPCError('BAD_REQUEST', { message: inWords(id, refusal) });
    let table: Table;
    if (isGoalMeasure(id)) table = ofEvent ? 'goals' : 'visits';
    else if (measure.cost) table = 'costs';
    else if (measure.only) table = 'signals';
    else if (wholeDays && !measure.goods) table = 'rollup';
    else if (measure.sale) table = 'sales';
    else if (ofPages && (id === 'visitors' || id === 'pageViews')) table = 'pages';
    else if (!measure.visit) table = 'events';
    else if (!measure.event) table = visitsCan ? 'visits' : 'events';
    // what happened in the events themselves, unless the question is about the visit they belong to
    else if (ofEvents) table = 'events';
    else if (id === 'pageViews') table = eventsCan ? 'events' : 'visits';
    else table = 'visits';
    if ((table === 'events' && id === 'visits') || (['events', 'goals', 'signals'].includes(table) && !eventsCan))
      joinVisits = true;
    byTable.set(table, [...(byTable.get(table) ?? []), id]);
  }
  return { byTable, joinVisits };
}

function inWords(measure: AnyMeasureId, { code, by }: Refusal): string {
  if (code === 'cost-by' || code === 'cost-visitors') {
    return `A cost is known by day, channel, source, medium, campaign, content, term and landing page: it can't be split or filtered by ${by.join(', ') || 'what visitors did'}.`;
  }
  return `${measure} is a figure of whole visits and can't be split or filtered by ${by.join(', ')}. Ask for visitors, visits, pageViews or events instead.`;
}
