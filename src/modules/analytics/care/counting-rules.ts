// The rules of a company as they are kept: checked, versioned, put away and taken back; and what each has left out so far.
import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type pg from 'pg';
import { readNetwork } from '../../../platform/http/networks.ts';
import { KeptRecords, type Stored } from '../../../platform/kept/kept.ts';
import { chooseSites } from '../report/open-scope.ts';
import type { Db } from '../sites/sites.ts';
import type { CountingRuleView, RuleKind } from './contract.ts';
import { CountingRules } from './rules.ts';

interface Own {
  site: string | null;
  kind: RuleKind;
  pattern: string;
}

export const describeRule = (row: Stored<Own>): CountingRuleView => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  pattern: row.pattern,
  site: row.site,
  version: row.version,
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
  archived: row.archived_at !== null,
});

const MOST_RULES = 500;
const refuse = (message: string) => new ORPCError('BAD_REQUEST', { message });

function checkPattern(kind: RuleKind, pattern: string): void {
  if (kind === 'address') {
    const read = readNetwork(pattern);
    if (read === null)
      throw refuse('Write an address like 203.0.113.7, or a range like 203.0.113.0/24 or 2001:db8::/32.');
    if (read.prefix < (read.family === 'ipv4' ? 8 : 16))
      throw refuse(
        'This range is wider than any company has. Write a narrower one: /8 or more for IPv4, /16 for IPv6.',
      );
  }
  if (kind === 'path' && !/^[/*]/.test(pattern)) throw refuse('A page begins with /, like /admin/* or /thanks.');
  if (kind === 'path' && /^[/*]*\*$/.test(pattern) && pattern !== '/')
    throw refuse('This would leave out every page. To stop counting a site, take its line off the site.');
  if (kind === 'parameter' && !/^[\w.[\]~-]+$/.test(pattern))
    throw refuse('Write the name of one parameter, like token: letters, digits and . _ - [ ] alone.');
  if ((kind === 'spam' || kind === 'not-spam') && !/^[\p{L}\p{N}.*:/_-]+\.[\p{L}\p{N}/-]+$/u.test(pattern))
    throw refuse('Write a domain like spam.example; its subdomains are meant too.');
  if ((kind === 'robot' || kind === 'not-robot') && pattern.length < 4)
    throw refuse('Write at least four characters of the browser signature, so that nobody else is meant.');
}

export const keptRules = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'counting_rule',
    called: 'a rule',
    columns: { site: 'plain', kind: 'plain', pattern: 'plain' },
    async check(asked, workspace, id, given) {
      checkPattern(given.kind, given.pattern);
      const own = asked as unknown as Db;
      if (given.site !== null) await chooseSites(own, workspace, given.site);
      const { n } = await own
        .selectFrom('counting_rule')
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .where('workspace', '=', workspace)
        .where('archived_at', 'is', null)
        .where('id', '!=', id)
        .executeTakeFirstOrThrow();
      // each is asked for every event
      if (Number(n) >= MOST_RULES) throw refuse(`A company has at most ${MOST_RULES} rules. Put some away first.`);
    },
  });

/** The rules in force on a site. */
export async function rulesOf(pool: pg.Pool, workspace: string, site: string): Promise<CountingRules> {
  const found = await pool.query(
    `SELECT id, name, kind, pattern, site FROM counting_rule
     WHERE workspace = $1 AND archived_at IS NULL AND (site IS NULL OR site = $2) ORDER BY id`,
    [workspace, site],
  );
  return new CountingRules(found.rows);
}

/** By UTC day and rule, the newest day first. */
export const leftOutByDay = (db: Db, workspace: string, days: number) =>
  db
    .selectFrom('excluded_day')
    .select((eb) => [
      sql<string>`day::text`.as('day'),
      'rule',
      sql<number>`${eb.fn.sum('events')}::float8`.as('events'),
    ])
    .where('workspace', '=', workspace)
    .where(sql<boolean>`day > (now() AT TIME ZONE 'UTC')::date - ${days}::int`)
    .groupBy(['day', 'rule'])
    .orderBy('day', 'desc')
    .execute();

export async function listRules(db: Db, workspace: string, state: 'active' | 'archived') {
  const [rows, days] = await Promise.all([keptRules(db).list(workspace, state), leftOutByDay(db, workspace, 30)]);
  const week = new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10);
  return rows.map((row) => {
    const own = days.filter(({ rule }) => rule === row.id);
    const sum = (list: typeof own) => list.reduce((total, { events }) => total + events, 0);
    return { ...describeRule(row), week: sum(own.filter(({ day }) => day >= week)), month: sum(own) };
  });
}
