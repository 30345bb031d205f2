// Tables as files, streamed from their rows to the browser: GET …/tables/NAME?format=csv|xlsx|json and what the table asks for.
import { Readable } from 'node:stream';
import { ORPCError } from '@orpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { authorize, type RequestContext } from '../api/context.ts';
import type { WorkspacePermission } from '../api/contract-base.ts';
import { disposition } from '../files/name.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import { type Cell, TABLE_FORMATS, TABLE_TYPES, type TableRows, tableBytes } from './table-file-contract.ts';

export interface OpenedTable {
  /** of the file, without its ending */
  name: string;
  head: readonly Cell[];
  rows: TableRows;
}

/** A module declares its tables; the list is src/modules/exports.ts. */
export interface ExportTable {
  name: string;
  permission: WorkspacePermission;
  /** Throws a ZodError or ORPCError for what it can't read. */
  open(workspace: string, query: Readonly<Record<string, string>>): Promise<OpenedTable>;
}

export interface TableRoutesParts {
  db: Kysely<PeopleTables>;
  tables: readonly ExportTable[];
  contextOf(request: FastifyRequest): Promise<RequestContext>;
}

export function tableRoutes(scope: FastifyInstance, parts: TableRoutesParts): void {
  scope.get<{ Params: { workspace: string; table: string }; Querystring: Record<string, string> }>(
    '/api/v1/workspaces/:workspace/tables/:table',
    async (request, reply) => {
      try {
        const context = await parts.contextOf(request);
        const table = parts.tables.find((one) => one.name === request.params.table);
        const member = await authorize(parts.db, context, table?.permission ?? 'workspace:read', context.pathWorkspace);
        if (!table || !member) throw new ORPCError('NOT_FOUND', { message: 'There is no such table.' });
        const format = TABLE_FORMATS.find((one) => one === request.query.format) ?? 'csv';
        const { name, head, rows } = await table.open(member.workspace, request.query);
        const body = Readable.from(tableBytes(format, name, head, rows), { objectMode: false });
        body.on('error', (err) => request.log.error({ err }, 'a table was cut off'));
        return reply
          .header('content-type', TABLE_TYPES[format])
          .header('content-disposition', disposition(`${name}.${format}`))
          .header('cache-control', 'private, no-store')
          .send(body);
      } catch (error) {
        if (error instanceof ORPCError)
          return reply.status(error.status).send({ code: error.code, message: error.message });
        if (error instanceof z.ZodError || error instanceof SyntaxError)
          return reply.status(400).send({ code: 'BAD_REQUEST', message: 'The address of this table can’t be read.' });
        throw error;
      }
    },
  );
}
