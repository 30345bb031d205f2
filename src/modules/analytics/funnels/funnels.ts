// Saved funnels: kept like segments and goals, and their steps made ready for SQL.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import { goalsOf } from '../goals/goals.ts';
import type { Db } from '../sites/sites.ts';
import { type Shape, stepOf } from './attempts.ts';
import type { Funnel, FunnelDefinition } from './contract.ts';

interface Own {
  definition: FunnelDefinition;
}

export const describeFunnel = (row: Stored<Own>): Funnel => ({
  id: row.id,
  name: row.name,
  definition: row.definition,
  version: row.version,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
  archived: row.archived_at !== null,
});

export const keptFunnels = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'funnel',
    called: 'a funnel',
    columns: { definition: 'json' },
    async check(asked, workspace, _id, { definition }) {
      await shapeOf(asked as unknown as Db, workspace, definition, 'UTC');
    },
  });

/** Throws BAD_REQUEST for a step that one event can't be, or a goal that is not there. */
export async function shapeOf(
  db: Db,
  workspace: string,
  { steps, order, minutes, by }: FunnelDefinition,
  zone: string,
): Promise<Shape> {
  const named = steps.flatMap((step) => ('goal' in step ? [step.goal] : []));
  const goals = await goalsOf(db, workspace, named, zone);
  const shaped = steps.map((step) => {
    if (!('goal' in step)) return stepOf(step.act, zone);
    const { kind, event } = goals.get(step.goal)!;
    if (kind !== 'visit' && event !== null) return { kind, sql: event };
    throw new ORPCError('BAD_REQUEST', {
      message:
        'A goal about a whole visit has no moment of its own, so it can be no step. Choose one about a page or event.',
    });
  });
  return { steps: shaped, order, minutes, by };
}
