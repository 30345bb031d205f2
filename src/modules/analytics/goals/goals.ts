// Saved goals: kept like segments, and made ready for SQL.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import { actCondition, actInVisit, checkProperties } from '../report/act.ts';
import { quote } from '../report/dimensions.ts';
import { compileFilter } from '../report/filter.ts';
import { chooseSites } from '../report/open-scope.ts';
import type { GoalSql } from '../report/scope.ts';
import type { Db } from '../sites/sites.ts';
import { type Goal, type GoalDefinition, goalDefinition } from './contract.ts';

interface Own {
  site: string | null;
  definition: GoalDefinition;
  worth: number | null;
}

export const describeGoal = (row: Stored<Own>): Goal => ({
  id: row.id,
  name: row.name,
  site: row.site,
  definition: row.definition,
  worth: row.worth === null ? null : Number(row.worth),
  version: row.version,
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
  archived: row.archived_at !== null,
});

export const keptGoals = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'goal',
    called: 'a goal',
    columns: { site: 'plain', definition: 'json', worth: 'plain' },
    async check(asked, workspace, _id, given) {
      if (given.site !== null) await chooseSites(asked as unknown as Db, workspace, given.site);
      goalSql(given, 'UTC');
    },
  });

/**
 * A goal over the columns of `events` or of `visits`. Throws BAD_REQUEST for a property that one event, or one visit, does
 * not have.
 */
export function goalSql(
  goal: { site: string | null; definition: unknown; worth: number | null },
  zone: string,
): GoalSql {
  const parsed = goalDefinition.safeParse(goal.definition);
  if (!parsed.success) throw new ORPCError('BAD_REQUEST', { message: 'The goal is written for another version.' });
  const of = parsed.data;
  const onSite = goal.site === null ? '' : ` AND site = ${quote(goal.site)}`;
  const worth = goal.worth === null ? null : Number(goal.worth);
  if ('act' in of) {
    const event = `(${actCondition(of.act, zone)}${onSite})`;
    const inVisit = actInVisit(of.act, zone);
    const seen = inVisit && { ...inVisit, visit: `(${inVisit.visit}${onSite})` };
    return { kind: of.act.what ?? 'any', event, visit: null, seen, worth };
  }
  checkProperties(of.visit, 'visit');
  const noPeople = (): string => {
    throw new ORPCError('BAD_REQUEST', { message: "A goal about a visit can't ask what else its visitor did." });
  };
  return {
    kind: 'visit',
    event: null,
    visit: `(${compileFilter(of.visit, { side: 'visit', zone, people: noPeople })}${onSite})`,
    worth,
  };
}

export interface UnsavedGoal {
  site: string | null;
  definition: GoalDefinition;
  worth: number | null;
}

/** Of the goals a question names; `unsaved` are those nobody has kept yet. Throws BAD_REQUEST for one that is not there or is put away. */
export async function goalsOf(
  db: Db,
  workspace: string,
  named: readonly string[],
  zone: string,
  unsaved: ReadonlyMap<string, UnsavedGoal> = new Map(),
): Promise<Map<string, GoalSql>> {
  const found = new Map([...unsaved].map(([id, goal]) => [id, goalSql(goal, zone)]));
  const ids = named.filter((id) => !found.has(id));
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('goal')
    .select(['id', 'name', 'site', 'definition', 'worth', 'archived_at'])
    .where('workspace', '=', workspace)
    .where('id', 'in', [...ids])
    .execute();
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing)
    throw new ORPCError('BAD_REQUEST', { message: 'The question names a goal that is not in this company.' });
  const archived = rows.find((row) => row.archived_at !== null);
  if (archived) {
    throw new ORPCError('BAD_REQUEST', {
      message: `The goal "${archived.name}" is archived. Bring it back, or choose another.`,
    });
  }
  for (const row of rows) {
    found.set(row.id, goalSql({ ...row, worth: row.worth === null ? null : Number(row.worth) }, zone));
  }
  return found;
}
