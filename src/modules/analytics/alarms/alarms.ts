// Alarms: kept like goals, and held to the morning's figures once a day.
import { ORPCError } from '@orpc/server';
import { CompiledQuery, sql } from 'kysely';
import { z } from 'zod';
import { defineJob, setSchedule } from '../../../platform/jobs/index.ts';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import { minorDigits } from '../../../platform/money/money.ts';
import type { Outbox } from '../../../platform/outbox/outbox.ts';
import { todayIn } from '../../../web/dates.ts';
import { measureClause } from '../report/registry.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import { type Alarm, type AlarmDefinition, alarmDefinition, WIDTHS } from './contract.ts';
import { benjaminiHochberg, pOf } from './season.ts';
import { watch } from './watch.ts';

/** When yesterday's late events have come as a rule. */
const EACH_MORNING = '30 6 * * *';
const MOST_RINGS = 30;

interface Own {
  definition: AlarmDefinition;
}

export const keptAlarms = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'alarm',
    called: 'an alarm',
    columns: { definition: 'json' },
    async check(_asked, _workspace, _id, { definition }) {
      const { unit, cost } = measureClause(definition.measure);
      // shares and means stray with how few they are of; what is usual of them is another question
      if (!['count', 'money'].includes(unit) || cost || definition.measure.startsWith('margin'))
        throw new ORPCError('BAD_REQUEST', { message: 'An alarm watches a count or revenue. Choose another measure.' });
    },
  });

const readAlarm = (kept: unknown): AlarmDefinition => {
  const parsed = alarmDefinition.safeParse(kept);
  if (!parsed.success) throw new ORPCError('BAD_REQUEST', { message: 'The alarm is written for another version.' });
  return parsed.data;
};

export async function describeAlarms(db: Db, workspace: string, rows: readonly Stored<Own>[]): Promise<Alarm[]> {
  const rings = await db
    .selectFrom('alarm_ring')
    .select(['alarm', 'day', 'value', 'expected'])
    .where('workspace', '=', workspace)
    .where('day', '>', sql<string>`current_date - 366`)
    .orderBy('day', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    definition: readAlarm(row.definition),
    version: row.version,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at.toISOString(),
    archived: row.archived_at !== null,
    rings: rings
      .filter(({ alarm }) => alarm === row.id)
      .slice(0, MOST_RINGS)
      .map(({ day, value, expected }) => ({ day, value, expected })),
  }));
}

export async function settingsOf(db: Db, workspace: string): Promise<{ zone: string; currency: string }> {
  const row = await db
    .selectFrom('workspace')
    .select(['time_zone', 'currency'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  return { zone: row.time_zone, currency: row.currency };
}

/** The first alarm of a company puts the round on its clock. */
export const watchEachMorning = (db: Db, workspace: string): Promise<void> =>
  setSchedule(db as never, workspace, checkAlarms, { cron: EACH_MORNING, payload: {} });

export interface AlarmParts {
  db: Db;
  reports: Reports;
  outbox(): Outbox;
}

export const checkAlarms = defineJob({
  name: 'check-alarms',
  title: 'jobs.names.checkAlarms',
  payload: z.object({}),
  lane: 'quick',
  run: async ({ workspace, log, progress }, { db, reports, outbox }: AlarmParts) => {
    const { zone, currency } = await settingsOf(db, workspace);
    const kept = await keptAlarms(db).list(workspace, 'active');
    const found: {
      id: string;
      name: string;
      p: number;
      far: boolean;
      day: string;
      value: number;
      expected: number;
      unit: number;
    }[] = [];
    for (const [i, row] of kept.entries()) {
      try {
        const definition = readAlarm(row.definition);
        const [day] = (await watch(reports, workspace, definition, zone, 1)).slice(-1);
        if (day && day.value !== null && day.expected !== null && day.high !== null) {
          const width = WIDTHS[definition.sensitivity];
          const z = ((day.value - day.expected) / (day.high - day.expected)) * width;
          // what each alarm calls rare is one thing to the others
          found.push({
            ...{ id: row.id, name: row.name, p: Math.min(1, pOf(z) / pOf(width)), far: day.rings },
            ...{ day: day.day, value: day.value, expected: day.expected },
            unit: measureClause(definition.measure).unit === 'money' ? 10 ** minorDigits(currency) : 1,
          });
        }
      } catch (error) {
        // one that names what is gone must not silence the others
        log.warn({ err: error, alarm: row.id }, 'an alarm could not be asked');
      }
      progress(i + 1, kept.length);
    }
    // many alarms ring by chance more often than one: together they may do so as rarely
    const held = benjaminiHochberg(
      found.map(({ p }) => p),
      1,
    );
    let rang = 0;
    for (const [i, { id, name, far, day, value, expected, unit }] of found.entries()) {
      if (!held[i] || !far) continue;
      await db.transaction().execute(async (tx) => {
        const fresh = await tx
          .insertInto('alarm_ring')
          .values({ workspace, alarm: id, day, value, expected })
          .onConflict((on) => on.columns(['workspace', 'alarm', 'day']).doNothing())
          .returning('day')
          .executeTakeFirst();
        if (!fresh) return;
        rang++;
        await outbox().publish(
          { query: (text, values) => tx.executeQuery(CompiledQuery.raw(text, values)) },
          {
            workspace,
            topic: 'alarm.rang',
            key: `${id} ${day}`,
            data: { id, name, day, value: value / unit, expected: expected / unit },
          },
        );
      });
    }
    return { alarms: kept.length, rang, day: todayIn(zone) };
  },
});
