// Saved segments: the kind of thing that is kept, and as others see it.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import type { Filter } from '../contract.ts';
import type { Db } from '../sites/sites.ts';
import type { Segment, SegmentDefinition } from './contract.ts';
import { countSql, scopeOfNow } from './count.ts';
import { segmentsIn, storedSegments } from './resolve.ts';

interface Own {
  site: string | null;
  definition: SegmentDefinition;
}

export const describeSegment = (row: Stored<Own>): Segment => ({
  id: row.id,
  name: row.name,
  site: row.site,
  definition: row.definition,
  version: row.version,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
  archived: row.archived_at !== null,
});

export const keptSegments = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'segment',
    called: 'a segment',
    columns: { site: 'plain', definition: 'json' },
    /** Compiles it as a count would, without running: unknown properties, archived segments and circles are told. */
    async check(asked, workspace, id, given) {
      const own = asked as unknown as Db;
      const { scope } = await scopeOfNow(own, workspace, given.site);
      const segments = await storedSegments(own, workspace);
      segments.set(id, { id, ...given, archived: false });
      const itself: SegmentDefinition = { ...given.definition, where: { segment: id } };
      countSql(scope, { definition: itself, site: null }, segments);
    },
    async mayArchive(asked, workspace, id) {
      const stored = [...(await storedSegments(asked as unknown as Db, workspace)).values()];
      const users = stored.filter((one) => {
        const { where } = one.definition as { where?: Filter };
        return !one.archived && one.id !== id && where !== undefined && segmentsIn(where).includes(id);
      });
      if (users.length === 0) return;
      throw new ORPCError('CONFLICT', {
        message: `Other segments are made of it: ${users.map((one) => `"${one.name}"`).join(', ')}. Change those first.`,
      });
    },
  });
