// Alarms: kept like goals, and held to the morning's figures once a day.
import { ORPCError } from '@orpc/server';
import { CompiledQuery, sql } from 'kysely';
import { z } from 'zod';
import { defineJob, setSchedule } from '../../../platform/jobs/index.ts';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import type { Mail } from '../../../platform/mail/mail.ts';
import type { Outbox } from '../../../platform/outbox/outbox.ts';
import { todayIn } from '../../../web/dates.ts';
import { currencySign, formatDate, formatValue } from '../../../web/format.ts';
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
    // what it names may go later: then its morning is left out and the log says why
    async check() {},
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

export async function settingsOf(db: Db, workspace: string): Promise<Company> {
  const row = await db
    .selectFrom('workspace')
    .select(['name', 'time_zone', 'currency', 'language'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  return { name: row.name, zone: row.time_zone, currency: row.currency, language: row.language };
}

/** The first alarm of a company puts the round on its clock. */
export const watchEachMorning = (db: Db, workspace: string): Promise<void> =>
  setSchedule(db as never, workspace, checkAlarms, { cron: EACH_MORNING, payload: {} });

interface Company {
  name: string;
  zone: string;
  currency: string;
  language: 'en' | 'ru';
}

/** A day of an alarm, and how rare it was. */
interface Found {
  row: Stored<Own>;
  definition: AlarmDefinition;
  p: number;
  far: boolean;
  day: string;
  value: number;
  expected: number;
}

export interface AlarmParts {
  db: Db;
  reports: Reports;
  outbox(): Outbox;
  mail(): Mail;
  publicUrl: string;
}

/** Tells of a day once, on the bell and by mail; false when it was told before. */
function ring(
  { db, outbox, mail, publicUrl }: AlarmParts,
  workspace: string,
  { name: company, currency, language }: Company,
  { row, definition, day, value, expected }: Found,
): Promise<boolean> {
  const { unit } = measureClause(definition.measure);
  const said = (figure: number): string =>
    formatValue(unit === 'count' ? Math.round(figure) : figure, unit, language, currency) +
    (unit === 'money' ? `\u00a0${currencySign(currency, language)}` : '');
  return db.transaction().execute(async (tx) => {
    const fresh = await tx
      .insertInto('alarm_ring')
      .values({ workspace, alarm: row.id, day, value, expected })
      .onConflict((on) => on.columns(['workspace', 'alarm', 'day']).doNothing())
      .returning('day')
      .executeTakeFirst();
    if (!fresh) return false;
    const figures = { value: said(value), expected: said(expected) };
    await outbox().publish(
      { query: (text, values) => tx.executeQuery(CompiledQuery.raw(text, values)) },
      {
        ...{ workspace, topic: 'alarm.rang', key: `${row.id} ${day}` },
        data: { id: row.id, name: row.name, day, more: value > expected, ...figures },
      },
    );
    if (definition.mail.length === 0 || !(await mail().canSend(workspace))) return true;
    const words = {
      ...{ name: row.name, company, who: row.updated_by, ...figures },
      day: formatDate(day, language, { dateStyle: 'long', timeZone: 'UTC' }),
      link: `${publicUrl}/w/${workspace}/alarms?alarm=${row.id}`,
    };
    for (const to of definition.mail)
      await mail().enqueue(tx as never, {
        ...{ workspace, to, language, template: 'alarm', values: words },
        about: `alarm/${row.id}`,
      });
    return true;
  });
}

export const checkAlarms = defineJob({
  name: 'check-alarms',
  title: 'jobs.names.checkAlarms',
  payload: z.object({}),
  lane: 'quick',
  run: async ({ workspace, log, progress }, parts: AlarmParts) => {
    const { db, reports } = parts;
    const company = await settingsOf(db, workspace);
    const { zone } = company;
    const kept = await keptAlarms(db).list(workspace, 'active');
    const found: Found[] = [];
    for (const [i, row] of kept.entries()) {
      try {
        const definition = readAlarm(row.definition);
        const [day] = (await watch(reports, workspace, definition, zone, 1)).slice(-1);
        if (day && day.value !== null && day.expected !== null && day.z !== null)
          // what each alarm calls rare is one thing to the others
          found.push({
            ...{ row, definition, far: day.rings, day: day.day, value: day.value, expected: day.expected },
            p: Math.min(1, pOf(day.z) / pOf(WIDTHS[definition.sensitivity])),
          });
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
    for (const [i, one] of found.entries())
      if (held[i] && one.far && (await ring(parts, workspace, company, one))) rang++;
    return { alarms: kept.length, rang, day: todayIn(zone) };
  },
});
