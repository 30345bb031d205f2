// Where a short address leads, kept for some seconds so that a link on television costs the database one question.
import type pg from 'pg';
import { taggedUrl } from '../tagging.ts';
import { dayIn } from '../today.ts';

const KEPT_MS = 10_000;
const MOST = 20_000;

export interface FoundLink {
  id: string;
  url: string;
  zone: string;
  active: boolean;
  lastDay: string | null;
  /** a page to go on to when the link has ended: the company's own site, never a place the link led to */
  home: string | null;
}

export class LinkFinder {
  readonly #pool: pg.Pool;
  readonly #known = new Map<string, { until: number; link: FoundLink | null }>();
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** `host` is the one asked: on a company's own domain only its links are found. */
  async find(host: string, code: string): Promise<FoundLink | null> {
    const key = `${host} ${code}`;
    const now = Date.now();
    const known = this.#known.get(key);
    if (known && known.until > now) return known.link;
    const found = await this.#pool.query(
      `SELECT l.id, l.target, l.source, l.medium, l.campaign, l.content, l.term, l.active, l.last_day, w.time_zone,
         (SELECT host FROM site WHERE site.workspace = l.workspace ORDER BY created_at LIMIT 1) AS home
       FROM link l JOIN workspace w ON w.id = l.workspace
       WHERE l.code = $1 AND l.workspace = coalesce((SELECT workspace FROM link_settings WHERE domain = $2), l.workspace)`,
      [code, host],
    );
    const row = found.rows[0];
    const link = row
      ? {
          id: row.id as string,
          url: taggedUrl(new URL(row.target), row),
          zone: row.time_zone as string,
          active: row.active as boolean,
          lastDay: row.last_day as string | null,
          home: row.home === null ? null : `https://${row.home}/`,
        }
      : null;
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(key, { until: now + KEPT_MS, link });
    return link;
  }
}

/** Switched off, or its last day is over. */
export const hasEnded = (link: FoundLink, now: number): boolean =>
  !link.active || (link.lastDay !== null && dayIn(link.zone, now) > link.lastDay);
