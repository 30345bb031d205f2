// In which parameters of addresses a company's sites carry the words of a search.
import type { Kysely } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Db } from '../sites/sites.ts';
import { USUAL_SEARCH_PARAMETERS } from './contract.ts';

export async function searchParametersOf(db: Db, workspace: string): Promise<readonly string[]> {
  const row = await db
    .selectFrom('search_setting')
    .select('parameters')
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  return row && row.parameters.length > 0 ? row.parameters : USUAL_SEARCH_PARAMETERS;
}

export const describeParameters = (parameters: readonly string[]) => ({
  parameters: [...parameters],
  usual: parameters.join() === USUAL_SEARCH_PARAMETERS.join(),
});

/** The past is counted by them at once: words are read when they are asked for. */
export async function setSearchParameters(db: Db, workspace: string, given: readonly string[], who: string) {
  const before = await searchParametersOf(db, workspace);
  const parameters = [...new Set(given)];
  await db.transaction().execute(async (tx) => {
    const row = { parameters: JSON.stringify(parameters), updated_by: who, updated_at: new Date() };
    await tx
      .insertInto('search_setting')
      .values({ workspace, ...row })
      .onConflict((on) => on.column('workspace').doUpdateSet(row))
      .execute();
    await writeAudit(tx as unknown as Kysely<never>, {
      ...{ workspace, who, action: 'search-parameters.set', target: parameters.join(', ') || 'the usual ones' },
      details: { before, after: parameters },
    });
  });
  return describeParameters(await searchParametersOf(db, workspace));
}
