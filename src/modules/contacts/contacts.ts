// Calls and chats: recorded by the code a visitor read out or the number that was called, with where they came from at that moment.
import { ORPCError } from '@orpc/server';
import { type Selectable, sql } from 'kysely';
import { writeAudit } from '../../platform/audit/audit.ts';
import { uuidv7 } from '../../platform/ids/uuid.ts';
import { minorDigits } from '../../platform/money/money.ts';
import type { Collector } from '../analytics/index.ts';
import { quote, type Reports } from '../analytics/index.ts';
import { readCode } from './codes.ts';
import { describeSource, keptSources } from './contact-sources.ts';
import { type Contact, digitsOf, type FoundCode } from './contract.ts';
import type { ContactTables, Db } from './tables.ts';

const KEPT_DAYS = 90;
const MOST_LISTED = 1000;
const MOST_PAGES = 10;

export interface ContactDeps {
  db: Db;
  reports: Reports;
  collector: Collector;
}
type Row = Selectable<ContactTables['contact']>;

const describe = (row: Row): Contact => ({
  id: row.id,
  kind: row.kind,
  at: row.at.toISOString(),
  contactSource: row.source_id,
  code: row.code,
  channel: row.channel,
  source: row.source,
  medium: row.medium,
  campaign: row.campaign,
  landingPage: row.landing_page,
  worth: row.worth === null ? null : Number(row.worth),
  note: row.note,
  createdBy: row.created_by,
});

const NOWHERE = { channel: '', source: '', medium: '', campaign: '', landingPage: '' };
interface Owner {
  site: string;
  host: string;
  visitor: string;
  seenAt: Date;
}

/** Whose code it is; of two visitors with the same one, the one who saw it last. */
async function ownerOf(db: Db, workspace: string, code: string): Promise<Owner | undefined> {
  const row = await db
    .selectFrom('contact_code')
    .innerJoin('site', 'site.id', 'contact_code.site')
    .select(['contact_code.site', 'site.host', 'contact_code.visitor', 'contact_code.seen_at'])
    .where('contact_code.workspace', '=', workspace)
    .where('contact_code.code', '=', code)
    .orderBy('contact_code.seen_at', 'desc')
    .executeTakeFirst();
  return row && { site: row.site, host: row.host, visitor: row.visitor, seenAt: row.seen_at };
}

/** The visit in which the code was last shown: the visitor's last one that had begun by then. */
async function visitOf(reports: Reports, workspace: string, { site, visitor, seenAt }: Owner) {
  const day = `toDate(${quote(seenAt.toISOString().slice(0, 10))})`;
  const rows = await reports.rows<Record<string, string | string[]>>(`
    SELECT channel, source, medium, campaign, landing_path, referrer, arraySlice(paths, 1, ${MOST_PAGES}) AS pages,
      count() OVER () AS visits
    FROM visits FINAL WHERE workspace = toUUID(${quote(workspace)}) AND site = toUUID(${quote(site)})
      AND day BETWEEN ${day} - ${KEPT_DAYS} AND ${day} + 1 AND has(ids, toUInt64(${quote(visitor)}))
      AND start <= toDateTime64(${quote(seenAt.toISOString().slice(0, 23).replace('T', ' '))}, 3, 'UTC') + 60
    ORDER BY start DESC LIMIT 1`);
  const [row] = rows;
  if (!row) return null;
  const text = (name: string): string => String(row[name] ?? '');
  return {
    ...{ channel: text('channel'), source: text('source'), medium: text('medium'), campaign: text('campaign') },
    ...{ landingPage: text('landing_path'), referrer: text('referrer') },
    pages: row.pages as string[],
    visits: Number(row.visits),
  };
}

/** Null when nobody was shown this code in the last 90 days. */
export async function findCode(deps: ContactDeps, workspace: string, text: string): Promise<FoundCode | null> {
  const code = readCode(text);
  const owner = await ownerOf(deps.db, workspace, code);
  if (!owner) return null;
  const visit = await visitOf(deps.reports, workspace, owner);
  return { code, host: owner.host, seenAt: owner.seenAt.toISOString(), visit };
}

export interface Given {
  kind: 'call' | 'chat';
  at?: string | undefined;
  code: string;
  contactSource?: string | undefined;
  number?: string | undefined;
  worth: number | null;
  note: string;
  external?: string | undefined;
}

async function sourceOf(db: Db, workspace: string, { contactSource, number }: Given) {
  if (contactSource === undefined && number === undefined) return null;
  const rows = (await keptSources(db).list(workspace, 'active')).map(describeSource);
  const digits = number === undefined ? undefined : digitsOf(number);
  const found = rows.find(
    ({ id, definition }) =>
      id === contactSource || (definition.kind === 'phone' && digitsOf(definition.value) === digits),
  );
  if (!found)
    throw new ORPCError('BAD_REQUEST', {
      message: 'This number is not in the list: add it under "Numbers and codes", with its source.',
    });
  return found;
}

