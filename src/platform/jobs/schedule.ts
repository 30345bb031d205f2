// Work that comes round: a row a schedule, with the moment of its next time. Whoever sees that moment pass takes the row's
// lock, puts the work in line and moves the moment on, all in one transaction: two workers can't fire it twice.
import { Cron } from 'croner';
import type { z } from 'zod';
import { uuidv7 } from '../ids/uuid.ts';
import type { Job } from './define.ts';
import type { Jobs } from './jobs.ts';
import { type Ask, type Executor, inTransaction } from './queue.ts';

export class BadCron extends Error {
  override name = 'BadCron';
}

/** The next time after `from`, on the clock of the zone; null when there is none. Throws BadCron. */
export function nextTime(cron: string, zone: string, from: Date): Date | null {
  try {
    return new Cron(cron, { timezone: zone, paused: true }).nextRun(from);
  } catch (cause) {
    throw new BadCron(
      `"${cron}" is no schedule: use five fields like "30 6 * * 1" (minute, hour, day, month, weekday).`,
      {
        cause,
      },
    );
  }
}

export interface ScheduleOf<Schema extends z.ZodType> {
  /** five fields; "30 6 * * 1" is Mondays at half past six in the workspace's zone */
  cron: string;
  payload: z.input<Schema>;
  /** tells several schedules of one job apart */
  key?: string;
  who?: string;
}

const zoneOf = async (ask: Ask, workspace: string | null): Promise<string> => {
  if (workspace === null) return 'UTC';
  const [row] = await ask<{ time_zone: string }>('SELECT time_zone FROM workspace WHERE id = $1', [workspace]);
  return row?.time_zone ?? 'UTC';
};

/** Makes or changes a schedule inside the caller's transaction. A schedule that is there unchanged keeps its next time. */
export function setSchedule<Schema extends z.ZodType>(
  on: Executor,
  workspace: string | null,
  job: Job<Schema>,
  of: ScheduleOf<Schema>,
): Promise<void> {
  job.payload.parse(of.payload);
  return inTransaction(on, async (ask) => {
    const zone = await zoneOf(ask, workspace);
    const next = nextTime(of.cron, zone, new Date());
    await ask(
      `INSERT INTO schedule (workspace, id, job, key, cron, zone, payload, next_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (COALESCE(workspace, ''), job, key) DO UPDATE SET
         next_at = CASE WHEN schedule.cron = $5 AND schedule.zone = $6 THEN schedule.next_at ELSE $8 END,
         cron = $5, zone = $6, payload = $7`,
      [
        workspace,
        uuidv7(),
        job.name,
        of.key ?? '',
        of.cron,
        zone,
        JSON.stringify(of.payload),
        next,
        of.who ?? 'Tradewind',
      ],
    );
  });
}

export const removeSchedule = (on: Executor, workspace: string | null, job: Job, key = ''): Promise<void> =>
  inTransaction(on, async (ask) => {
    await ask(`DELETE FROM schedule WHERE workspace IS NOT DISTINCT FROM $1 AND job = $2 AND key = $3`, [
      workspace,
      job.name,
      key,
    ]);
  });

interface Due {
  id: string;
  workspace: string | null;
  job: string;
  key: string;
  cron: string;
  payload: unknown;
  next_at: Date | null;
  zone: string;
  zone_now: string;
}

/** Puts everything in line whose time has come. A time missed while nothing ran fires once, late. */
export async function fireSchedules(jobs: Jobs, now = new Date()): Promise<number> {
  const found = `FROM schedule LEFT JOIN workspace ON workspace.id = schedule.workspace
    WHERE schedule.next_at <= $1 OR schedule.zone <> COALESCE(workspace.time_zone, 'UTC')`;
  if ((await jobs.ask(`SELECT 1 ${found} LIMIT 1`, [now])).length === 0) return 0;
  return jobs.within(async (ask) => {
    const due = await ask<Due>(
      `SELECT schedule.*, COALESCE(workspace.time_zone, 'UTC') AS zone_now ${found} FOR UPDATE OF schedule SKIP LOCKED`,
      [now],
    );
    let fired = 0;
    for (const row of due) {
      const job = jobs.find(row.job);
      const isTime = row.next_at !== null && row.next_at <= now && row.zone === row.zone_now;
      const next = nextTime(row.cron, row.zone_now, now);
      await ask(
        `UPDATE schedule SET next_at = $2, zone = $3, last_at = CASE WHEN $4 THEN $5 ELSE last_at END WHERE id = $1`,
        [row.id, next, row.zone_now, isTime, now],
      );
      if (!isTime || !job) continue;
      const on = {
        query: async (text: string, values: unknown[] = []) => ({ rows: await ask<unknown>(text, values) }),
      };
      // a round that is still under way is not begun a second time
      await jobs.enqueue(on, row.workspace, job, row.payload, { singletonKey: `schedule ${row.id}`, who: 'schedule' });
      fired++;
    }
    return fired;
  });
}
