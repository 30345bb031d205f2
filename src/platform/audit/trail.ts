// Reading the audit trail of a company: by person, action, thing, words and days; page by page, or as a file.
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { CSV_MARK, csvLine } from '../exports/csv.ts';
import type { PeopleTables } from '../workspaces/tables.ts';

type Db = Kysely<PeopleTables>;
type Query<O> = SelectQueryBuilder<PeopleTables, 'audit', O>;

export interface TrailFilter {
  who?: string | undefined;
  action?: string | undefined;
  /** exactly the thing */
  target?: string | undefined;
  /** words anywhere in thing, person or details */
  search?: string | undefined;
  /** days in the company's zone, both included */
  from?: string | undefined;
  to?: string | undefined;
}

const PAGE = 100;
const MOST_IN_A_FILE = 50_000;

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

async function zoneOf(db: Db, workspace: string): Promise<string> {
  const row = await db
    .selectFrom('workspace')
    .select('time_zone')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  return row.time_zone;
}

function filtered<O>(query: Query<O>, filter: TrailFilter, zone: string): Query<O> {
  const day = (text: string, more: number) =>
    sql<Date>`((${text}::date + ${more}::int)::timestamp AT TIME ZONE ${zone})`;
  let found = query;
  if (filter.who) found = found.where('who', '=', filter.who);
  if (filter.action) found = found.where('action', '=', filter.action);
  if (filter.target) found = found.where('target', '=', filter.target);
  if (filter.from) found = found.where('at', '>=', day(filter.from, 0));
  if (filter.to) found = found.where('at', '<', day(filter.to, 1));
  if (filter.search) {
    const words = like(filter.search);
    found = found.where((eb) =>
      eb.or([
        eb('target', 'ilike', words),
        eb('who', 'ilike', words),
        eb('action', 'ilike', words),
        eb(sql<string>`details::text`, 'ilike', words),
      ]),
    );
  }
  return found;
}

const rowsOf = (db: Db, workspace: string) =>
  db
    .selectFrom('audit')
    .select(['id', 'at', 'who', 'action', 'target', 'details'])
    .where('workspace', '=', workspace)
    .orderBy('id', 'desc');

/** Newest first; `before` is the id of the last row of the page before. */
export async function listTrail(
  db: Db,
  workspace: string,
  filter: TrailFilter & { before?: string | undefined; limit?: number | undefined },
) {
  const query = filtered(rowsOf(db, workspace), filter, await zoneOf(db, workspace)).limit(filter.limit ?? PAGE);
  const rows = await (filter.before ? query.where('id', '<', filter.before) : query).execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Who and what there is to choose from. */
export async function trailFacets(db: Db, workspace: string) {
  const of = (column: 'who' | 'action') =>
    db
      .selectFrom('audit')
      .select((eb) => [`${column} as value`, eb.fn.countAll<number>().as('count')])
      .where('workspace', '=', workspace)
      .groupBy(column)
      .orderBy('count', 'desc')
      .limit(200)
      .execute();
  const [people, actions] = await Promise.all([of('who'), of('action')]);
  return { people, actions };
}

export async function trailFile(db: Db, workspace: string, filter: TrailFilter): Promise<File> {
  const query = filtered(rowsOf(db, workspace), filter, await zoneOf(db, workspace)).limit(MOST_IN_A_FILE);
  const lines = [CSV_MARK, csvLine(['at', 'who', 'action', 'target', 'details'])];
  for (const row of await query.execute())
    lines.push(csvLine([row.at.toISOString(), row.who, row.action, row.target, JSON.stringify(row.details)]));
  return new File(lines, 'audit.csv', { type: 'text/csv; charset=utf-8' });
}
