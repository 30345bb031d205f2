// One moment of both engines: no writer of events is half-way, ClickHouse first, PostgreSQL right after it. What PostgreSQL handed
// over in between is in its outbox, and a restore hands it over again.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { dropStaleSnapshots, type Snapshot, takeSnapshot } from './clickhouse-rows.ts';
import { BackupError } from './manifest.ts';
import { PLAIN } from './postgres-rows.ts';

const ONE_BACKUP = "hashtextextended('tradewind backup', 2)";

/** Goes by itself: the same may be tried again a little later. */
export class Busy extends BackupError {}

export interface Moment {
  snapshot: Snapshot;
  /** inside the transaction that sees the moment */
  client: pg.PoolClient;
}

export interface MomentParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  database: string;
  /** only the events of this company matter; not given: of all */
  workspace?: string;
  /** called between the two engines: for tests of what is written just then */
  between?: () => Promise<void>;
}

/** Holds the writers of a company, or of all, still while `work` runs; events wait in the spool meanwhile. */
async function withWritersStill<T>(pool: pg.Pool, workspace: string | null, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const held = new Set<string>();
    for (;;) {
      const found = await client.query<{ id: string }>(
        'SELECT id FROM workspace WHERE id = coalesce($1, id) ORDER BY id',
        [workspace],
      );
      const fresh = found.rows.filter(({ id }) => !held.has(id));
      if (fresh.length === 0) break;
      for (const { id } of fresh) {
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 1))', [id]);
        held.add(id);
      }
    }
    return await work();
  } finally {
    client.release(true); // a closed connection lets its locks go
  }
}

/** Throws BackupError while another backup of this installation runs. */
export async function atOneMoment<T>(parts: MomentParts, work: (moment: Moment) => Promise<T>): Promise<T> {
  const { pool, clickhouse, database } = parts;
  const only = await pool.connect();
  try {
    const lock = await only.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${ONE_BACKUP}) AS free`);
    if (!lock.rows[0]?.free) throw new Busy('Another backup or export is under way. Wait for its end.');
    await dropStaleSnapshots(clickhouse, database);
    const client = await pool.connect();
    let snapshot: Snapshot | undefined;
    try {
      snapshot = await withWritersStill(pool, parts.workspace ?? null, async () => {
        const taken = await takeSnapshot(clickhouse, database);
        await parts.between?.();
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        await client.query(PLAIN);
        await client.query('SELECT 1 FROM workspace LIMIT 1'); // from here on it sees this moment
        return taken;
      });
      return await work({ snapshot, client });
    } finally {
      client.release(true);
      await snapshot?.drop().catch(() => {}); // else the next backup or the server's hourly care does
    }
  } finally {
    only.release(true);
  }
}

/** Drops snapshots of backups that were killed; leaves those of one under way alone. */
export async function forgetStaleSnapshots(parts: MomentParts): Promise<number> {
  const only = await parts.pool.connect();
  try {
    const lock = await only.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${ONE_BACKUP}) AS free`);
    return lock.rows[0]?.free ? await dropStaleSnapshots(parts.clickhouse, parts.database) : 0;
  } finally {
    only.release(true);
  }
}
