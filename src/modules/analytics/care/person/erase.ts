// Erases a visitor: what waits is stored first, so that nothing of them comes after; then events, visits, sales and proofs of consent go,
// and the days they were on are counted again without them. Each step may be done twice.
import type { ClickHouseClient } from '@clickhouse/client';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import { markDirty } from '../../../../platform/events/flusher.ts';
import type { EventStore } from '../../../../platform/events/store.ts';
import { defineJob } from '../../../../platform/jobs/index.ts';
import { quote } from '../../report/dimensions.ts';
import type { Reports } from '../../report/report.ts';
import type { AnalyticsTables } from '../../tables.ts';
import { amongNumbers, numbersOf, proofsOf } from './person.ts';

export interface EraseParts {
  db: Kysely<AnalyticsTables>;
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  store: EventStore;
  reports: Reports;
  /** what other modules keep of these visitors; done again it does nothing */
  alsoErase(workspace: string, site: string, visitors: readonly string[]): Promise<void>;
  /** what was acknowledged before is stored when it resolves */
  settle(): Promise<void>;
}

const TABLES = ['events', 'sales', 'visits'] as const;

export const erasePerson = defineJob({
  name: 'erase-person',
  title: 'jobs.names.erasePerson',
  payload: z.object({ site: z.uuid(), visitor: z.string() }),
  lane: 'quick',
  retry: { limit: 5, delaySeconds: 10 },
  run: async ({ workspace, payload: { site, visitor }, run, progress, checkpoint }, parts: EraseParts) => {
    const { db, pool, clickhouse, store, reports } = parts;
    await parts.settle();
    const found = await pool.query<{ time_zone: string }>('SELECT time_zone FROM workspace WHERE id = $1', [workspace]);
    const facts = { workspace, timeZone: found.rows[0]!.time_zone };
    // found before the first row goes: a second try may not find them any more
    const kept = await checkpoint.load<{ visitors: string[]; days: string[]; proofs: string[] }>();
    const visitors = kept?.visitors ?? (await numbersOf(reports, workspace, site, visitor));
    const own = `workspace = ${quote(workspace)} AND site = ${quote(site)} AND ${amongNumbers(visitors)}`;
    const days =
      kept?.days ??
      (
        await reports.rows<{ local: string }>(
          `SELECT DISTINCT toString(toDate(at, ${quote(facts.timeZone)})) AS local FROM events WHERE ${own}`,
        )
      ).map(({ local }) => local);
    const proofs = kept?.proofs ?? (await proofsOf(db, workspace, site, visitors)).map(({ id }) => id);
    await checkpoint.save({ visitors, days, proofs });
    await store.asOnlyWriter(workspace, async () => {
      await markDirty(pool, facts, site, new Set(days));
      for (const [i, table] of TABLES.entries()) {
        await clickhouse.command({
          query: `ALTER TABLE ${table} DELETE WHERE ${own}`,
          clickhouse_settings: { mutations_sync: '1' },
        });
        progress(i + 1, TABLES.length + 1);
      }
      await markDirty(pool, facts, site, new Set(days));
    });
    if (proofs.length > 0)
      await db.deleteFrom('consent_proof').where('workspace', '=', workspace).where('id', 'in', proofs).execute();
    await parts.alsoErase(workspace, site, visitors);
    // nothing that stays names them
    await sql`UPDATE job_run SET payload = payload || '{"visitor":""}', checkpoint = NULL WHERE workspace = ${workspace} AND id = ${run}`.execute(
      db,
    );
    return { days: days.length, proofs: proofs.length };
  },
});
