// Clicks as counts. A click is answered after its count is committed, and all clicks that come while one commit is under way share
// the next one: nothing answered is lost by a kill −9, and a thousand clicks a second are a few hundred statements. No address and
// no browser is kept, only how many.

import type pg from 'pg';
import type { Logger } from 'pino';

export interface Click {
  link: string;
  /** YYYY-MM-DD in the company's zone */
  day: string;
  country: string;
  device: string;
  way: 'click' | 'scan' | 'robot';
}

const AGAIN_MS = 1000;
/** Kinds of clicks held while the database is away; beyond that the oldest are given up. */
const MOST_WAITING = 50_000;

export class Clicks {
  readonly #pool: pg.Pool;
  readonly #log: Logger;
  #counts = new Map<string, { click: Click; count: number }>();
  #waiters: (() => void)[] = [];
  #writing: Promise<void> | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(parts: { pool: pg.Pool; log: Logger }) {
    this.#pool = parts.pool;
    this.#log = parts.log;
  }

  /** Resolves when the click is on disk, or at once while the database is away: a visitor is sent on all the same, and the count follows. */
  count(click: Click): Promise<void> {
    this.#add(click, 1);
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#writing ??= this.#drain();
    });
  }

  #add(click: Click, count: number): void {
    const key = Object.values(click).join('\u0000');
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else this.#counts.set(key, { click, count });
  }

  async #drain(): Promise<void> {
    while (this.#counts.size > 0) {
      const rows = [...this.#counts.values()];
      const waiters = this.#waiters;
      this.#counts = new Map();
      this.#waiters = [];
      try {
        await this.#write(rows);
      } catch (err) {
        this.#log.error({ err, clicks: rows.length }, 'clicks of short links are held until the database takes them');
        for (const { click, count } of rows.slice(-MOST_WAITING)) this.#add(click, count);
        this.#again ??= setTimeout(() => {
          this.#again = undefined;
          this.#writing ??= this.#drain();
        }, AGAIN_MS);
        for (const go of [...waiters, ...this.#waiters.splice(0)]) go();
        break;
      }
      for (const go of waiters) go();
    }
    this.#writing = undefined;
  }

  async #write(rows: readonly { click: Click; count: number }[]): Promise<void> {
    const given = rows.map(({ click, count }) => ({ ...click, count }));
    // in one order, so that two servers never wait for each other; a link that is gone takes its clicks along
    await this.#pool.query(
      `INSERT INTO link_click (workspace, link, day, country, device, way, count)
       SELECT l.workspace, l.id, i.day, i.country, i.device, i.way, i.count
       FROM jsonb_to_recordset($1::jsonb) AS i(link text, day date, country text, device text, way text, count integer)
       JOIN link l ON l.id = i.link ORDER BY l.workspace, l.id, i.day, i.way, i.country, i.device
       ON CONFLICT (workspace, link, day, way, country, device) DO UPDATE SET count = link_click.count + excluded.count`,
      [JSON.stringify(given)],
    );
  }

  /** Writes what is there. Call it when no more clicks come. */
  async close(): Promise<void> {
    clearTimeout(this.#again);
    await this.#writing;
    if (this.#counts.size > 0) await this.#drain();
    clearTimeout(this.#again);
  }
}
