// Contract of imports → rules. What a person may import is the kind's own right, beside the right to bring files in.
import { implement, ORPCError } from '@orpc/server';
import type { Selectable } from 'kysely';
import { mayDo, type RequestContext } from '../api/context.ts';

import { type ApiDeps, type Gated, gate, memberOnly } from '../api/gate.ts';
import { describeRun, type JobTables } from '../jobs/index.ts';
import { type ImportView, importsContract, type LookedAt } from './contract.ts';
import {
  checkRows,
  findImport,
  lookAgain,
  openImport,
  removeImport,
  startImport,
  undoWhole,
  type Who,
} from './imports.ts';
import type { ImportKind } from './kind.ts';
import type { Looked } from './look.ts';
import { type ImportRecord, type ImportRulesParts, kindOf } from './parts.ts';
import { reasonTexts } from './rejects.ts';

export type ImportsDeps = ApiDeps & ImportRulesParts;

const NEWEST = 50;

export function importsRouter(deps: ImportsDeps) {
  const { db, jobs, files, kinds } = deps;
  const os = implement(importsContract).$context<RequestContext>().use(gate(deps));

  const view = (row: ImportRecord, run: Selectable<JobTables['job_run']> | undefined): ImportView => ({
    id: row.id,
    kind: row.kind,
    source: row.source,
    fileName: row.file_name,
    fileSize: row.file_size,
    state: row.state,
    settings: row.settings,
    headers: row.headers,
    run: run ? describeRun(jobs, run) : null,
    summary: row.summary,
    result: row.result,
    hasRejects: row.rejects_file !== null,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  });
  const runsOf = async (workspace: string, rows: readonly ImportRecord[]) => {
    const ids = rows.flatMap((row) => row.run ?? []);
    if (ids.length === 0) return new Map<string, Selectable<JobTables['job_run']>>();
    const runs = await db
      .selectFrom('job_run')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', 'in', ids)
      .execute();
    return new Map(runs.map((run) => [run.id, run]));
  };
  const viewOf = async (workspace: string, id: string): Promise<ImportView> => {
    const row = await findImport(deps, workspace, id);
    return view(row, (await runsOf(workspace, [row])).get(row.run ?? ''));
  };
  const byOf = (context: Gated): Who => {
    const { workspace, actor } = memberOnly(context);
    return { workspace, who: actor.name };
  };
  const allowed = (context: Gated, kind: ImportKind): void => {
    if (!mayDo(memberOnly(context), kind.permission))
      throw new ORPCError('FORBIDDEN', {
        message: `Your role does not include this (${kind.permission}). Ask the owner of the company.`,
      });
  };
  /** The import of the path, of a kind the person may import. */
  const own = async (context: Gated, id: string): Promise<Who> => {
    const by = byOf(context);
    allowed(context, kindOf(deps, (await findImport(deps, by.workspace, id)).kind));
    return by;
  };
  const lookedAt = async (
    workspace: string,
    id: string,
    { unsure, sheets, currency, rows, reused }: Looked,
  ): Promise<LookedAt> => ({
    import: await viewOf(workspace, id),
    unsure,
    sheets,
    currency,
    rows,
    reused,
  });

  return {
    imports: {
      kinds: os.imports.kinds.handler(async ({ context }) => {
        const member = memberOnly(context);
        return Promise.all(
          kinds.map(async (kind) => ({
            name: kind.name,
            label: kind.label,
            fields: kind.fields.map(({ name, label, type, required, from }) => ({ name, label, type, required, from })),
            options: (await kind.choices(deps.db as never, member.workspace)).options,
            reasons: reasonTexts(kind),
            allowed: mayDo(member, kind.permission),
          })),
        );
      }),
      list: os.imports.list.handler(async ({ context }) => {
        const { workspace } = memberOnly(context);
        const rows = await db
          .selectFrom('import')
          .selectAll()
          .where('workspace', '=', workspace)
          .orderBy('id', 'desc')
          .limit(NEWEST)
          .execute();
        const runs = await runsOf(workspace, rows);
        return rows.map((row) => view(row, runs.get(row.run ?? '')));
      }),
      open: os.imports.open.handler(async ({ input, context }) => {
        const kind = kinds.find((one) => one.name === input.kind);
        if (!kind) throw new ORPCError('BAD_REQUEST', { message: `Rows can't become “${input.kind}”.` });
        allowed(context, kind);
        const by = byOf(context);
        const { id, looked } = await openImport(deps, by, { file: input.file, kind });
        return lookedAt(by.workspace, id, looked);
      }),
      look: os.imports.look.handler(async ({ input, context }) => {
        const by = await own(context, input.import);
        const given = Object.fromEntries(Object.entries(input.reading).filter(([, value]) => value !== undefined));
        return lookedAt(by.workspace, input.import, await lookAgain(deps, by, input.import, given));
      }),
      get: os.imports.get.handler(({ input, context }) => viewOf(memberOnly(context).workspace, input.import)),
      check: os.imports.check.handler(async ({ input, context }) => {
        const by = await own(context, input.import);
        await checkRows(deps, by, input.import, input);
        return viewOf(by.workspace, input.import);
      }),
      start: os.imports.start.handler(async ({ input, context }) => {
        const by = await own(context, input.import);
        await startImport(deps, by, input.import);
        return viewOf(by.workspace, input.import);
      }),
      undo: os.imports.undo.handler(async ({ input, context }) => {
        const by = await own(context, input.import);
        await undoWhole(deps, by, input.import);
        return viewOf(by.workspace, input.import);
      }),
      remove: os.imports.remove.handler(async ({ input, context }) =>
        removeImport(deps, await own(context, input.import), input.import),
      ),
      rejects: os.imports.rejects.handler(async ({ input, context }) => {
        const { workspace } = memberOnly(context);
        const { rejects_file } = await findImport(deps, workspace, input.import);
        const file = rejects_file === null ? undefined : await files.find(workspace, rejects_file);
        if (!file)
          throw new ORPCError('NOT_FOUND', { message: 'No rows were rejected, or their file is no longer kept.' });
        const { path, expiresAt } = files.link(file.id, 300);
        return { path, expiresAt: expiresAt.toISOString() };
      }),
    },
  };
}
