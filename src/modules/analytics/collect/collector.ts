// Takes events from browsers and servers: checks them, derives what is derived, and answers when they are on disk.
import type pg from 'pg';
import { dayOf, type EventRow } from '../../../platform/events/row.ts';
import type { Spool } from '../../../platform/events/spool.ts';
import { rulesOf } from '../care/counting-rules.ts';
import { ExcludedCounts } from '../care/excluded.ts';
import type { CountingRules } from '../care/rules.ts';
import { encode, kindOf, toRow, type Who } from './enrich.ts';
import { BadPayload, type IncomingEvent, readBrowserPayload, readServerPayload } from './payload.ts';
import { consentedVisitor, cookielessVisitor, type Salts } from './visitor.ts';

interface KnownSite {
  workspace: string;
  id: string;
  key: string;
  hosts: string[];
  currency: string;
  rules: CountingRules;
}

const SITE_CACHE_MS = 10_000;
/** Page views and events, without what browsers tell beside them. */
const isTold = ({ name }: { name: string }): boolean => kindOf(name) !== 'signal';

export interface Sender {
  address: string;
  userAgent: string;
}

export class Collector {
  readonly #pool: pg.Pool;
  readonly #spool: Spool;
  readonly #salts: Salts;
  readonly #excluded: ExcludedCounts;
  readonly #sites = new Map<string, { until: number; site: KnownSite | null }>();

  constructor(parts: { pool: pg.Pool; spool: Spool; salts: Salts }) {
    this.#pool = parts.pool;
    this.#spool = parts.spool;
    this.#salts = parts.salts;
    this.#excluded = new ExcludedCounts(parts.pool);
  }

  /** Writes what is counted of events left out; call it before the database is closed. */
  close(): Promise<void> {
    return this.#excluded.write();
  }

  #leaveOut(site: KnownSite, rule: string, events: readonly { at: number }[]): void {
    for (const { at } of events)
      this.#excluded.add({ workspace: site.workspace, site: site.id, rule, day: dayOf(at), events: 1 });
  }

  /** The row of an event under the rules of its site; null, and counted, when one leaves it out. */
  #rowOf(site: KnownSite, who: Who, event: IncomingEvent, now: number): EventRow | null {
    const { rules } = site;
    const url = event.url === undefined ? undefined : rules.stripped(event.url);
    const referrer = event.referrer === undefined ? undefined : rules.stripped(event.referrer);
    const row = toRow(who, { ...event, url, referrer }, now);
    const rule = rules.ofPath(row.path);
    if (rule === undefined)
      return rules.judges ? { ...row, ...rules.judge(row.userAgent, row.referrerHost, row) } : row;
    if (row.kind !== 'signal') this.#leaveOut(site, rule, [event]);
    return null;
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
          rules: await rulesOf(this.#pool, row.workspace, row.id),
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
    const outside = site.rules.ofAddress(sender.address);
    if (outside !== undefined) {
      this.#leaveOut(site, outside, payload.events.filter(isTold));
      return 0;
    }
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
      const row = this.#rowOf(site, who, event, now);
      if (row) rows.push(encode(row));
    }
    if (rows.length > 0) await this.#spool.append(rows);
    return rows.length;
  }

  /** The number by which events of a visitor are known at this moment. `id`: the site's first-party id, of one who agreed. */
  async visitorOf(site: string, sender: Sender, id: string | undefined, at = Date.now()): Promise<bigint> {
    if (id) return consentedVisitor(site, id);
    return (await cookielessVisitor(this.#salts, { site, ...sender }, at)).visitor;
  }

  /** An event of a visitor that people here know of and no page told: a call, a chat. Throws SpoolRefused. */
  async fromInside(workspace: string, siteId: string, visitor: bigint, event: IncomingEvent): Promise<void> {
    const site = await this.#site(`id ${workspace} ${siteId}`, 'site.workspace = $1 AND site.id = $2', [
      ...[workspace, siteId],
    ]);
    if (!site) return;
    const who: Who = {
      ...{ workspace, site: site.id, hosts: site.hosts, visitor, before: 0n, visitorKind: 'server' },
      ...{ address: '', userAgent: '', gaId: '', ymId: '', person: '', currency: site.currency },
    };
    await this.#spool.append([encode({ ...toRow(who, event, Date.now()), bot: false, botName: '' })]);
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
      const outside = site.rules.ofAddress(sender.address);
      if (outside !== undefined) {
        this.#leaveOut(site, outside, [event]);
        continue;
      }
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
      const row = this.#rowOf(site, who, event, now);
      if (!row) continue;
      // a server has no browser of its own: without the visitor's user agent nothing says it is a robot
      rows.push(encode(event.userAgent ? row : { ...row, bot: false, botName: '' }));
    }
    if (rows.length > 0) await this.#spool.append(rows);
    return rows.length;
  }
}
