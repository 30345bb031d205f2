// Measures of goals as SQL. Conversions are events, counted by their own moment; converted visits are visits in which the goal was
// reached, so their share is one of visits.
import { type GoalSql, known, own, robots, type Scope, shiftDate, within } from './scope.ts';
import { visitsFrom } from './visits-from.ts';
import { type AnyMeasureId, GOAL_MEASURES, type GoalMeasure, type GoalMeasureId } from './vocabulary.ts';

export const isGoalMeasure = (id: AnyMeasureId): id is GoalMeasureId =>
  (GOAL_MEASURES as readonly string[]).includes(id.split(':')[0]!);
export const goalIn = (id: GoalMeasureId): string => id.slice(id.indexOf(':') + 1);
export const goalMeasureIn = (id: GoalMeasureId): GoalMeasure => id.slice(0, id.indexOf(':')) as GoalMeasure;

const goalOf = (s: Scope, id: GoalMeasureId): GoalSql => s.goals!.get(goalIn(id))!;

/** Whether it counts events; else it counts visits. */
export const countsEvents = (goal: GoalSql, id: GoalMeasureId): boolean =>
  goal.event !== null && ['conversions', 'goalValue'].includes(goalMeasureIn(id));

/** The rows of `events` that any of the goals speaks of. */
export const anyGoal = (s: Scope, ids: readonly AnyMeasureId[]): string =>
  `(${[...new Set(ids.filter(isGoalMeasure).map((id) => goalOf(s, id).event!))].join(' OR ')})`;

/** An aggregate over `events`. */
export function eventsClause(s: Scope, id: GoalMeasureId): string {
  const { event, worth } = goalOf(s, id);
  if (goalMeasureIn(id) === 'conversions') return `countIf(${event})`;
  return worth === null ? s.money.sum(`if(${event}, revenue, 0)`) : `countIf(${event}) * ${worth}`;
}

/** An aggregate over `visits`. */
export function visitsClause(s: Scope, id: GoalMeasureId): string {
  const goal = goalOf(s, id);
  const reached = goal.visit ?? seenIn(s, goal) ?? reachedIn(s, goal.event!);
  if (goalMeasureIn(id) === 'conversionRate') return `if(count() = 0, NULL, countIf(${reached}) / count())`;
  if (goalMeasureIn(id) !== 'goalValue') return `countIf(${reached})`;
  // what a long visit is worth nobody has said
  return goal.worth === null ? 'NULL' : `countIf(${reached}) * ${goal.worth}`;
}

/** The same by what the row itself keeps, where that says all: no event is read. */
function seenIn(s: Scope, { seen, event }: GoalSql): string | null {
  if (!seen) return null;
  return seen.but === null ? seen.visit : `(${seen.visit} OR ${reachedIn(s, `${event} AND ${seen.but}`)})`;
}

/** Whether a row of `visits` holds such an event: the visit that had begun when it happened, by any id its visitor had. */
function reachedIn(s: Scope, event: string): string {
  // a visit that begins before the period's end can hold events of the day after
  const wide = { ...s, from: s.from, to: shiftDate(s.to, 1) };
  const events = `SELECT site, visitor, at FROM events WHERE ${own(s)} AND ${within('at', wide)}${robots(s)}${known(s)} AND ${event}`;
  const visits = `SELECT site, member AS one, visitor AS v_visitor, start AS v_start FROM ${visitsFrom(wide)} ARRAY JOIN ids AS member
    WHERE ${own(s)} AND ${within('start', wide)} AND member IN (SELECT visitor FROM (${events}))`;
  return `(site, visitor, start) IN (SELECT v.site, v.v_visitor, v.v_start FROM (${events}) AS e
    ASOF INNER JOIN (${visits}) AS v ON e.site = v.site AND e.visitor = v.one AND e.at >= v.v_start)`;
}
