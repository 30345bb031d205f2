// The web server: three scopes that don't share parsers or limits (sign-in, API, collectors), then the pages.
import rateLimit from '@fastify/rate-limit';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { type AnyRouter, ORPCError, onError } from '@orpc/server';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { RequestContext } from '../api/context.ts';
import type { Auth } from '../auth/auth.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import type { Installation } from '../installation.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { ENGINE_AWAY, isEngineAway } from './engine-away.ts';
import { withReasons } from './input-words.ts';
import { registerPages } from './pages.ts';

/** Plain routes of a module (collector, tracker): registered in a scope that hands over bodies as bytes. */
export type PlainRoutes = (scope: FastifyInstance) => void | Promise<void>;

export interface ServerParts {
  installation: Installation;
  auth: Auth;
  signInGuard: SignInGuard;
  /** implements the whole contract */
  router: AnyRouter;
  /** the API as OpenAPI describes it */
  openApi(): Promise<object>;
  contextOf(request: { headers: Headers; path: string }): Promise<RequestContext>;
  plainRoutes: readonly PlainRoutes[];
  /** null without a token */
  metrics: Metrics | null;
  /** both engines answer */
  ready(): Promise<{ postgres: boolean; clickhouse: boolean }>;
}

const API_LIMIT = 1024 * 1024;
/** of one address; a person clicking through reports makes about 20 a second at most */
const CALLS_A_MINUTE = 3000;
const SIGN_IN_LIMIT = 32 * 1024;
const SIGN_IN_ROUTES = new Set([
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/change-password',
  '/request-password-reset',
  '/reset-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
]);

const CONTENT_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'x-tradewind-address')
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set('x-tradewind-address', request.ip);
  return headers;
}

/** A page of another site must not act with someone's session: a changing request names its own origin or none at all. */
export function isForeign(request: FastifyRequest, publicUrl: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { origin, host } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return true;
  if (!origin) return false;
  if (origin === new URL(publicUrl).origin) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true;
  }
}

const errorBody = (code: string, message: string) => ({ code, message });

export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { installation } = parts;
  const { config } = installation;
  const app = fastify({
    loggerInstance: installation.log.child({ part: 'http' }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    bodyLimit: API_LIMIT,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
  });

  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', CONTENT_POLICY);
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('x-frame-options', 'DENY');
    if (!reply.hasHeader('cross-origin-resource-policy')) reply.header('cross-origin-resource-policy', 'same-origin');
    if (config.publicUrl.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000');
  });
  app.setErrorHandler((error: { statusCode?: number; message: string; code?: string }, request, reply) => {
    if (isEngineAway(error)) {
      return reply.status(503).header('retry-after', '2').send(errorBody('SERVICE_UNAVAILABLE', ENGINE_AWAY));
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
    const message =
      status === 413
        ? 'The request is larger than this route takes.'
        : status >= 500
          ? 'Something broke on our side; it is in the log. Try again in a moment.'
          : error.message;
    return reply.status(status).send(errorBody(error.code ?? 'ERROR', message));
  });

  if (parts.metrics && config.metricsToken !== undefined) {
    parts.metrics.watchRequests(app);
    parts.metrics.serve(app, config.metricsToken);
  }
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const engines = await parts.ready();
    reply.status(engines.postgres && engines.clickhouse ? 200 : 503);
    return { status: engines.postgres && engines.clickhouse ? 'ready' : 'not ready', ...engines };
  });

  if (config.roles.includes('web')) {
    await app.register(async (scope) => signInRoutes(scope, parts), { prefix: '/api/auth' });
    await app.register(async (scope) => apiRoutes(scope, parts), { prefix: '/api/v1' });
  }
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const routes of parts.plainRoutes) await routes(scope);
  });
  if (config.roles.includes('web')) await registerPages(app);
  return app;
}

function signInRoutes(scope: FastifyInstance, { auth, signInGuard, installation }: ServerParts): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: SIGN_IN_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  scope.route({
    method: ['GET', 'POST'],
    url: '/*',
    handler: async (request, reply) => {
      const path = `/${(request.params as { '*': string })['*']}`;
      // its routes for organisations and keys would go round our rights and audit
      if (!SIGN_IN_ROUTES.has(path)) return reply.status(404).send(errorBody('NOT_FOUND', 'There is no such route.'));
      if (isForeign(request, installation.config.publicUrl)) {
        return reply.status(403).send(errorBody('FORBIDDEN', 'This request came from another site.'));
      }
      const headers = headersOf(request);
      headers.delete('content-length');
      // the server may be reached by several names; the origin was checked above against the one that was used
      headers.set('origin', new URL(installation.config.publicUrl).origin);
      const send = (fields?: Record<string, unknown>): Promise<Response> => {
        const whole = request.body instanceof Buffer ? new Uint8Array(request.body) : undefined;
        const body = fields ? JSON.stringify(fields) : whole;
        return auth.handler(
          new Request(new URL(`/api/auth${path}`, installation.config.publicUrl), {
            method: request.method,
            headers,
            ...(body === undefined ? {} : { body }),
          }),
        );
      };
      const response = await signInGuard.handle({ path, headers, body: request.body, send });
      reply.status(response.status);
      for (const [name, value] of response.headers)
        if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value);
      for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
      return reply.send(Buffer.from(await response.arrayBuffer()));
    },
  });
}

async function apiRoutes(scope: FastifyInstance, parts: ServerParts): Promise<void> {
  await scope.register(rateLimit, {
    max: CALLS_A_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, context) =>
      Object.assign(new Error(`More than ${context.max} calls a minute from one address. Wait ${context.after}.`), {
        statusCode: 429,
        code: 'TOO_MANY_REQUESTS',
      }),
  });
  const handler = new OpenAPIHandler(parts.router, {
    interceptors: [
      onError((error) => {
        const reasons = withReasons(error);
        if (reasons) throw reasons;
        if (error instanceof ORPCError && error.status < 500) return;
        if (isEngineAway(error)) throw new ORPCError('SERVICE_UNAVAILABLE', { message: ENGINE_AWAY });
        parts.installation.log.error({ err: error }, 'API call failed');
      }),
    ],
  });
  scope.get('/openapi.json', () => parts.openApi());
  scope.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async (request, reply) => {
      if (isForeign(request, parts.installation.config.publicUrl)) {
        return reply.status(403).send(errorBody('FORBIDDEN', 'This request came from another site.'));
      }
      const context = await parts.contextOf({ headers: headersOf(request), path: request.url });
      const { matched } = await handler.handle(request, reply, { prefix: '/api/v1', context });
      if (!matched)
        reply.status(404).send(errorBody('NOT_FOUND', 'There is no such route; /api/v1/openapi.json lists them.'));
      return reply;
    },
  });
}
