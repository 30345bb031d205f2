// Records of the platform itself: people of the company, and its background work.
import type { Kysely } from 'kysely';
import type { JobTables } from '../jobs/index.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { RecordFinder } from './finder.ts';

export const peopleFinder = (db: Kysely<PeopleTables>): RecordFinder => ({
  kind: 'person',
  permission: 'members:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('member')
      .innerJoin('user', 'user.id', 'member.userId')
      .select(['user.id', 'user.name', 'user.email'])
      .where('member.organizationId', '=', workspace)
      .where((where) => where.or([where('user.name', 'ilike', pattern), where('user.email', 'ilike', pattern)]))
      .orderBy('user.name')
      .limit(limit)
      .execute();
    return rows.map(({ id, name, email }) => ({ id, title: name, detail: email, path: 'settings/people', search: {} }));
  },
});

/** Runs that someone may look for: what failed or is under way, by its error. */
export const jobFinder = (db: Kysely<JobTables>): RecordFinder => ({
  kind: 'job',
  permission: 'jobs:read',
  find: async ({ workspace, pattern, limit }) => {
    const rows = await db
      .selectFrom('job_run')
      .select(['id', 'job', 'error'])
      .where('workspace', '=', workspace)
      .where('state', 'in', ['failed', 'dead'])
      .where((where) => where.or([where('error', 'ilike', pattern), where('job', 'ilike', pattern)]))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id, job, error }) => ({
      id,
      title: error ?? job,
      detail: job,
      path: 'settings/jobs',
      search: { show: 'lost' },
    }));
  },
});
