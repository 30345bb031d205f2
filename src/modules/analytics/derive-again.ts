// Visits and sales that were derived by older rules are derived anew, once, in the background; reports go on meanwhile.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { z } from 'zod';
import { localDays, markDirty } from '../../platform/events/flusher.ts';
import { dayOf } from '../../platform/events/row.ts';
import type { EventStore } from '../../platform/events/store.ts';
import { defineJob, type Executor, type Jobs } from '../../platform/jobs/index.ts';

/** Raise it when what a visit or a sale is changes, together with the default of workspace.derived_by. */
const RULES = 4;
const DAYS_PER_STEP = 31;

export interface DeriveAgainParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  store: EventStore;
}

/** The UTC days since 1970 on which each site of a company has events. */
export async function daysOf(clickhouse: ClickHouseClient, workspace: string): Promise<Map<string, number[]>> {
  const found = await clickhouse.query({
    query: `SELECT toString(site) AS site, arraySort(groupUniqArray(toString(day))) AS days FROM events
      WHERE workspace = {workspace:UUID} GROUP BY site ORDER BY site`,
    query_params: { workspace },
    format: 'JSONEachRow',
  });
  const rows = await found.json<{ site: string; days: string[] }>();
  return new Map(rows.map(({ site, days }) => [site, days.map((day) => dayOf(Date.parse(day)))]));
}

export const deriveAgain = defineJob({
  name: 'derive-again',
  title: 'jobs.names.deriveAgain',
  payload: z.object({}),
  lane: 'long',
  run: async ({ workspace, progress, checkpoint, signal }, { pool, clickhouse, store }: DeriveAgainParts) => {
    const found = await pool.query<{ time_zone: string }>('SELECT time_zone FROM workspace WHERE id = $1', [workspace]);
    const facts = { workspace, timeZone: found.rows[0]!.time_zone };
    const steps = [...(await daysOf(clickhouse, workspace))].flatMap(([site, days]) =>
      Array.from({ length: Math.ceil(days.length / DAYS_PER_STEP) }, (_, i) => ({
        site,
        days: days.slice(i * DAYS_PER_STEP, (i + 1) * DAYS_PER_STEP),
      })),
    );
    const done = (await checkpoint.load<{ steps: number }>())?.steps ?? 0;
    for (const [i, { site, days }] of steps.entries()) {
      if (i < done) continue;
      signal.throwIfAborted();
      await markDirty(pool, facts, site, localDays(days));
      await store.asOnlyWriter(workspace, async () => {
        await markDirty(pool, facts, site, await store.deriveDays(facts, site, days));
      });
      await checkpoint.save({ steps: i + 1 });
      progress(i + 1, steps.length, 'jobs.words.countingVisits');
    }
    await pool.query('UPDATE workspace SET derived_by = $2 WHERE id = $1', [workspace, RULES]);
    return { days: steps.reduce((sum, { days }) => sum + days.length, 0) };
  },
});

/** Puts every company in line whose visits and sales are older than the rules. Called when the server starts. */
export async function deriveOldAgain(db: Executor, pool: pg.Pool, jobs: Jobs): Promise<void> {
  const old = await pool.query<{ id: string }>('SELECT id FROM workspace WHERE derived_by < $1', [RULES]);
  for (const { id } of old.rows) await jobs.enqueue(db, id, deriveAgain, {}, { singletonKey: 'derive-again' });
}
