// Tells people what they would otherwise have to look for. The outbox hands over what happened; a row per person is written in
// the transaction that marks it, so nothing is told twice or forgotten.
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { uuidv7 } from '../ids/uuid.ts';
import type { Change, Consumer } from '../outbox/outbox.ts';
import type { Notification } from './contract.ts';
import type { NotificationTables } from './tables.ts';

export type Db = Kysely<NotificationTables>;

const KEPT_DAYS = 90;

interface Told {
  kind: string;
  details: Record<string, string | number | null>;
  path: string | null;
  /** e-mail addresses; none: the owners and heads of the company */
  to: readonly string[];
}

/** A run that ended, as src/platform/jobs publishes it. */
function ofJob({ data }: Change): Told | null {
  const { state, title, page, who, error, seconds } = data as Record<string, string | number | null>;
  const person = String(who ?? '');
  const byPerson = person.includes('@');
  // what took a moment was seen by the one who asked for it
  if (state === 'done' && (!byPerson || Number(seconds) < TOLD_AFTER_SECONDS)) return null;
  return {
    kind: state === 'done' ? 'job.done' : 'job.failed',
    details: { title: String(title), error: error === null ? null : String(error).slice(0, 300) },
    path: typeof page === 'string' ? page : state === 'done' ? 'settings/jobs' : 'settings/jobs?show=lost',
    to: byPerson ? [person] : [],
  };
}
const TOLD_AFTER_SECONDS = 5;

function ofMember({ data }: Change): Told {
  const { name, email, role, inviter } = data as Record<string, string>;
  return {
    kind: 'member.joined',
    details: { name: name ?? '', email: email ?? '', role: role ?? '' },
    path: 'settings/people',
    to: inviter === undefined ? [] : [inviter],
  };
}

function ofAlarm({ data }: Change): Told {
  const { id, name, day, value, expected, more } = data as Record<string, string | boolean>;
  return {
    kind: more ? 'alarm.more' : 'alarm.less',
    details: {
      name: String(name),
      day: String(day),
      // words already: what they are of only the alarm knows
      value: String(value),
      expected: String(expected),
    },
    path: `alarms?alarm=${id}`,
    to: [],
  };
}

/** A report went by mail, or could not: its readers, or the heads. */
const ofReport =
  (kind: 'report.sent' | 'report.unsent') =>
  ({ data }: Change): Told => {
    const { name, path, to } = data as { name: string; path: string; to: string[] };
    return {
      kind,
      details: { name },
      path: kind === 'report.sent' ? path : 'settings/connections',
      to: kind === 'report.sent' ? to : [],
    };
  };

const TOPICS: Readonly<Record<string, (change: Change) => Told | null>> = {
  'job.ended': ofJob,
  'member.joined': ofMember,
  'alarm.rang': ofAlarm,
  'report.sent': ofReport('report.sent'),
  'report.unsent': ofReport('report.unsent'),
};

export const notifier: Consumer = {
  name: 'notifications',
  topics: Object.keys(TOPICS),
  batch: 100,
  async take(changes, client) {
    for (const change of changes) {
      const told = TOPICS[change.topic]?.(change);
      if (told) await write(client, change.workspace, told);
    }
  },
};

/** Only members are told: one who was taken off the company learns nothing of it any more. */
async function write(client: pg.PoolClient, workspace: string, told: Told): Promise<void> {
  const found = await client.query<{ id: string }>(
    `SELECT "user".id FROM member JOIN "user" ON "user".id = member."userId"
     WHERE member."organizationId" = $1
       AND CASE WHEN cardinality($2::text[]) > 0 THEN "user".email = ANY ($2) ELSE member.role IN ('owner', 'head') END`,
    [workspace, told.to],
  );
  for (const { id } of found.rows)
    await client.query(
      'INSERT INTO notification (workspace, id, user_id, kind, details, path) VALUES ($1, $2, $3, $4, $5, $6)',
      [workspace, uuidv7(), id, told.kind, JSON.stringify(told.details), told.path],
    );
}

export async function listNotifications(
  db: Db,
  of: { workspace: string; user: string },
  page: { before?: string | undefined; limit: number },
): Promise<{ unread: number; notifications: Notification[] }> {
  let query = db
    .selectFrom('notification')
    .selectAll()
    .where('workspace', '=', of.workspace)
    .where('user_id', '=', of.user)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before) query = query.where('id', '<', page.before);
  const [rows, unread] = await Promise.all([query.execute(), countUnread(db, of)]);
  return {
    unread,
    notifications: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      details: row.details,
      path: row.path,
      at: row.at.toISOString(),
      read: row.read_at !== null,
    })),
  };
}

async function countUnread(db: Db, of: { workspace: string; user: string }): Promise<number> {
  const row = await db
    .selectFrom('notification')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace', '=', of.workspace)
    .where('user_id', '=', of.user)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Marks one, or all when none is named. A notification of someone else stays as it is. */
export async function readNotifications(
  db: Db,
  of: { workspace: string; user: string },
  id: string | undefined,
): Promise<{ unread: number }> {
  let change = db
    .updateTable('notification')
    .set({ read_at: new Date() })
    .where('workspace', '=', of.workspace)
    .where('user_id', '=', of.user)
    .where('read_at', 'is', null);
  if (id) change = change.where('id', '=', id);
  await change.execute();
  return { unread: await countUnread(db, of) };
}

export async function forgetNotifications(db: Db): Promise<void> {
  await db
    .deleteFrom('notification')
    .where('at', '<', new Date(Date.now() - KEPT_DAYS * 86_400_000))
    .execute();
}
