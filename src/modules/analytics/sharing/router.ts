// Contract → rules of sharing, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../../platform/api/gate.ts';
import { hashPassword } from '../../../platform/auth/auth.ts';
import type { ExplorerDeps } from '../explorer/answer.ts';
import { sharingContract } from './contract.ts';
import { SharedPages } from './shared.ts';
import { describeShares, keptShares, shows } from './shares.ts';

export function sharingRouter(deps: ApiDeps & ExplorerDeps & { secret: string; publicUrl: string }) {
  const os = implement(sharingContract).$context<RequestContext>().use(gate(deps));
  const { db } = deps;
  const kept = keptShares(db);
  const pages = new SharedPages(deps);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  const one = async (workspace: string, row: Parameters<typeof describeShares>[2][number]) =>
    (await describeShares(db, workspace, [row], deps))[0]!;
  return {
    shares: {
      list: os.shares.list.handler(async ({ input, context }) => {
        const rows = await kept.list(of(context), input.state);
        const shown = rows.filter(({ definition }) => shows(definition, input));
        return describeShares(db, of(context), shown, deps);
      }),
      create: os.shares.create.handler(async ({ input, context }) => {
        const { name, report, dashboard, lastDay, password } = input;
        const workspace = of(context);
        const definition = {
          ...{ version: 1 as const, lastDay, locked: password !== undefined },
          ...(report ? { report } : {}),
          ...(dashboard ? { dashboard } : {}),
        };
        const hashed = password === undefined ? null : await hashPassword(password);
        const row = await kept.create(workspace, { name, definition }, whoIs(context));
        // until this is written a locked link opens for nobody
        if (hashed !== null)
          await db.insertInto('share_password').values({ workspace, share: row.id, hash: hashed }).execute();
        return one(workspace, row);
      }),
      update: os.shares.update.handler(async ({ input: { share, name, lastDay, version }, context }) => {
        const workspace = of(context);
        const { definition } = await kept.get(workspace, share);
        const change = lastDay === undefined ? {} : { definition: { ...definition, lastDay } };
        return one(workspace, await kept.update(workspace, share, { name, version, ...change }, whoIs(context)));
      }),
      archive: os.shares.archive.handler(async ({ input, context }) =>
        one(of(context), await kept.archive(of(context), input.share, whoIs(context))),
      ),
      undo: os.shares.undo.handler(async ({ input, context }) =>
        one(of(context), await kept.undo(of(context), input.share, whoIs(context))),
      ),
    },
    shared: {
      open: os.shared.open.handler(({ input }) => pages.open(input.key, input.token)),
      unlock: os.shared.unlock.handler(async ({ input, context }) => ({
        token: await pages.unlock(input.key, input.password, context.headers.get('x-tradewind-address') ?? ''),
      })),
      answer: os.shared.answer.handler(({ input }) => pages.answer(input.key, input.token, input.tile, input.period)),
    },
  };
}
