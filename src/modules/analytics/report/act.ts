// What someone did, as a condition on single events: of segments, goals and the steps of funnels alike.
import { ORPCError } from '@orpc/server';
import { clauseOf, isTime } from './dimensions.ts';
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
