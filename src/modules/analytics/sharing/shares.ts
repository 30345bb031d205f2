// Links that show one report or dashboard to people outside. A link's secret is made of the row's id and the installation's secret:
// it is stored nowhere, and a copy of the database opens nothing.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import { isUuid } from '../../../platform/ids/uuid.ts';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import { todayIn } from '../../../web/dates.ts';
import type { Db } from '../sites/sites.ts';
import { type Share, type ShareDefinition, type Shown, shareDefinition } from './contract.ts';

interface Own {
  definition: ShareDefinition;
}
export type ShareRow = Stored<Own> & { opened: number; opened_at: Date | null };

/** Of 256 bits; as many as no one guesses. */
const MAC_BYTES = 16;

const macOf = (secret: string, ...parts: readonly string[]): Buffer =>
  createHmac('sha256', secret).update(parts.join(' ')).digest().subarray(0, MAC_BYTES);

/** What stands after "#" in the address of a link: the id, and what only this installation can make of it. */
export const keyOf = (secret: string, id: string): string =>
  Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), macOf(secret, 'share', id)]).toString('base64url');

/** The id in a key; null for one that this installation has not made. */
export function idOfKey(secret: string, key: string): string | null {
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== 16 + MAC_BYTES) return null;
  const id = bytes
    .subarray(0, 16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(id) && timingSafeEqual(bytes.subarray(16), macOf(secret, 'share', id)) ? id : null;
}

/** What a right password is answered with. It holds until `until`, and no longer than the password it was given for. */
export const tokenOf = (secret: string, id: string, hash: string, until: number): string =>
  `${until}.${macOf(secret, 'opened', id, hash, String(until)).toString('base64url')}`;

export function tokenHolds(secret: string, id: string, hash: string, token: string | undefined): boolean {
  const until = Number(token?.split('.')[0]);
  if (!token || !(until > Date.now())) return false;
  const [given, right] = [Buffer.from(token), Buffer.from(tokenOf(secret, id, hash, until))];
  return given.length === right.length && timingSafeEqual(given, right);
}

export async function checkShown(asked: unknown, workspace: string, { report, dashboard }: Shown): Promise<void> {
  if ((report === undefined) === (dashboard === undefined))
    throw new ORPCError('BAD_REQUEST', { message: 'Name either a report or a dashboard.' });
  const found = await (asked as Db)
    .selectFrom(report ? 'report' : 'dashboard')
    .select('id')
    .where('workspace', '=', workspace)
    .where('id', '=', (report ?? dashboard)!)
    .executeTakeFirst();
  if (!found)
    throw new ORPCError('BAD_REQUEST', { message: `There is no such ${report ? 'report' : 'dashboard'} here.` });
}

/** Whether it shows what is asked for; nothing asked for: all do. */
export const shows = (definition: Shown, { report, dashboard }: Shown): boolean => {
  const asked = report ?? dashboard;
  return asked === undefined || asked === definition.report || asked === definition.dashboard;
};

export const keptShares = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'share',
    called: 'a link',
    columns: { definition: 'json' },
    check: (asked, workspace, _id, { definition }) => checkShown(asked, workspace, definition),
  });

/** The last day counts whole. */
export const hasEnded = (lastDay: string | null, zone: string): boolean => lastDay !== null && todayIn(zone) > lastDay;

export async function describeShares(
  db: Db,
  workspace: string,
  rows: readonly Stored<Own>[],
  at: { publicUrl: string; secret: string },
): Promise<Share[]> {
  const { time_zone: zone } = await db
    .selectFrom('workspace')
    .select('time_zone')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const titles = await titlesOf(db, workspace);
  return (rows as readonly ShareRow[]).map((row) => {
    const { report, dashboard, lastDay, locked } = shareDefinition.parse(row.definition);
    return {
      id: row.id,
      name: row.name,
      url: `${at.publicUrl}/shared#${keyOf(at.secret, row.id)}`,
      ...(report ? { report } : { dashboard }),
      title: titles.get((report ?? dashboard)!) ?? null,
      lastDay,
      locked,
      ended: hasEnded(lastDay, zone),
      opened: row.opened,
      openedAt: row.opened_at?.toISOString() ?? null,
      version: row.version,
      createdBy: row.created_by,
      createdAt: row.created_at.toISOString(),
      archived: row.archived_at !== null,
    };
  });
}

/** Names of reports and dashboards by id; those put away keep theirs. */
export async function titlesOf(db: Db, workspace: string): Promise<Map<string, string>> {
  const of = (table: 'report' | 'dashboard') =>
    db.selectFrom(table).select(['id', 'name']).where('workspace', '=', workspace).execute();
  const [reports, dashboards] = await Promise.all([of('report'), of('dashboard')]);
  return new Map([...reports, ...dashboards].map(({ id, name }) => [id, name]));
}
