// Whether the past is counted by the rules of today, and putting that in line.

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { describeRun, type Jobs, type JobTables } from '../../../platform/jobs/index.ts';
import type { Db } from '../sites/sites.ts';
import { OF_THE_PAST, type Recount } from './contract.ts';
import { recount } from './recount.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
}

export async function recountState({ db, jobs }: Deps, workspace: string): Promise<Recount> {
  const runs = db as unknown as Kysely<JobTables>;
  const [rules, run] = await Promise.all([
    sql<{ changed: Date | null; as_of: Date | null }>`
      SELECT (SELECT max(greatest(updated_at, archived_at)) FROM counting_rule
        WHERE workspace = ${workspace} AND kind IN (${sql.join([...OF_THE_PAST])})) AS changed,
        (SELECT rules_as_of FROM recount WHERE workspace = ${workspace}) AS as_of`.execute(db),
    runs
      .selectFrom('job_run')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('job', '=', recount.name)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ]);
  const { changed = null, as_of = null } = rules.rows[0] ?? {};
  return {
    needed: changed !== null && (as_of === null || changed > as_of),
    asOf: as_of?.toISOString() ?? null,
    run: run ? describeRun(jobs, run) : null,
  };
}

/** One at a time: a second press while one waits is the same. */
export async function startRecount(deps: Deps, workspace: string, who: string): Promise<Recount> {
  await deps.db.transaction().execute(async (tx) => {
    await deps.jobs.enqueue(tx, workspace, recount, {}, { who, singletonKey: 'recount' });
    await writeAudit(tx, { workspace, who, action: 'recount.start', target: '' });
  });
  return recountState(deps, workspace);
}