/** Throws BAD_REQUEST for a code nobody was shown, or a number of nobody. */
export async function recordContact(deps: ContactDeps, workspace: string, given: Given, who: string): Promise<Contact> {
  const { db } = deps;
  const known = await toldBefore(db, workspace, given.external);
  if (known) return tellAndDescribe(deps, known);
  const code = readCode(given.code);
  const [number, owner] = await Promise.all([
    sourceOf(db, workspace, given),
    code === '' ? undefined : ownerOf(db, workspace, code),
  ]);
  if (code !== '' && !owner)
    throw new ORPCError('BAD_REQUEST', {
      message: `Nobody was shown the code ${code} in the last ${KEPT_DAYS} days. Ask for it again, or leave it out.`,
    });
  if (!owner && !number)
    throw new ORPCError('BAD_REQUEST', { message: 'Give the visitor’s code, or the number that was called.' });
  const visit = owner ? await visitOf(deps.reports, workspace, owner) : null;
  // the visit says more than the number that was shown in it
  const from = visit ?? (number ? { ...NOWHERE, ...number.definition, channel: number.channel } : NOWHERE);
  const at = given.at ? new Date(given.at) : (owner?.seenAt ?? new Date());
  if (at.getTime() > Date.now() + 60_000)
    throw new ORPCError('BAD_REQUEST', { message: 'A call can’t be in the future: check the time.' });
  const row = await db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('contact')
      .values({
        ...{ workspace, id: uuidv7(), kind: given.kind, at, source_id: number?.id ?? null, code },
        ...{ visitor: owner?.visitor ?? '', site: owner?.site ?? null },
        ...{ channel: from.channel, source: from.source, medium: from.medium, campaign: from.campaign },
        ...{ landing_page: from.landingPage, worth: given.worth, note: given.note },
        ...{ external: given.external ?? null, created_by: who, removed_at: null },
      })
      // told by two at once: the other one was first
      .onConflict((on) => on.columns(['workspace', 'external']).where('external', 'is not', null).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) return undefined;
    await writeAudit(tx, {
      workspace,
      who,
      action: 'contact.create',
      target: given.kind,
      details: { contact: made.id },
    });
    return made;
  });
  return tellAndDescribe(deps, (row ?? (await toldBefore(db, workspace, given.external)))!);
}

const toldBefore = async (db: Db, workspace: string, external: string | undefined): Promise<Row | undefined> =>
  external === undefined
    ? undefined
    : db
        .selectFrom('contact')
        .selectAll()
        .where('workspace', '=', workspace)
        .where('external', '=', external)
        .executeTakeFirst();

/**
 * A goal "event is call" counts it, in the visit it came from when that is under way. Told again where a kill came between the row and
 * the event: an event of the same id is one.
 */
async function tellAndDescribe(deps: ContactDeps, row: Row): Promise<Contact> {
  if (row.visitor !== '' && row.site !== null) await tell(deps, row, row.site);
  return describe(row);
}

async function tell({ db, collector }: ContactDeps, row: Row, site: string): Promise<void> {
  const { currency } = await db
    .selectFrom('workspace')
    .select('currency')
    .where('id', '=', row.workspace)
    .executeTakeFirstOrThrow();
  await collector.fromInside(row.workspace, site, BigInt(row.visitor), {
    id: `contact ${row.id}`,
    name: row.kind,
    at: row.at.getTime(),
    properties: { code: row.code },
    ...(row.worth === null ? {} : { revenue: { amount: Number(row.worth) / 10 ** minorDigits(currency), currency } }),
  });
}

/** The first moment of a day on a zone's clock, for PostgreSQL. */
export const startOf = (day: string, zone: string) => sql<Date>`(${day}::timestamp AT TIME ZONE ${zone})`;

export async function listContacts(db: Db, workspace: string, from: string, to: string): Promise<Contact[]> {
  const { time_zone: zone } = await db
    .selectFrom('workspace')
    .select('time_zone')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('contact')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('removed_at', 'is', null)
    .where('at', '>=', startOf(from, zone))
    .where('at', '<', startOf(to, zone))
    .orderBy('at', 'desc')
    .limit(MOST_LISTED)
    .execute();
  return rows.map(describe);
}

export async function setRemoved(
  db: Db,
  workspace: string,
  id: string,
  removed: boolean,
  who: string,
): Promise<Contact> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('contact')
      .set({ removed_at: removed ? new Date() : null })
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such call or chat in this company.' });
    const action = removed ? 'contact.remove' : 'contact.restore';
    await writeAudit(tx, { workspace, who, action, target: row.kind, details: { contact: id } });
    return describe(row);
  });
}

/** Codes nobody saw for 90 days. Call it daily. */
export async function forgetCodes(db: Db): Promise<void> {
  await db
    .deleteFrom('contact_code')
    .where('seen_at', '<', new Date(Date.now() - KEPT_DAYS * 86_400_000))
    .execute();
}

/** Calls and chats of these visitors as they are stored, for a person who asks what is kept of them; those taken off too. */
export function contactsOfVisitors(db: Db, workspace: string, site: string, visitors: readonly string[]) {
  return db
    .selectFrom('contact')
    .select(['kind', 'at', 'code', 'channel', 'source', 'medium', 'campaign', 'landing_page', 'worth', 'note'])
    .where('workspace', '=', workspace)
    .where('site', '=', site)
    .where('visitor', 'in', [...visitors])
    .orderBy('at')
    .execute();
}

/** Takes out of calls and chats who it was; that there was one stays. */
export async function eraseVisitors(
  db: Db,
  workspace: string,
  site: string,
  visitors: readonly string[],
): Promise<void> {
  if (visitors.length === 0) return;
  await db
    .deleteFrom('contact_code')
    .where('workspace', '=', workspace)
    .where('site', '=', site)
    .where('visitor', 'in', visitors)
    .execute();
  await db
    .updateTable('contact')
    .set({ visitor: '', code: '', note: '' })
    .where('workspace', '=', workspace)
    .where('visitor', 'in', visitors)
    .execute();
}
