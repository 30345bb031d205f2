// Reports by mail: kept like goals, written when their hour comes, and sent once whatever happens meanwhile.
import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import { defineJob, nextTime, setSchedule } from '../../../platform/jobs/index.ts';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import type { Mail } from '../../../platform/mail/mail.ts';
import type { Outbox } from '../../../platform/outbox/outbox.ts';
import { checkShown, titlesOf } from '../sharing/shares.ts';
import type { Db } from '../sites/sites.ts';
import { LAST_MONTH_DAY, type Mailing, type MailingDefinition, mailingDefinition } from './contract.ts';
import { type LetterDeps, writeLetter } from './letter.ts';

interface Own {
  definition: MailingDefinition;
}
type Row = Stored<Own>;

/** Each full hour: mailings name theirs. */
const EACH_HOUR = '0 * * * *';
/** A server that slept for longer sends what comes next, not what was due before. */
const LATEST_MS = 3 * 86_400_000;
const NO_SERVER = 'no-mail-server';

export const keptMailings = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'report_mailing',
    called: 'a report by mail',
    columns: { definition: 'json' },
    check: (asked, workspace, _id, { definition }) => checkShown(asked, workspace, definition),
  });

const cronOf = ({ every, on, hour }: MailingDefinition): string =>
  every === 'day'
    ? `0 ${hour} * * *`
    : every === 'week'
      ? `0 ${hour} * * ${Math.min(7, on)}`
      : `0 ${hour} ${Math.min(LAST_MONTH_DAY, on)} * *`;

/** The last moment after `since` that is not later than `now`; null: none yet. */
export function lastDue(definition: MailingDefinition, zone: string, since: Date, now: Date): Date | null {
  const cron = cronOf(definition);
  const from = new Date(Math.max(since.getTime(), now.getTime() - LATEST_MS));
  let due: Date | null = null;
  for (let next = nextTime(cron, zone, from); next && next <= now; next = nextTime(cron, zone, next)) due = next;
  return due;
}

/** The first one of a company puts the round on its clock. */
export const mailEachHour = (db: Db, workspace: string): Promise<void> =>
  setSchedule(db as never, workspace, mailReports, { cron: EACH_HOUR, payload: {} });

const zoneOf = async (db: Db, workspace: string): Promise<string> =>
  (await db.selectFrom('workspace').select('time_zone').where('id', '=', workspace).executeTakeFirstOrThrow())
    .time_zone;

export async function describeMailings(db: Db, workspace: string, rows: readonly Row[]): Promise<Mailing[]> {
  const [zone, titles, sent] = await Promise.all([
    zoneOf(db, workspace),
    titlesOf(db, workspace),
    db
      .selectFrom('report_mailed')
      .select(['mailing', 'at', 'recipients', 'problem'])
      .distinctOn('mailing')
      .where('workspace', '=', workspace)
      .orderBy('mailing')
      .orderBy('due', 'desc')
      .execute(),
  ]);
  return rows.map((row) => {
    const definition = mailingDefinition.parse(row.definition);
    const last = sent.find(({ mailing }) => mailing === row.id);
    return {
      id: row.id,
      name: row.name,
      definition,
      title: titles.get((definition.report ?? definition.dashboard)!) ?? null,
      nextAt: row.archived_at === null ? (nextTime(cronOf(definition), zone, new Date())?.toISOString() ?? null) : null,
      last: last ? { at: last.at.toISOString(), recipients: last.recipients, problem: last.problem } : null,
      version: row.version,
      updatedBy: row.updated_by,
      archived: row.archived_at !== null,
    };
  });
}

export interface MailingParts extends LetterDeps {
  db: Db;
  mail(): Mail;
  outbox(): Outbox;
}

async function sendDue(parts: MailingParts, workspace: string, row: Row, due: Date): Promise<void> {
  const { db } = parts;
  const definition = mailingDefinition.parse(row.definition);
  const can = await parts.mail().canSend(workspace);
  const values = can ? await writeLetter(parts, workspace, { name: row.name, definition }) : null;
  await db.transaction().execute(async (tx) => {
    const fresh = await tx
      .insertInto('report_mailed')
      .values({
        ...{ workspace, mailing: row.id, due, recipients: values ? definition.to.length : 0 },
        problem: values ? null : NO_SERVER,
      })
      .onConflict((on) => on.columns(['workspace', 'mailing', 'due']).doNothing())
      .returning('due')
      .executeTakeFirst();
    if (!fresh) return;
    for (const to of values ? definition.to : [])
      await parts.mail().enqueue(tx as never, {
        ...{ workspace, to, language: definition.language, template: 'report' },
        values: { ...values!, who: row.updated_by },
        about: `mailing/${row.id}`,
      });
    // people of the company find it under the bell too; without a mail server this is all they get
    const { report, dashboard } = definition;
    await parts.outbox().publish(
      { query: (text, given) => tx.executeQuery(CompiledQuery.raw(text, given)) },
      {
        workspace,
        topic: values ? 'report.sent' : 'report.unsent',
        key: `${row.id} ${due.toISOString()}`,
        data: {
          name: row.name,
          path: report ? `explorer?report=${report}` : `dashboards?dashboard=${dashboard}`,
          to: definition.to,
        },
      },
    );
  });
}

export const mailReports = defineJob({
  name: 'mail-reports',
  title: 'jobs.names.mailReports',
  payload: z.object({}),
  lane: 'quick',
  run: async ({ workspace, log, progress }, parts: MailingParts) => {
    const { db } = parts;
    const zone = await zoneOf(db, workspace);
    const now = new Date();
    const rows = await keptMailings(db).list(workspace, 'active');
    let sent = 0;
    for (const [i, row] of rows.entries()) {
      try {
        const before = await db
          .selectFrom('report_mailed')
          .select((of) => of.fn.max('due').as('due'))
          .where('workspace', '=', workspace)
          .where('mailing', '=', row.id)
          .executeTakeFirst();
        const since = new Date(Math.max(row.updated_at.getTime(), before?.due?.getTime() ?? 0));
        const due = lastDue(mailingDefinition.parse(row.definition), zone, since, now);
        if (due) {
          await sendDue(parts, workspace, row, due);
          sent++;
        }
      } catch (error) {
        // one that can't be written must not keep the others
        log.error({ err: error, mailing: row.id }, 'a report could not be written');
      }
      progress(i + 1, rows.length);
    }
    return { mailings: rows.length, sent };
  },
});
