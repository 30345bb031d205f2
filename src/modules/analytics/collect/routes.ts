// Plain routes for sites and servers: the tracker's files, POST /collect, consent, POST /api/v1/events.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SpoolRefused } from '../../../platform/events/spool.ts';
import { bannerText, keepProof, readProof } from '../consent/consent.ts';
import { privacyPage } from '../consent/privacy-page.ts';
import type { Db } from '../sites/sites.ts';
import type { Collector } from './collector.ts';
import { BadPayload, LARGEST_BODY } from './payload.ts';

const TRACKER_FOLDER = join(import.meta.dirname, '../../../../dist/tracker');
const HOUR_S = 3600;

export interface CollectDeps {
  db: Db;
  collector: Collector;
  trackerPath: string;
  /** what the API key of this request is for and may do, null without a valid key */
  keyOf(request: FastifyRequest): Promise<{ workspace: string; permissions: readonly string[] } | null>;
}

const open = (reply: FastifyReply): FastifyReply =>
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', 'no-store');

const ACCEPTED = [
  ['access-control-allow-origin', '*'],
  ['cross-origin-resource-policy', 'cross-origin'],
  ['cache-control', 'no-store'],
  ['content-length', '0'],
].flat();

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof BadPayload)
    return reply.status(error.status).send({ code: 'BAD_REQUEST', message: error.message });
  if (error instanceof SpoolRefused) {
    return reply.status(507).header('retry-after', '30').send({ code: 'DISK', message: error.message });
  }
  throw error;
}

const bodyOf = (request: FastifyRequest): Buffer => (request.body instanceof Buffer ? request.body : Buffer.alloc(0));
const senderOf = (request: FastifyRequest) => ({
  address: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, 1000),
});

export function collectRoutes(scope: FastifyInstance, deps: CollectDeps): void {
  const { collector, db } = deps;
  // a logger for each request would take longer than checking what it holds; nothing here logs by request
  scope.setChildLoggerFactory((logger) => logger);
  trackerFiles(scope, deps.trackerPath);
  // the tracker posts beside its own file, whatever the folder is called
  const base = `${deps.trackerPath.replace(/[^/]+$/, '')}collect`;

  scope.options(base, (_request, reply) => preflight(reply));
  scope.options(`${base}/consent`, (_request, reply) => preflight(reply));
  scope.post(base, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    try {
      await collector.fromBrowser(bodyOf(request), senderOf(request));
    } catch (error) {
      return refuse(open(reply), error);
    }
    // the one answer given thousands of times a second: no hooks, no serializer
    reply.hijack();
    reply.raw.writeHead(202, ACCEPTED).end();
    return reply;
  });

  scope.get<{ Params: { key: string } }>(
    `${deps.trackerPath.replace(/[^/]+$/, '')}privacy/:key`,
    async (request, reply) => {
      const site = await collector.siteByKey(request.params.key);
      if (!site) return reply.status(404).send({ code: 'NOT_FOUND', message: 'No site has this key.' });
      return reply
        .header('cache-control', `public, max-age=${HOUR_S}`)
        .type('text/html; charset=utf-8')
        .send(privacyPage(site.hosts[0]!, request.headers['accept-language']));
    },
  );

  scope.get<{ Params: { key: string }; Querystring: { language?: string } }>(
    `${base}/consent/:key`,
    async (request, reply) => {
      open(reply);
      const site = await collector.siteByKey(request.params.key);
      if (!site) return reply.status(404).send({ code: 'NOT_FOUND', message: 'No site has this key.' });
      return bannerText(db, site, request.query.language ?? request.headers['accept-language'] ?? 'en');
    },
  );
  scope.post(`${base}/consent`, { bodyLimit: 4096 }, async (request, reply) => {
    open(reply);
    try {
      const proof = readProof(bodyOf(request));
      const site = await collector.siteByKey(proof.site);
      if (!site) throw new BadPayload('site: no site has this key');
      await keepProof(db, site, proof, senderOf(request).userAgent);
      return reply.status(202).send();
    } catch (error) {
      return refuse(reply, error);
    }
  });

  scope.post('/api/v1/events', { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    const key = await deps.keyOf(request);
    if (!key) {
      return reply.status(401).send({
        code: 'UNAUTHORIZED',
        message: 'Send an API key: "Authorization: Bearer tw_…". Make one under Set up → API keys.',
      });
    }
    if (!key.permissions.includes('events:write')) {
      const message = 'This key was not given "events:write". Make one that has it under Set up → API keys.';
      return reply.status(403).send({ code: 'FORBIDDEN', message });
    }
    try {
      const accepted = await collector.fromServer(key.workspace, bodyOf(request));
      return reply.status(202).send({ accepted });
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

const preflight = (reply: FastifyReply): FastifyReply =>
  open(reply)
    .header('access-control-allow-methods', 'POST, GET')
    .header('access-control-allow-headers', 'content-type')
    .header('access-control-max-age', '86400')
    .status(204)
    .send();

function trackerFiles(scope: FastifyInstance, trackerPath: string): void {
  const folder = trackerPath.replace(/[^/]+$/, '');
  const files: [string, string][] = [
    [trackerPath, 'tw.js'],
    [`${folder}tw-vitals.js`, 'tw-vitals.js'],
    [`${folder}tw-consent.js`, 'tw-consent.js'],
    [`${folder}tw-layer.js`, 'tw-layer.js'],
    [`${folder}tw-goals.js`, 'tw-goals.js'],
    [`${folder}tw-forms.js`, 'tw-forms.js'],
    [`${folder}tw-phones.js`, 'tw-phones.js'],
    [`${folder}tw-optout.js`, 'tw-optout.js'],
  ];
  for (const [path, name] of files) {
    const file = join(TRACKER_FOLDER, name);
    if (!existsSync(file)) continue;
    const plain = readFileSync(file);
    const packed = gzipSync(plain, { level: 9 });
    scope.get(path, (request, reply) => {
      const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      if (zipped) reply.header('content-encoding', 'gzip');
      open(reply)
        .header('cache-control', `public, max-age=${HOUR_S}`)
        .header('vary', 'accept-encoding')
        .type('text/javascript; charset=utf-8')
        .send(zipped ? packed : plain);
    });
  }
}
