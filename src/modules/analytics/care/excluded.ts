// How much each rule left out, as counts by day: nothing of what was left out is kept.
import type pg from 'pg';
import { MS_PER_DAY } from '../../../platform/events/row.ts';

const WRITE_AFTER_MS = 1000;

export interface LeftOut {
  workspace: string;
  site: string;
  rule: string;
  /** UTC days since 1970 */
  day: number;
  events: number;
}

interface Asks {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Adds to what is counted. A rule that was deleted meanwhile is counted no more. */
export async function addLeftOut(on: Asks, counts: readonly LeftOut[]): Promise<void> {
  if (counts.length === 0) return;
  await on.query(
    `INSERT INTO excluded_day (workspace, rule, site, day, events)
     SELECT g.workspace, g.rule, g.site, g.day, g.events
     FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bigint[]) AS g (workspace, rule, site, day, events)
     JOIN counting_rule r ON r.id = g.rule JOIN site s ON s.id = g.site ORDER BY g.rule, g.site, g.day
     ON CONFLICT (rule, site, day) DO UPDATE SET events = excluded_day.events + excluded.events`,
    [
      counts.map((one) => one.workspace),
      counts.map((one) => one.rule),
      counts.map((one) => one.site),
      counts.map((one) => new Date(one.day * MS_PER_DAY).toISOString().slice(0, 10)),
      counts.map((one) => one.events),
    ],
  );
}

/** Counts of the collector, written a second later: a kill −9 loses that second of counts, and no event. */
export class ExcludedCounts {
  readonly #pool: pg.Pool;
  #counts = new Map<string, LeftOut>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  add(one: LeftOut): void {
    const key = `${one.rule} ${one.site} ${one.day}`;
    const known = this.#counts.get(key);
    if (known) known.events += one.events;
    else this.#counts.set(key, { ...one });
    this.#timer ??= setTimeout(() => void this.write().catch(() => {}), WRITE_AFTER_MS).unref();
  }

  /** What could not be written is kept for the next time. */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const counts = this.#counts;
    this.#counts = new Map();
    try {
      await addLeftOut(this.#pool, [...counts.values()]);
    } catch (error) {
      for (const one of counts.values()) this.add(one);
      throw error;
    }
  }
}
