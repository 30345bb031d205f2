// One visitor over all the numbers they had: found by an id somebody can name, and read whole.
import { ORPCError } from '@orpc/server';
import type { Kysely } from 'kysely';
import { consentedVisitor } from '../../collect/visitor.ts';
import { quote } from '../../report/dimensions.ts';
import type { Reports } from '../../report/report.ts';
import type { AnalyticsTables } from '../../tables.ts';
import type { Person } from './contract.ts';

type Db = Kysely<AnalyticsTables>;
const MOST_PEOPLE = 20;
const MOST_ROWS = 200_000;
/** Numbers change at midnight and with consent: a chain of so many is followed. */
const LINKS = 50;

const of = (workspace: string, site: string): string => `workspace = ${quote(workspace)} AND site = ${quote(site)}`;
export const amongNumbers = (visitors: readonly string[]): string => `visitor IN (${visitors.join(', ')})`;

/** All numbers of the visitor who had this one. */
export async function numbersOf(reports: Reports, workspace: string, site: string, visitor: string): Promise<string[]> {
  const known = new Set([visitor]);
  for (let n = 0; n < LINKS; n++) {
    const list = [...known].join(', ');
    const found = await reports.rows<{ other: string }>(`
      SELECT DISTINCT toString(other) AS other FROM (
        SELECT visitor_before AS other FROM events WHERE ${of(workspace, site)} AND visitor IN (${list}) AND visitor_before != 0
        UNION ALL SELECT visitor AS other FROM events WHERE ${of(workspace, site)} AND visitor_before IN (${list}))`);
    const before = known.size;
    for (const { other } of found) known.add(other);
    if (known.size === before) break;
  }
  return [...known];
}

/** Consent proofs carry the id of the cookie itself; a number is made of it and never the other way round. */
export async function proofsOf(db: Db, workspace: string, site: string, visitors: readonly string[]) {
  const rows = await db
    .selectFrom('consent_proof')
    .select(['id', 'visitor', 'version', 'language', 'choice', 'at', 'user_agent'])
    .where('workspace', '=', workspace)
    .where('site', '=', site)
    .where('visitor', 'is not', null)
    .execute();
  const wanted = new Set(visitors);
  return rows.filter((row) => wanted.has(String(consentedVisitor(site, row.visitor!))));
}

export async function findPeople(db: Db, reports: Reports, workspace: string, id: string): Promise<Person[]> {
  const sites = await db.selectFrom('site').select(['id', 'host']).where('workspace', '=', workspace).execute();
  const found: Person[] = [];
  for (const { id: site, host } of sites) {
    const numbers = [String(consentedVisitor(site, id)), ...(/^\d{5,20}$/.test(id) ? [id] : [])];
    const text = quote(id);
    const rows = await reports.rows<{ visitor: string }>(`
      SELECT DISTINCT toString(visitor) AS visitor FROM events WHERE ${of(workspace, site)}
        AND (${amongNumbers(numbers)} OR person = ${text} OR order_id = ${text} OR ga_id = ${text} OR ym_id = ${text}) LIMIT ${MOST_PEOPLE}`);
    const seen = new Set<string>();
    for (const { visitor } of rows) {
      if (seen.has(visitor)) continue;
      const visitors = await numbersOf(reports, workspace, site, visitor);
      for (const one of visitors) seen.add(one);
      const [sums] = await reports.rows<Record<'first' | 'last' | 'views' | 'acts' | 'orders', string>>(`
        SELECT toString(toDate(min(at))) AS first, toString(toDate(max(at))) AS last, countIf(kind = 'view') AS views,
          countIf(kind = 'event') AS acts, uniqExactIf(order_id, order_id != '' AND name = 'purchase') AS orders
        FROM events WHERE ${of(workspace, site)} AND ${amongNumbers(visitors)}`);
      const proofs = await proofsOf(db, workspace, site, visitors);
      found.push({
        ...{ site, host, visitor, visitors, first: sums!.first, last: sums!.last },
        ...{ views: Number(sums!.views), events: Number(sums!.acts), orders: Number(sums!.orders) },
        proofs: proofs.length,
      });
    }
  }
  return found;
}

/** What other modules keep of these visitors, by its name in the file. */
export type AlsoKept = (
  workspace: string,
  site: string,
  visitors: readonly string[],
) => Promise<Record<string, readonly unknown[]>>;

/** A file that a person can be handed (GDPR article 15, 152-FZ article 14): what is stored, as it is stored. */
export async function exportPerson(
  { db, reports, alsoKept }: { db: Db; reports: Reports; alsoKept: AlsoKept },
  workspace: string,
  site: string,
  visitor: string,
): Promise<File> {
  const visitors = await numbersOf(reports, workspace, site, visitor);
  const rows = (table: string, columns: string, order: string) =>
    reports.rows<Record<string, unknown>>(
      `SELECT ${columns} FROM ${table} WHERE ${of(workspace, site)} AND ${amongNumbers(visitors)} ORDER BY ${order} LIMIT ${MOST_ROWS}`,
    );
  const [events, visits, sales, proofs, others] = await Promise.all([
    rows('events', '* EXCEPT (workspace, derivation)', 'at, id'),
    rows('visits FINAL', '* EXCEPT (workspace, version, gone)', 'start'),
    rows('sales FINAL', '* EXCEPT (workspace, version, gone)', 'at, id'),
    proofsOf(db, workspace, site, visitors),
    alsoKept(workspace, site, visitors),
  ]);
  if (events.length === 0) throw new ORPCError('NOT_FOUND', { message: 'Nothing is known of this visitor.' });
  const all = { exportedAt: new Date().toISOString(), visitors, events, visits, sales, consent: proofs, ...others };
  return new File([JSON.stringify(all, null, 2)], `visitor-${visitor}.json`, { type: 'application/json' });
}
