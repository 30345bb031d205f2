// GET /l/CODE and /l/CODE/q (what a QR code carries): counts and sends on. No cookie is set and nothing is read from the visitor but
// what robots, country and device are told by.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { Logger } from 'pino';
import { Often } from '../../../platform/http/often.ts';
import { deriveClient, deriveCountry } from '../../analytics/index.ts';
import { dayIn } from '../today.ts';
import { Clicks } from './clicks.ts';
import { hasEnded, LinkFinder } from './find-link.ts';
import { gonePage } from './gone-page.ts';

const MINUTE_MS = 60_000;
/** of one address: wrong codes, before it has to wait */
const MOST_MISSES = 60;
/** of one address on one link; beyond that it is no person, and is counted apart */
const MOST_CLICKS = 60;
const LONGEST_QUERY = 1000;

export function shortLinkRoutes(scope: FastifyInstance, parts: { pool: pg.Pool; log: Logger }): void {
  const links = new LinkFinder(parts.pool);
  const clicks = new Clicks(parts);
  const misses = new Often(MOST_MISSES, MINUTE_MS);
  const presses = new Often(MOST_CLICKS, MINUTE_MS);
  scope.addHook('onClose', () => clicks.close());

  const answer = async (request: FastifyRequest, reply: FastifyReply, code: string, way: 'click' | 'scan') => {
    const said = (status: number, what: 'unknown' | 'ended' | 'busy', home: string | null = null) =>
      reply
        .status(status)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(gonePage(what, request.headers['accept-language'], home));
    if (misses.isOver(request.ip)) return said(429, 'busy');
    const link = /^[\w-]{3,40}$/.test(code)
      ? await links.find(request.hostname.toLowerCase().slice(0, 253), code)
      : null;
    if (link === null) {
      misses.add(request.ip);
      return said(404, 'unknown');
    }
    const now = Date.now();
    if (hasEnded(link, now)) return said(410, 'ended', link.home);
    // whoever only looks (HEAD) has not clicked
    if (request.method === 'GET') {
      const userAgent = (request.headers['user-agent'] ?? '').slice(0, 1000);
      const client = deriveClient(userAgent);
      const robot = client.bot || userAgent === '' || isAhead(request) || presses.add(`${link.id} ${request.ip}`);
      await clicks.count({
        link: link.id,
        day: dayIn(link.zone, now),
        country: deriveCountry(request.ip),
        device: client.device,
        way: robot ? 'robot' : way,
      });
    }
    // without the hooks of pages: the referrer must survive the way, so that the visit still knows it
    reply.hijack();
    reply.raw
      .writeHead(302, {
        location: withQuery(link.url, request.url),
        'cache-control': 'no-store',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
        'content-length': '0',
      })
      .end();
    return reply;
  };
  scope.route<{ Params: { code: string } }>({
    method: ['GET', 'HEAD'],
    url: '/l/:code',
    handler: (request, reply) => answer(request, reply, request.params.code, 'click'),
  });
  scope.route<{ Params: { code: string } }>({
    method: ['GET', 'HEAD'],
    url: '/l/:code/q',
    handler: (request, reply) => answer(request, reply, request.params.code, 'scan'),
  });
}

/** Browsers and messengers fetch pages nobody has asked for yet. */
const isAhead = (request: FastifyRequest): boolean =>
  /prefetch|prerender|preview/i.test(
    `${request.headers['sec-purpose'] ?? ''} ${request.headers.purpose ?? ''} ${request.headers['x-moz'] ?? ''}`,
  );

/** What an ad network added to the short address (its click id) goes along. */
export function withQuery(target: string, asked: string): string {
  const query = asked.split('?')[1]?.split('#', 1)[0] ?? '';
  if (query === '' || query.length > LONGEST_QUERY || !/^[\w.~%!$&'()*+,;=:@/?-]*$/.test(query)) return target;
  const url = new URL(target);
  const known = new Set([...url.searchParams.keys()].map((name) => name.toLowerCase()));
  const added = query.split('&').filter((pair) => pair !== '' && !known.has(pair.split('=', 1)[0]!.toLowerCase()));
  if (added.length === 0) return target;
  const hash = target.indexOf('#');
  const [front, back] = hash < 0 ? [target, ''] : [target.slice(0, hash), target.slice(hash)];
  return `${front}${front.includes('?') ? '&' : '?'}${added.join('&')}${back}`;
}
