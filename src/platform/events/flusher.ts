// Carries the spool into the database: segments → one batch a workspace → events that are not there yet → their visits →
// the days whose roll-ups are now old. A segment is deleted only after all of that is on disk.
import type pg from 'pg';
import type { Logger } from 'pino';
import { MS_PER_DAY, ROW_OFFSET } from './row.ts';
import { readSegment, type Spool } from './spool.ts';
import type { EventStore, WorkspaceFacts } from './store.ts';

interface Batch {
  rows: Buffer[];
  ids: Set<string>;
  sites: Map<string, Map<number, Set<bigint>>>;
  days: Set<number>;
  firstAt: number;
}

const MOST_ROWS = 50_000;

const uuidAt = (row: Buffer, offset: number): string => {
  const half = (at: number): string =>
    Buffer.from(row.subarray(at, at + 8))
      .reverse()
      .toString('hex');
  const hex = half(offset) + half(offset + 8);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export class Flusher {
  readonly #spool: Spool;
  readonly #store: EventStore;
  readonly #pool: pg.Pool;
  readonly #log: Logger;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #failures = 0;

  constructor(parts: { spool: Spool; store: EventStore; pool: pg.Pool; log: Logger; everyMs: number }) {
    this.#spool = parts.spool;
    this.#store = parts.store;
    this.#pool = parts.pool;
    this.#log = parts.log;
    this.#everyMs = parts.everyMs;
  }

  start(): void {
    const next = (delay: number): void => {
      if (this.#stopped) return;
      this.#after(delay, async () => {
        const began = Date.now();
        try {
          await this.flush();
          if (this.#failures > 0) this.#log.info('events are being stored again');
          this.#failures = 0;
        } catch (error) {
          this.#failures++;
          this.#log.warn(
            { err: error, failures: this.#failures },
            'events wait in the spool: they could not be stored',
          );
        }
        // a flush that took long wants larger batches, so that it never eats more than a quarter of the time
        const took = Date.now() - began;
        next(this.#failures > 0 ? Math.min(30_000, 500 * 2 ** this.#failures) : Math.max(this.#everyMs, took * 3));
      });
    };
    next(0);
  }

  /** Waits that long, or less once nothing more arrives: then a larger batch is not to be had. */
  #after(delay: number, work: () => Promise<void>): void {
    const end = Date.now() + delay;
    const step = (seen: number): void => {
      const left = end - Date.now();
      const waiting = this.#failures > 0 ? 0 : this.#spool.pendingRows;
      if (this.#stopped) return;
      if (left <= 0 || (waiting > 0 && waiting === seen)) void work();
      else this.#timer = setTimeout(() => step(waiting), Math.min(left, this.#everyMs));
    };
    step(-1);
  }

  /** Stores everything that was acknowledged before the call. */
  flush(): Promise<void> {
    const after = (this.#running ?? Promise.resolve()).catch(() => {}).then(() => this.#flushOnce());
    this.#running = after;
    return after;
  }

  async #flushOnce(): Promise<void> {
    const names = await this.#spool.rotate();
    let group: string[] = [];
    let batches = new Map<string, Batch>();
    let size = 0;
    let layout = '';
    let columns = '';
    const finish = async (): Promise<void> => {
      for (const [workspace, batch] of batches)
        await this.#storeBatch(workspace, batch, { columns, structure: layout });
      for (const name of group) this.#spool.remove(name);
      group = [];
      batches = new Map();
      size = 0;
    };
    for (const name of names) {
      const segment = readSegment(this.#spool.folder, name);
      if (segment.torn > 0)
        this.#log.warn({ segment: name, bytes: segment.torn }, 'left out the torn end of a spool segment');
      if (size > 0 && (size + segment.rows.length > MOST_ROWS || segment.structure !== layout)) await finish();
      if (segment.rows.length > 0) {
        layout = segment.structure;
        columns = segment.columns;
      }
      for (const row of segment.rows) addRow(batches, row);
      size += segment.rows.length;
      group.push(name);
    }
    await finish();
  }

  async #storeBatch(workspace: string, batch: Batch, layout: { columns: string; structure: string }): Promise<void> {
    const found = await this.#pool.query<{ time_zone: string }>('SELECT time_zone FROM workspace WHERE id = $1', [
      workspace,
    ]);
    const facts = found.rows[0];
    if (!facts) {
      this.#log.warn({ workspace, events: batch.rows.length }, 'dropped events of a workspace that is gone');
      return;
    }
    const of: WorkspaceFacts = { workspace, timeZone: facts.time_zone };
    await this.#store.asOnlyWriter(workspace, async () => {
      for (const [site, days] of batch.sites) await markDirty(this.#pool, of, site, localDays(days.keys()));
      await this.#store.insert({
        workspace,
        sites: batch.sites.keys(),
        days: batch.days,
        rows: Buffer.concat(batch.rows),
        count: batch.rows.length,
        ...layout,
      });
      for (const [site, touched] of batch.sites) {
        const changed = await this.#store.deriveVisitors(of, site, touched);
        await markDirty(this.#pool, of, site, changed);
        await noteEvents(this.#pool, workspace, site, touched.keys());
      }
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.flush().catch((error: unknown) =>
      this.#log.warn({ err: error }, 'events wait in the spool for the next start'),
    );
  }
}

function addRow(batches: Map<string, Batch>, row: Buffer): void {
  const workspace = uuidAt(row, ROW_OFFSET.workspace);
  let batch = batches.get(workspace);
  if (!batch) {
    batch = { rows: [], ids: new Set(), sites: new Map(), days: new Set(), firstAt: 0 };
    batches.set(workspace, batch);
  }
  const site = uuidAt(row, ROW_OFFSET.site);
  const day = row.readUInt16LE(ROW_OFFSET.day);
  const days = batch.sites.get(site) ?? new Map<number, Set<bigint>>();
  batch.sites.set(site, days);
  const visitors = days.get(day) ?? new Set<bigint>();
  days.set(day, visitors.add(row.readBigUInt64LE(ROW_OFFSET.visitor)));
  const id = `${site}${day}${row.toString('latin1', ROW_OFFSET.id, ROW_OFFSET.id + 16)}`;
  if (batch.ids.has(id)) return;
  batch.ids.add(id);
  batch.days.add(day);
  batch.rows.push(row);
}

/** Keeps with the site when its newest event became known and on which UTC day its first one happened. */
export async function noteEvents(
  pool: pg.Pool,
  workspace: string,
  site: string,
  days: Iterable<number>,
): Promise<void> {
  await pool.query(
    `UPDATE site SET last_event_at = now(), first_event_at = LEAST(COALESCE(first_event_at, $3), $3) WHERE workspace = $1 AND id = $2`,
    [workspace, site, new Date(Math.min(...days) * MS_PER_DAY)],
  );
}

/** A UTC day touches at most the local days before, on and after it. */
export function localDays(days: Iterable<number>): Set<string> {
  const all = new Set<string>();
  for (const day of days) {
    for (const d of [day - 1, day, day + 1]) all.add(new Date(d * MS_PER_DAY).toISOString().slice(0, 10));
  }
  return all;
}

/** From now on reports read these days from visits and events, until their roll-ups are rebuilt. */
export async function markDirty(
  pool: pg.Pool,
  of: WorkspaceFacts,
  site: string,
  days: ReadonlySet<string>,
): Promise<void> {
  if (days.size === 0) return;
  await pool.query(
    `INSERT INTO dirty_day (workspace, site, day) SELECT $1, $2, unnest($3::date[])
     ON CONFLICT (workspace, site, day) DO UPDATE SET mark = dirty_day.mark + 1, marked_at = now()`,
    [of.workspace, site, [...days].sort()],
  );
}
