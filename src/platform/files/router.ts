// Contract of files → rules.
import { implement, ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../api/gate.ts';
import { writeAudit } from '../audit/audit.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import { filesContract } from './contract.ts';
import type { Files } from './files.ts';
import type { Uploads } from './uploads.ts';

export interface FilesDeps extends ApiDeps {
  db: Kysely<PeopleTables>;
  files: Files;
  uploads: Uploads;
}

const noFile = () => new ORPCError('NOT_FOUND', { message: 'There is no such file.' });

export function filesRouter(deps: FilesDeps) {
  const { db, files, uploads } = deps;
  const os = implement(filesContract).$context<RequestContext>().use(gate(deps));
  const workspaceOf = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    uploads: {
      begin: os.uploads.begin.handler(({ input, context }) =>
        uploads.begin(workspaceOf(context), { name: input.name, size: input.size, who: whoIs(context) }),
      ),
      state: os.uploads.state.handler(({ input, context }) => uploads.state(workspaceOf(context), input.upload)),
      finish: os.uploads.finish.handler(async ({ input, context }) => {
        const workspace = workspaceOf(context);
        const who = whoIs(context);
        const file = await uploads.finish(workspace, input.upload, who);
        const details = { size: file.size, type: file.type };
        await writeAudit(db, { workspace, who, action: 'file.add', target: file.name, details });
        return file;
      }),
      abandon: os.uploads.abandon.handler(async ({ input, context }) => ({
        abandoned: await uploads.abandon(workspaceOf(context), input.upload),
      })),
    },
    files: {
      get: os.files.get.handler(async ({ input, context }) => {
        const file = await files.find(workspaceOf(context), input.file);
        if (!file) throw noFile();
        return file;
      }),
      link: os.files.link.handler(async ({ input, context }) => {
        const file = await files.find(workspaceOf(context), input.file);
        if (!file) throw noFile();
        const { path, expiresAt } = files.link(file.id, input.seconds);
        return { path, expiresAt: expiresAt.toISOString() };
      }),
      remove: os.files.remove.handler(async ({ input, context }) => {
        const workspace = workspaceOf(context);
        const file = await files.find(workspace, input.file);
        if (!file || !(await files.remove(workspace, file.id))) throw noFile();
        await writeAudit(db, { workspace, who: whoIs(context), action: 'file.remove', target: file.name });
        return { removed: true };
      }),
    },
  };
}
