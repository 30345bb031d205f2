// Contract of background work → rules.
import { implement, ORPCError } from '@orpc/server';
import type { Kysely, Selectable } from 'kysely';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../api/gate.ts';
import { writeAudit } from '../audit/audit.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import { type JobRun, jobsContract } from './contract.ts';
import type { Jobs } from './jobs.ts';
import { JOB_STATES, type JobState, type JobTables } from './tables.ts';

export interface JobsDeps extends ApiDeps {
  db: Kysely<PeopleTables>;
  jobs: Jobs;
}

const SHOWN: Record<'now' | 'lost' | 'done' | 'all', readonly JobState[]> = {
  now: ['waiting', 'running'],
  lost: ['failed', 'dead', 'cancelled'],
  done: ['done'],
  all: JOB_STATES,
};

const noRun = () => new ORPCError('NOT_FOUND', { message: 'There is no such job; what ended long ago is forgotten.' });

export function describeRun(jobs: Jobs, row: Selectable<JobTables['job_run']>): JobRun {
  const job = jobs.find(row.job);
  return {
    id: row.id,
    job: row.job,
    title: job?.title ?? row.job,
    state: row.state,
    done: row.done,
    total: row.total,
    words: row.words,
    attempt: row.attempt,
    attempts: (job?.retry.limit ?? 0) + 1,
    error: row.error,
    stopping: row.state === 'running' && row.cancel_asked,
    who: row.who,
    createdAt: row.created_at.toISOString(),
    runAt: row.run_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

export function jobsRouter(deps: JobsDeps) {
  const { jobs } = deps;
  const db = deps.db as unknown as Kysely<JobTables>;
  const os = implement(jobsContract).$context<RequestContext>().use(gate(deps));
  const workspaceOf = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  const find = async (workspace: string, run: string) => {
    const row = await db
      .selectFrom('job_run')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', run)
      .executeTakeFirst();
    if (!row) throw noRun();
    return row;
  };
  return {
    jobs: {
      list: os.jobs.list.handler(async ({ input, context }) => {
        const workspace = workspaceOf(context);
        const rows = await db
          .selectFrom('job_run')
          .selectAll()
          .where('workspace', '=', workspace)
          .where('state', 'in', SHOWN[input.show])
          .$if(input.before !== undefined, (query) => query.where('id', '<', input.before!))
          .orderBy('id', 'desc')
          .limit(input.limit)
          .execute();
        const counted = await db
          .selectFrom('job_run')
          .select(['state', ({ fn }) => fn.countAll<number>().as('n')])
          .where('workspace', '=', workspace)
          .groupBy('state')
          .execute();
        const counts = Object.fromEntries(JOB_STATES.map((state) => [state, 0])) as Record<JobState, number>;
        for (const { state, n } of counted) counts[state] = Number(n);
        return { runs: rows.map((row) => describeRun(jobs, row)), counts };
      }),
      get: os.jobs.get.handler(async ({ input, context }) =>
        describeRun(jobs, await find(workspaceOf(context), input.run)),
      ),
      cancel: os.jobs.cancel.handler(async ({ input, context }) => {
        const workspace = workspaceOf(context);
        await deps.db.transaction().execute(async (trx) => {
          const found = await jobs.cancel(trx, workspace, input.run);
          if (found === null) throw noRun();
          if (found !== 'waiting' && found !== 'running')
            throw new ORPCError('CONFLICT', { message: 'This job has ended already.' });
          const { job } = await find(workspace, input.run);
          await writeAudit(trx, { workspace, who: whoIs(context), action: 'job.cancel', target: job });
        });
        return describeRun(jobs, await find(workspace, input.run));
      }),
      retry: os.jobs.retry.handler(async ({ input, context }) => {
        const workspace = workspaceOf(context);
        const { job } = await find(workspace, input.run);
        await deps.db.transaction().execute(async (trx) => {
          if (!(await jobs.retry(trx, workspace, input.run)))
            throw new ORPCError('CONFLICT', { message: 'Only a job that failed or was cancelled can be tried again.' });
          await writeAudit(trx, { workspace, who: whoIs(context), action: 'job.retry', target: job });
        });
        return describeRun(jobs, await find(workspace, input.run));
      }),
      schedules: os.jobs.schedules.handler(async ({ context }) => {
        const rows = await db
          .selectFrom('schedule')
          .selectAll()
          .where('workspace', '=', workspaceOf(context))
          .orderBy('next_at')
          .execute();
        return rows.map((row) => ({
          id: row.id,
          job: row.job,
          title: jobs.find(row.job)?.title ?? row.job,
          cron: row.cron,
          nextAt: row.next_at?.toISOString() ?? null,
          lastAt: row.last_at?.toISOString() ?? null,
          createdBy: row.created_by,
        }));
      }),
    },
  };
}
