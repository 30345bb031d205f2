// Puts saved segments in the places that name them, so that a filter compiles to one statement whatever it refers to.
import { ORPCError } from '@orpc/server';
import type { Filter } from '../contract.ts';
import { checkDepth, type Resolved } from '../report/filter.ts';
import type { Db } from '../sites/sites.ts';
import { type SegmentDefinition, segmentDefinition } from './contract.ts';
import { isReadySegment, READY_SEGMENTS } from './ready-contract.ts';

export interface StoredSegment {
  id: string;
  name: string;
  site: string | null;
  definition: unknown;
  archived: boolean;
}

const refuse = (message: string): never => {
  throw new ORPCError('BAD_REQUEST', { message });
};

/** Ids of the saved segments a filter names itself. */
export function segmentsIn(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(segmentsIn);
  if ('or' in filter) return filter.or.flatMap(segmentsIn);
  if ('not' in filter) return segmentsIn(filter.not);
  if ('visitors' in filter) return segmentsIn(filter.visitors);
  return 'segment' in filter && !isReadySegment(filter.segment) ? [filter.segment] : [];
}

export async function storedSegments(db: Db, workspace: string): Promise<Map<string, StoredSegment>> {
  const rows = await db
    .selectFrom('segment')
    .select(['id', 'name', 'site', 'definition', 'archived_at'])
    .where('workspace', '=', workspace)
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, archived: row.archived_at !== null }]));
}

/** Throws BAD_REQUEST naming the segment that is missing, put away, about another site or about itself. */
export function resolveFilter(
  filter: Filter,
  segments: ReadonlyMap<string, StoredSegment>,
  sites: readonly string[],
): Resolved {
  const walk = (one: Filter, inside: readonly string[], depth: number): Resolved => {
    checkDepth(depth);
    const below = (f: Filter): Resolved => walk(f, inside, depth + 1);
    if ('and' in one) return { and: one.and.map(below) };
    if ('or' in one) return { or: one.or.map(below) };
    if ('not' in one) return { not: below(one.not) };
    if ('visitors' in one) return { visitors: below(one.visitors) };
    if (!('segment' in one)) return one;
    if (isReadySegment(one.segment)) {
      const { selects, where } = READY_SEGMENTS[one.segment];
      const inner = walk(where, inside, depth + 1);
      return selects === 'visitors' ? { visitors: inner } : inner;
    }
    const found = segments.get(one.segment) ?? refuse('The filter names a segment that is not in this company.');
    if (inside.includes(found.id)) {
      refuse(`The segment "${found.name}" would refer to itself. Take the circle out of its definition.`);
    }
    if (found.archived) refuse(`The segment "${found.name}" is archived. Bring it back, or take it out of the filter.`);
    if (found.site !== null && !sites.includes(found.site)) {
      refuse(`The segment "${found.name}" is about another site than the one asked for.`);
    }
    const { selects, where } = readDefinition(found);
    const inner = walk(where, [...inside, found.id], depth + 1);
    const chosen: Resolved = selects === 'visitors' ? { visitors: inner } : inner;
    return found.site === null ? chosen : { onSite: found.site, where: chosen };
  };
  return walk(filter, [], 0);
}

function readDefinition(of: StoredSegment): SegmentDefinition {
  const parsed = segmentDefinition.safeParse(of.definition);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues[0]?.message ?? 'it is written for another version';
  return refuse(`The segment "${of.name}" can't be read: ${why}`);
}
