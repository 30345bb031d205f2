// Contract of exports and imports of companies → rules. A whole company in one file is an owner's to take along.
import { implement, ORPCError } from '@orpc/server';
import type { Selectable } from 'kysely';
import type { RequestContext, WorkspaceContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../api/gate.ts';
import { writeAudit } from '../audit/audit.ts';
import { lastBackup } from '../backup/history.ts';
import type { Files } from '../files/index.ts';
import { describeRun, type Jobs } from '../jobs/index.ts';
import { type TransferView, transfersContract } from './contract.ts';
import { exportCompanyJob, importCompanyJob } from './jobs.ts';
import type { TransferTables } from './tables.ts';
import { addTransfer, archiveName, type TransferDb } from './transfers.ts';

const LINK_SECONDS = 300;
const MOST_SHOWN = 100;

export interface TransfersDeps extends ApiDeps {
  transfers: TransferDb;
  files: Files;
  jobs: Jobs;
}

type Row = Selectable<TransferTables['transfer']>;

function ownerOnly(member: WorkspaceContext): WorkspaceContext {
  if (member.role === 'owner') return member;
  throw new ORPCError('FORBIDDEN', { message: 'Only an owner takes the whole company along.' });
}

export function transfersRouter(deps: TransfersDeps) {
  const { transfers: db, files, jobs } = deps;
  const os = implement(transfersContract).$context<RequestContext>().use(gate(deps));

  async function describe(rows: readonly Row[], user: string | undefined): Promise<TransferView[]> {
    const runs = rows.flatMap(({ run }) => run ?? []);
    const known = runs.length === 0 ? [] : await db.selectFrom('job_run').selectAll().where('id', 'in', runs).execute();
    const targets = rows.flatMap(({ target }) => target ?? []);
    const mine =
      targets.length === 0
        ? []
        : await db
            .selectFrom('member')
            .select('organizationId as id')
            .where('userId', '=', user ?? '')
            .where('organizationId', 'in', targets)
            .execute();
    const kept = rows.flatMap(({ file }) => file ?? []);
    const there = new Set(
      await Promise.all(
        kept.map(async (id) =>
          (await files.db.selectFrom('file').select('id').where('id', '=', id).executeTakeFirst()) ? id : null,
        ),
      ),
    );
    return rows.map((row) => {
      const run = known.find(({ id }) => id === row.run);
      return {
        id: row.id,
        direction: row.direction,
        fileName: row.file_name,
        who: row.who,
        createdAt: row.created_at.toISOString(),
        finishedAt: row.finished_at?.toISOString() ?? null,
        run: run ? describeRun(jobs, run) : null,
        error: row.error,
        hasFile: row.direction === 'export' && there.has(row.file),
        company: mine.some(({ id }) => id === row.target) ? row.target : null,
        result: row.result,
      };
    });
  }

  const find = async (workspace: string, id: string): Promise<Row> => {
    const row = await db
      .selectFrom('transfer')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such export in this company.' });
    return row;
  };
  const archiveOf = async (workspace: string, id: string) => {
    const row = await find(workspace, id);
    const file = row.direction === 'export' && row.file !== null ? await files.find(workspace, row.file) : undefined;
    if (!file)
      throw new ORPCError('NOT_FOUND', { message: 'The archive is no longer kept. Export the company again.' });
    return { row, file };
  };

  return {
    transfers: {
      list: os.transfers.list.handler(async ({ context }) => {
        const { workspace, actor } = memberOnly(context);
        const rows = await db
          .selectFrom('transfer')
          .selectAll()
          .where('workspace', '=', workspace)
          .orderBy('id', 'desc')
          .limit(MOST_SHOWN)
          .execute();
        return { lastBackup: await lastBackup(db), transfers: await describe(rows, actor.user?.id) };
      }),
      export: os.transfers.export.handler(async ({ context }) => {
        const { workspace, actor } = ownerOnly(memberOnly(context));
        const who = whoIs(context);
        const { name } = await db
          .selectFrom('workspace')
          .select('name')
          .where('id', '=', workspace)
          .executeTakeFirstOrThrow();
        const id = await db.transaction().execute(async (tx) => {
          const transfer = await addTransfer(tx, {
            workspace,
            direction: 'export',
            file_name: archiveName(name, new Date()),
            who,
          });
          const { run } = await jobs.enqueue(tx, workspace, exportCompanyJob, { transfer }, { who });
          await tx.updateTable('transfer').set({ run }).where('id', '=', transfer).execute();
          return transfer;
        });
        return (await describe([await find(workspace, id)], actor.user?.id))[0]!;
      }),
      import: os.transfers.import.handler(async ({ input, context }) => {
        const { workspace, actor } = memberOnly(context);
        const who = whoIs(context);
        const { user } = actor;
        if (!user) throw new ORPCError('FORBIDDEN', { message: 'A person must take a company in: it becomes theirs.' });
        const file = await files.find(workspace, input.file);
        if (!file) throw new ORPCError('NOT_FOUND', { message: 'The file is no longer here. Upload it again.' });
        const id = await db.transaction().execute(async (tx) => {
          const of = {
            workspace,
            direction: 'import',
            file_name: file.name,
            file: file.id,
            owner: user.id,
            who,
          } as const;
          const transfer = await addTransfer(tx, of);
          const { run } = await jobs.enqueue(tx, workspace, importCompanyJob, { transfer }, { who });
          await tx.updateTable('transfer').set({ run }).where('id', '=', transfer).execute();
          await writeAudit(tx, { workspace, who, action: 'company.import-ask', target: file.name });
          return transfer;
        });
        return (await describe([await find(workspace, id)], user.id))[0]!;
      }),
      link: os.transfers.link.handler(async ({ input, context }) => {
        const { workspace } = ownerOnly(memberOnly(context));
        const { row, file } = await archiveOf(workspace, input.transfer);
        const { path, expiresAt } = files.link(file.id, LINK_SECONDS);
        await writeAudit(db, { workspace, who: whoIs(context), action: 'company.fetch-export', target: row.file_name });
        return { path, expiresAt: expiresAt.toISOString() };
      }),
      removeFile: os.transfers.removeFile.handler(async ({ input, context }) => {
        const { workspace } = ownerOnly(memberOnly(context));
        const { row, file } = await archiveOf(workspace, input.transfer);
        await files.remove(workspace, file.id);
        await db.updateTable('transfer').set({ file: null }).where('id', '=', row.id).execute();
        await writeAudit(db, {
          workspace,
          who: whoIs(context),
          action: 'company.remove-export',
          target: row.file_name,
        });
        return { removed: true };
      }),
    },
  };
}
