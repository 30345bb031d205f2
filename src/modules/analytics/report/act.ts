// What someone did, as a condition on single events: of segments, goals and the steps of funnels alike.
import { ORPCError } from '@orpc/server';
import { TOLD } from '../../../platform/events/visits-sql.ts';
import { clauseOf, isTime, quote } from './dimensions.ts';
import { compileFilter, propertiesOf, type Resolved } from './filter.ts';
import type { Act, PlainFilter } from './filter-contract.ts';

/** A visitor's views and named events: what makes visits. */
export const ACT_KIND = {
  view: "kind = 'view'",
  event: "kind = 'event'",
  any: "kind IN ('view', 'event')",
  attention: "kind = 'signal' AND name = 'engagement'",
} as const;

/** SQL over the columns of `events`. Throws BAD_REQUEST for a property that one event does not have. */
export function actCondition(act: Act, zone: string, people?: (filter: Resolved) => string): string {
  const kind = ACT_KIND[act.what ?? 'any'];
  if (!act.where) return kind;
  checkProperties(act.where, 'event');
  const noPeople = (): string => {
    throw new ORPCError('BAD_REQUEST', { message: "A condition on one event can't ask what else its visitor did." });
  };
  return `${kind} AND ${compileFilter(act.where, { side: 'event', zone, people: people ?? noPeople })}`;
}

/**
 * The same act over what a row of `visits` keeps: its pages, or the names of its events; null when the act asks for more. `but` are events
 * that a visit may lack, being told by a server after it.
 */
export function actInVisit(act: Act, zone: string): { visit: string; but: string | null } | null {
  const what = act.what ?? 'any';
  const [property, list, one] = what === 'view' ? ['page', 'paths', 'path'] : ['event', 'names', 'name'];
  if (!['view', 'event'].includes(what) || !act.where) return null;
  if (propertiesOf(act.where).some((id) => id !== property)) return null;
  const but = what === 'event' ? TOLD : null;
  const { where } = act;
  if ('is' in where && where.is === 'equals' && typeof where.value === 'string')
    return { visit: `has(${list}, ${quote(where.value)})`, but };
  const noPeople = (): string => '0';
  // the name of the one stands for a column of events in the condition
  return {
    visit: `arrayExists(${one} -> ${compileFilter(where, { side: 'event', zone, people: noPeople })}, ${list})`,
    but,
  };
}

/** Throws BAD_REQUEST for a property that the rows asked about don't have. */
export function checkProperties(filter: PlainFilter | Resolved, side: 'event' | 'visit'): void {
  for (const id of propertiesOf(filter)) {
    if (isTime(id)) continue;
    const clause = clauseOf(id);
    if (side === 'event' && !clause.event && clause.visit) {
      throw new ORPCError('BAD_REQUEST', {
        message: `${id} belongs to a whole visit, not to one event: ask for it with "visited" instead of "did".`,
      });
    }
    if (side === 'visit' && clause.event && !clause.visit && !clause.visitArray) {
      throw new ORPCError('BAD_REQUEST', {
        message: `${id} belongs to single events, not to a whole visit: ask for it with "did".`,
      });
    }
  }
}
