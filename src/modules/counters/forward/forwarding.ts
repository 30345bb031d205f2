// Which goals of a site are told to Metrica and Google Analytics, and by what names.
import { ORPCError } from '@orpc/server';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { transliterate } from '../../../platform/text/latin.ts';
import {
  describeGoal,
  type Goal,
  keptGoals,
  quote,
  type Reports,
  SHOP_EVENTS,
  siteOrThrow,
} from '../../analytics/index.ts';
import type { Db } from '../tables.ts';
import type { Forwarding, LearningCounter } from './contract.ts';
import { ofVisit, unknownOf } from './tellable.ts';

const SEEN_DAYS = 30;
const LONGEST = 40;

export interface ForwardDeps {
  db: Db;
  reports: Reports;
  at: { publicUrl: string; trackerPath: string };
}

/** A name both counters take: `Sent a form` → `sent_a_form`. */
export function suggestName(name: string): string {
  const plain = transliterate(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const begun = /^[a-z]/.test(plain) ? plain : `goal_${plain}`;
  // Google's own events are not ours to send once more
  return (SHOP_EVENTS.has(begun) ? `goal_${begun}` : begun).slice(0, LONGEST).replace(/_+$/, '');
}

const goalsOn = async (db: Db, workspace: string, site: string): Promise<Goal[]> =>
  (await keptGoals(db as never).list(workspace, 'active'))
    .map(describeGoal)
    .filter((goal) => goal.site === null || goal.site === site);

async function seenOn(reports: Reports, workspace: string, site: string): Promise<Forwarding['seen']> {
  const [row] = await reports.rows<{ visits: string; metrica: string; ga4: string }>(`
    SELECT uniqExact(visitor) AS visits, uniqExactIf(visitor, ym_id != '') AS metrica, uniqExactIf(visitor, ga_id != '') AS ga4
    FROM events WHERE workspace = ${quote(workspace)} AND site = ${quote(site)} AND day >= today() - ${SEEN_DAYS}
      AND kind = 'view' AND visitor_kind NOT IN ('imported', 'server') AND bot = 0`);
  return { visits: Number(row?.visits ?? 0), metrica: Number(row?.metrica ?? 0), ga4: Number(row?.ga4 ?? 0) };
}

export async function forwardingOf(deps: ForwardDeps, workspace: string, site: string): Promise<Forwarding> {
  const { db, reports, at } = deps;
  const { key } = await siteOrThrow(db as never, workspace, site);
  const [goals, told, counter, seen] = await Promise.all([
    goalsOn(db, workspace, site),
    db
      .selectFrom('forwarded_goal')
      .select(['goal', 'counter', 'name'])
      .where('workspace', '=', workspace)
      .where('site', '=', site)
      .execute(),
    numberOf(db, workspace, site),
    seenOn(reports, workspace, site),
  ]);
  const nameIn = (goal: string, where: LearningCounter): string | null =>
    told.find((one) => one.goal === goal && one.counter === where)?.name ?? null;
  const beside = at.trackerPath.replace(/[^/]+$/, '');
  const line = (path: string): string => `<script defer src="${at.publicUrl}${path}" data-site="${key}"></script>`;
  return {
    site,
    snippet: `${line(`${beside}tw-goals.js`)}${line(at.trackerPath)}`,
    number: counter,
    seen,
    goals: goals.map((goal) => ({
      id: goal.id,
      name: goal.name,
      unknown: unknownOf(goal),
      ofVisit: ofVisit(goal),
      metrica: nameIn(goal.id, 'metrica'),
      ga4: nameIn(goal.id, 'ga4'),
      suggested: suggestName(goal.name),
    })),
  };
}

async function numberOf(db: Db, workspace: string, site: string): Promise<string | null> {
  const row = await db
    .selectFrom('counter')
    .select('number')
    .where('workspace', '=', workspace)
    .where('site', '=', site)
    .where('counter', '=', 'metrica')
    .executeTakeFirst();
  return row?.number ?? null;
}

interface Choice {
  number: string | null;
  goals: readonly { id: string; metrica: string | null; ga4: string | null }[];
}

/** What can't be told, and names that would count something twice, with what to do instead. */
function check(goals: readonly Goal[], { number, goals: chosen }: Choice): void {
  const wrong = (message: string): never => {
    throw new ORPCError('BAD_REQUEST', { message });
  };
  for (const { id, metrica, ga4 } of chosen) {
    const goal = goals.find((one) => one.id === id) ?? wrong('There is no such goal on this site.');
    if (ofVisit(goal)) wrong(`"${goal.name}" is told from a whole visit, which no page knows. Leave it out.`);
    const [unknown] = unknownOf(goal);
    if (unknown) wrong(`"${goal.name}" asks about ${unknown}, which no page knows. Leave it out.`);
    if (metrica !== null && number === null) wrong('Give the number of the Metrica counter, or tell it no goals.');
    if (ga4 !== null && SHOP_EVENTS.has(ga4)) {
      wrong(`${ga4} is an event Google Analytics counts by itself: it would be counted twice. Choose another name.`);
    }
  }
  for (const counter of ['metrica', 'ga4'] as const) {
    const names = chosen.map((one) => one[counter]).filter((name) => name !== null);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) wrong(`Two goals are called ${twice}: they could not be told apart. Give one another name.`);
  }
}

export async function setForwarding(
  deps: ForwardDeps,
  workspace: string,
  site: string,
  choice: Choice,
  who: string,
): Promise<Forwarding> {
  const { host } = await siteOrThrow(deps.db as never, workspace, site);
  check(await goalsOn(deps.db, workspace, site), choice);
  const rows = choice.goals.flatMap(({ id, metrica, ga4 }) =>
    (
      [
        ['metrica', metrica],
        ['ga4', ga4],
      ] as const
    ).flatMap(([counter, name]) => (name === null ? [] : [{ workspace, site, goal: id, counter, name }])),
  );
  await deps.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('forwarded_goal').where('workspace', '=', workspace).where('site', '=', site).execute();
    if (rows.length > 0) await tx.insertInto('forwarded_goal').values(rows).execute();
    await tx
      .insertInto('counter')
      .values({ workspace, site, counter: 'metrica', zone: null, number: choice.number })
      .onConflict((row) => row.columns(['workspace', 'site', 'counter']).doUpdateSet({ number: choice.number }))
      .execute();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'counter.forward',
      target: host,
      details: { number: choice.number, goals: rows.map(({ goal, counter, name }) => ({ goal, counter, name })) },
    });
  });
  return forwardingOf(deps, workspace, site);
}
