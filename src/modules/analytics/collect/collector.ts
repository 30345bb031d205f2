// Takes events from browsers and servers: checks them, derives what is derived, and answers when they are on disk.
import type pg from 'pg';
import type { Spool } from '../../../platform/events/spool.ts';
import { encode, toRow, type Who } from './enrich.ts';
import { BadPayload, readBrowserPayload, readServerPayload } from './payload.ts';
import { consentedVisitor, cookielessVisitor, type Salts } from './visitor.ts';

interface KnownSite {
  workspace: string;
  id: string;
  key: string;
  hosts: string[];
  currency: string;
}

const SITE_CACHE_MS = 10_000;

export interface Sender {
  address: string;
  userAgent: string;
}

export class Collector {
  readonly #pool: pg.Pool;
  readonly #spool: Spool;
  readonly #salts: Salts;
  readonly #sites = new Map<string, { until: number; site: KnownSite | null }>();

  constructor(parts: { pool: pg.Pool; spool: Spool; salts: Salts }) {
    this.#pool = parts.pool;
    this.#spool = parts.spool;
    this.#salts = parts.salts;
  }

  /** The site a public key belongs to. */
  async siteByKey(key: string): Promise<KnownSite | null> {
    return this.#site(`key ${key}`, 'key = $1', [key]);
  }

  async #site(cacheKey: string, where: string, values: string[]): Promise<KnownSite | null> {
    const now = Date.now();
    const cached = this.#sites.get(cacheKey);
    if (cached && cached.until > now) return cached.site;
    const found = await this.#pool.query<{
      workspace: string;
      id: string;
      key: string;
      host: string;
      other_hosts: string[];
      currency: string;
    }>(
      `SELECT site.workspace, site.id, key, host, other_hosts, currency FROM site JOIN workspace ON workspace.id = site.workspace
       WHERE ${where} LIMIT 1`,
      values,
    );
    const row = found.rows[0];
    const site = row
      ? {
          workspace: row.workspace,
          id: row.id,
          key: row.key,
          hosts: [row.host, ...row.other_hosts],
          currency: row.currency,
        }
      : null;
    if (this.#sites.size > 10_000) this.#sites.clear();
    this.#sites.set(cacheKey, { until: now + SITE_CACHE_MS, site });
    return site;
  }

  /** A body of POST /collect. Throws BadPayload, SpoolRefused. */
  async fromBrowser(body: Buffer, sender: Sender, now = Date.now()): Promise<number> {
    const payload = readBrowserPayload(body, now);
    const site = await this.siteByKey(payload.site);
    if (!site)
      throw new BadPayload('site: no site has this key; copy the line for your site again from Set up → Sites');
    const rows: Buffer[] = [];
    for (const event of payload.events) {
      const cookieless = await cookielessVisitor(this.#salts, { site: site.id, ...sender }, event.at);
      const who: Who = {
        workspace: site.workspace,
        site: site.id,
        hosts: site.hosts,
        ...cookieless,
        visitorKind: 'cookieless',
        ...sender,
        gaId: payload.ga ?? '',
        ymId: payload.ym ?? '',
        person: '',
        currency: site.currency,
      };
      if (payload.visitor) {
        who.before = payload.fresh ? cookieless.visitor : 0n;
        who.visitor = consentedVisitor(site.id, payload.visitor);
        who.visitorKind = 'consented';
      }
      rows.push(encode(toRow(who, event, now)));
    }
    await this.#spool.append(rows);
    return rows.length;
  }

  /** A body of POST /api/v1/events, sent with an API key of `workspace`. Throws BadPayload, SpoolRefused. */
  async fromServer(workspace: string, body: Buffer, now = Date.now()): Promise<number> {
    const payload = readServerPayload(body, now);
    const site = await this.#site(
      `host ${workspace} ${payload.site}`,
      '(site.workspace = $1 AND (host = $2 OR key = $2 OR site.id = $2))',
      [workspace, payload.site.toLowerCase()],
    );
    if (!site) throw new BadPayload('site: this workspace has no site with that host name or key');
    const rows: Buffer[] = [];
    for (const event of payload.events) {
      const sender = { address: event.address ?? '', userAgent: event.userAgent ?? '' };
      const known = event.visitor ?? event.person;
      const id = known
        ? { visitor: consentedVisitor(site.id, known), before: 0n }
        : await cookielessVisitor(this.#salts, { site: site.id, ...sender }, event.at);
      const who: Who = {
        workspace,
        site: site.id,
        hosts: site.hosts,
        ...id,
        // without an address of a page nobody was there: the server alone tells it
        visitorKind: known || !event.url ? 'server' : 'cookieless',
        ...sender,
        gaId: '',
        ymId: '',
        person: event.person ?? '',
        currency: site.currency,
      };
      const row = toRow(who, event, now);
      // a server has no browser of its own: without the visitor's user agent nothing says it is a robot
      rows.push(encode(event.userAgent ? row : { ...row, bot: false, botName: '' }));
    }
    await this.#spool.append(rows);
    return rows.length;
  }
}
