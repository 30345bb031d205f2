// GET <collect>/contact/SITEKEY: what tw-phones.js shows on a page. Open to everyone, like the page itself; the address asks nothing of
// the visitor's browser but what any page view tells.
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Often } from '../../../platform/http/often.ts';
import type { ToldContact } from '../../../tracker/wire.ts';
import type { Collector, Reports } from '../../analytics/index.ts';
import { codeOf } from '../codes.ts';
import type { Db } from '../tables.ts';
import { ShownNumbers } from './shown.ts';

const LONGEST = 4000;
/** A code is written down once in so long, however many pages show it. */
const WRITTEN_MS = 600_000;
const MOST_WRITTEN = 50_000;
const MINUTE_MS = 60_000;
/** of one address; beyond that no office behind one address reads so fast, and pages show what everyone sees */
const MOST_PAGES = 300;

interface Parts {
  db: Db;
  reports: Reports;
  collector: Collector;
  trackerPath: string;
  secret: string;
  log: Logger;
}

interface Asked {
  /** address and referrer of the page, and the first-party id of a visitor who agreed */
  u?: string;
  r?: string;
  v?: string;
  /** the page shows a code */
  c?: string;
}

export function contactRoutes(scope: FastifyInstance, parts: Parts): void {
  const { db, collector, secret, log } = parts;
  const numbers = new ShownNumbers(parts);
  const written = new Map<string, number>();
  const pages = new Often(MOST_PAGES, MINUTE_MS);
  const base = parts.trackerPath.replace(/[^/]+$/, '');

  async function keepCode(site: { workspace: string; id: string }, code: string, visitor: bigint): Promise<void> {
    const key = `${site.id} ${visitor}`;
    const now = Date.now();
    if ((written.get(key) ?? 0) > now - WRITTEN_MS) return;
    if (written.size >= MOST_WRITTEN) written.clear();
    await db
      .insertInto('contact_code')
      .values({ workspace: site.workspace, site: site.id, code, visitor: String(visitor), seen_at: new Date() })
      .onConflict((on) =>
        on.columns(['workspace', 'code', 'site']).doUpdateSet({ visitor: String(visitor), seen_at: new Date() }),
      )
      .execute();
    written.set(key, now);
  }

  scope.get<{ Params: { key: string }; Querystring: Asked }>(`${base}collect/contact/:key`, async (request, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'no-store');
    const site = await collector.siteByKey(request.params.key.slice(0, 64));
    if (!site) return reply.status(404).send({ code: 'NOT_FOUND', message: 'No site has this key.' });
    if (pages.add(request.ip)) return reply.send({ numbers: [], code: null } satisfies ToldContact);
    const { u = '', r = '', v, c } = request.query;
    const sender = { address: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 1000) };
    const visitor = await collector.visitorOf(site.id, sender, v?.slice(0, 64) || undefined);
    const code = c === undefined ? null : codeOf(secret, site.id, visitor);
    const told: ToldContact = { numbers: [], code };
    try {
      told.numbers = await numbers.of(site, { url: u.slice(0, LONGEST), referrer: r.slice(0, LONGEST) }, visitor);
      if (code !== null) await keepCode(site, code, visitor);
    } catch (err) {
      // the page then shows its own number, and no code that nobody could look up
      log.error({ err }, 'what a page shows of numbers and codes could not be told');
      told.code = null;
    }
    return reply.send(told);
  });
}
