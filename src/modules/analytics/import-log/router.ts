// Contract of log imports in the browser → rules.
import { implement, ORPCError } from '@orpc/server';
import type { Kysely, Selectable } from 'kysely';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Files } from '../../../platform/files/index.ts';
import { describeRun, type Jobs, type JobTables } from '../../../platform/jobs/index.ts';
import type { PeopleTables } from '../../../platform/workspaces/tables.ts';
import { csvFile } from '../report/csv.ts';
import type { AnalyticsTables } from '../tables.ts';
import { type LogImportSummary, logImportContract } from './contract.ts';
import { importLogJob } from './job.ts';

export interface LogImportsDeps extends ApiDeps {
  db: Kysely<AnalyticsTables & PeopleTables & JobTables>;
  jobs: Jobs;
  files: Files;
}

const NEWEST = 20;

interface Payload {
  site: string;
  files: { id: string; name: string; size: number }[];
}
type Result = LogImportSummary & { import: string };

export function logImportsRouter(deps: LogImportsDeps) {
  const { db, jobs, files } = deps;
  const os = implement(logImportContract).$context<RequestContext>().use(gate(deps));
  const runs = (workspace: string) =>
    db.selectFrom('job_run').selectAll().where('workspace', '=', workspace).where('job', '=', importLogJob.name);
  const describe = (row: Selectable<JobTables['job_run']>, hosts: ReadonlyMap<string, string>) => {
    const payload = row.payload as Payload;
    const host = hosts.get(payload.site);
    return {
      ...describeRun(jobs, row),
      site: host === undefined ? null : { id: payload.site, host },
      files: payload.files.map(({ name, size }) => ({ name, size })),
      lines: (row.checkpoint as { lines?: number } | null)?.lines ?? 0,
      summary: row.result as Result | null,
    };
  };
  const hostsOf = async (workspace: string) =>
    new Map(
      (await db.selectFrom('site').select(['id', 'host']).where('workspace', '=', workspace).execute()).map((site) => [
        site.id,
        site.host,
      ]),
    );
  return {
    logImports: {
      start: os.logImports.start.handler(async ({ input, context }) => {
        const { workspace } = memberOnly(context);
        const who = whoIs(context);
        const hosts = await hostsOf(workspace);
        const host = hosts.get(input.site);
        if (host === undefined) throw new ORPCError('NOT_FOUND', { message: 'There is no such site.' });
        const given: Payload['files'] = [];
        for (const id of input.files) {
          const file = await files.find(workspace, id);
          if (!file) throw new ORPCError('NOT_FOUND', { message: 'A file is no longer here. Upload it again.' });
          given.push({ id, name: file.name, size: file.size });
        }
        const run = await db.transaction().execute(async (trx) => {
          const made = await jobs.enqueue(trx, workspace, importLogJob, { site: input.site, files: given }, { who });
          const details = { files: given.map((file) => file.name).join(', ') };
          await writeAudit(trx, { workspace, who, action: 'log.start', target: host, details });
          return made.run;
        });
        return describe(await runs(workspace).where('id', '=', run).executeTakeFirstOrThrow(), hosts);
      }),
      list: os.logImports.list.handler(async ({ context }) => {
        const { workspace } = memberOnly(context);
        const rows = await runs(workspace).orderBy('id', 'desc').limit(NEWEST).execute();
        const hosts = rows.length > 0 ? await hostsOf(workspace) : new Map<string, string>();
        return rows.map((row) => describe(row, hosts));
      }),
      rejects: os.logImports.rejects.handler(async ({ input, context }) => {
        const { workspace } = memberOnly(context);
        const row = await runs(workspace).where('id', '=', input.run).executeTakeFirst();
        const id = (row?.result as Result | null)?.import;
        if (!id) throw new ORPCError('NOT_FOUND', { message: 'There is no such import, or it is not done.' });
        const lines = await db
          .selectFrom('log_import_reject')
          .select(['line', 'reason', 'text'])
          .where('workspace', '=', workspace)
          .where('import', '=', id)
          .orderBy('line')
          .execute();
        return csvFile(
          [['line', 'reason', 'text'], ...lines.map((one) => [one.line, one.reason, one.text])],
          'rejected-lines.csv',
        );
      }),
    },
  };
}
