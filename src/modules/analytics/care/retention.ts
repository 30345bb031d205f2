// How long events of single visitors are kept. Each night older ones are deleted, after their days were added up: totals by day stay,
// what names a visitor, a page or a source goes.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { defineJob, removeSchedule, setSchedule } from '../../../platform/jobs/index.ts';
import { quote } from '../report/dimensions.ts';
import type { Reports } from '../report/report.ts';
import type { RollUps } from '../report/rollups.ts';
import type { Db } from '../sites/sites.ts';
import type { Retention } from './contract.ts';

const EACH_NIGHT = '20 3 * * *';
const TABLES = ['events', 'sales', 'visits'] as const;

/** The UTC day before which nothing is kept. */
export function keptFrom(months: number, now = new Date()): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate()))
    .toISOString()
    .slice(0, 10);
}

export async function retentionOf(db: Db, workspace: string): Promise<Retention> {
  const row = await db
    .selectFrom('retention')
    .select(['months', 'kept_from'])
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  return { months: row?.months ?? null, keptFrom: row?.kept_from ?? null };
}

/** What a limit would delete now. */
export async function wouldDelete(reports: Reports, workspace: string, months: number) {
  const before = keptFrom(months);
  const [row] = await reports.rows<{ n: string; first: string }>(
    `SELECT count() AS n, toString(min(day)) AS first FROM events WHERE workspace = ${quote(workspace)} AND day < ${quote(before)}`,
  );
  const events = Number(row?.n ?? 0);
  return { before, events, first: events > 0 ? row!.first : null };
}

/** `months` null: everything is kept from now on; what is gone stays gone. */
export async function setRetention(db: Db, workspace: string, months: number | null, who: string): Promise<Retention> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('retention')
      .values({ workspace, months })
      .onConflict((on) => on.column('workspace').doUpdateSet({ months, updated_at: new Date() }))
      .execute();
    if (months === null) await removeSchedule(tx, workspace, keepLimit);
    else await setSchedule(tx, workspace, keepLimit, { cron: EACH_NIGHT, payload: {}, who });
    await writeAudit(tx, { workspace, who, action: 'retention.set', target: '', details: { months } });
  });
  return retentionOf(db, workspace);
}

export interface KeepLimitParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  rollUps: RollUps;
}

export const keepLimit = defineJob({
  name: 'keep-limit',
  title: 'jobs.names.keepLimit',
  payload: z.object({}),
  lane: 'long',
  run: async ({ workspace, progress }, { pool, clickhouse, rollUps }: KeepLimitParts) => {
    const found = await pool.query<{ months: number | null }>('SELECT months FROM retention WHERE workspace = $1', [
      workspace,
    ]);
    const months = found.rows[0]?.months;
    if (months === undefined || months === null) return { before: null };
    const before = keptFrom(months);
    // what is added up of a day stays right when its events are gone
    await rollUps.rebuild({ workspace });
    for (const [i, table] of TABLES.entries()) {
      await clickhouse.command({
        query: `ALTER TABLE ${table} DELETE WHERE workspace = ${quote(workspace)} AND day < ${quote(before)}`,
        clickhouse_settings: { mutations_sync: '1' },
      });
      progress(i + 1, TABLES.length);
    }
    await pool.query('UPDATE retention SET kept_from = greatest(kept_from, $2::date) WHERE workspace = $1', [
      workspace,
      before,
    ]);
    return { before };
  },
});
