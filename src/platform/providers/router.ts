// Contract of connections → rules.
import { implement } from '@orpc/server';
import type { Kysely } from 'kysely';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../api/gate.ts';
import type { OutboundTables } from '../outbound/tables.ts';
import type { Connections } from './connections.ts';
import { connectionsContract } from './contract.ts';
import { fieldsOf } from './define.ts';

const CALLS_SHOWN = 50;

export interface ConnectionsDeps extends ApiDeps {
  connections: Connections;
  calls: Kysely<OutboundTables>;
}

export function connectionsRouter(deps: ConnectionsDeps) {
  const { connections } = deps;
  const os = implement(connectionsContract).$context<RequestContext>().use(gate(deps));
  return {
    connections: {
      providers: os.connections.providers.handler(() =>
        connections.providers.map(({ id, kind, title, settings }) => ({ id, kind, title, fields: fieldsOf(settings) })),
      ),
      list: os.connections.list.handler(({ context }) => connections.list(memberOnly(context).workspace)),
      create: os.connections.create.handler(({ input, context }) =>
        connections.create({ workspace: memberOnly(context).workspace, who: whoIs(context) }, input),
      ),
      update: os.connections.update.handler(({ input, context }) =>
        connections.update({ workspace: memberOnly(context).workspace, who: whoIs(context) }, input.connection, input),
      ),
      remove: os.connections.remove.handler(({ input, context }) =>
        connections.remove({ workspace: memberOnly(context).workspace, who: whoIs(context) }, input.connection),
      ),
      test: os.connections.test.handler(async ({ input, context }) => {
        const { workspace } = memberOnly(context);
        const user = context.actor?.user;
        const { language } = await deps.db
          .selectFrom('workspace')
          .select('language')
          .where('id', '=', workspace)
          .executeTakeFirstOrThrow();
        const person = user ? { email: user.email, name: user.name, language } : null;
        return connections.test({ workspace, who: whoIs(context) }, input.connection, person);
      }),
      calls: os.connections.calls.handler(async ({ input, context }) => {
        const { workspace } = memberOnly(context);
        await connections.get(workspace, input.connection);
        const rows = await deps.calls
          .selectFrom('outbound_call')
          .select(['id', 'at', 'method', 'host', 'path', 'status', 'ms', 'bytes', 'attempt', 'error'])
          .where('workspace', '=', workspace)
          .where('connection', '=', input.connection)
          .orderBy('id', 'desc')
          .limit(CALLS_SHOWN)
          .execute();
        return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
      }),
    },
  };
}
