// The bytes themselves, which the contract does not carry: pieces of an upload in, and a file out by a signed link. Both
// are streams from end to end.
import type { Readable } from 'node:stream';
import { ORPCError } from '@orpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { authorize, type RequestContext } from '../api/context.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import { MOST_PIECE } from './contract.ts';
import type { Files } from './files.ts';
import { disposition } from './name.ts';
import { safeType } from './sniff.ts';
import { ContentMissing } from './store.ts';
import type { Uploads } from './uploads.ts';

export interface FileRoutesParts {
  db: Kysely<PeopleTables>;
  files: Files;
  uploads: Uploads;
  contextOf(request: FastifyRequest): Promise<RequestContext>;
  /** the request came from a page of another site */
  isForeign(request: FastifyRequest): boolean;
}

const refuse = (reply: FastifyReply, error: unknown): FastifyReply => {
  if (!(error instanceof ORPCError)) throw error;
  return reply.status(error.status).send({ code: error.code, message: error.message });
};

export function fileRoutes(scope: FastifyInstance, parts: FileRoutesParts): void {
  scope.register(async (pieces) => {
    pieces.removeAllContentTypeParsers();
    pieces.addContentTypeParser('*', (_request, body, done) => done(null, body));
    pieces.put<{ Params: { workspace: string; upload: string }; Querystring: { offset?: string } }>(
      '/api/v1/workspaces/:workspace/uploads/:upload/bytes',
      { bodyLimit: MOST_PIECE },
      async (request, reply) => {
        const { workspace, upload } = request.params;
        const offset = Number(request.query.offset);
        const isOver = Number(request.headers['content-length'] ?? 0) > MOST_PIECE;
        try {
          if (parts.isForeign(request))
            throw new ORPCError('FORBIDDEN', { message: 'This request came from another site.' });
          const context = await parts.contextOf(request);
          await authorize(parts.db, context, 'files:write', context.pathWorkspace);
          if (isOver || !Number.isSafeInteger(offset) || offset < 0 || !request.body)
            throw new ORPCError('BAD_REQUEST', { message: `Send at most ${MOST_PIECE} bytes, with ?offset=N.` });
          return await parts.uploads.append(workspace, upload, offset, request.body as Readable);
        } catch (error) {
          return refuse(reply, error);
        }
      },
    );
  });

  scope.get<{ Params: { file: string }; Querystring: { expires?: string; sign?: string } }>(
    '/files/:file',
    async (request, reply) => {
      const { expires = '', sign = '' } = request.query;
      const file = await parts.files.followLink(request.params.file, expires, sign);
      const gone = { code: 'NOT_FOUND', message: 'This link has expired. Open the file from Tradewind again.' };
      if (!file) return reply.status(404).send(gone);
      try {
        const body = await parts.files.read(file);
        return reply
          .header('content-type', safeType(file.type))
          .header('content-disposition', disposition(file.name))
          .header('content-length', file.size)
          .header('cache-control', 'private, no-store')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .send(body);
      } catch (error) {
        if (error instanceof ContentMissing) return reply.status(404).send(gone);
        throw error;
      }
    },
  );
}
