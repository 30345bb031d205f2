// The past counted anew by the rules of today: pages left out, robots and spam among stored events, then the visits and sales that are
// made of them. Nothing is thrown away: what a rule leaves out of the past comes back when the rule goes. Site by site and month by
// month, so that it goes on where it was after a stop.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { z } from 'zod';
import { localDays, markDirty } from '../../../platform/events/flusher.ts';
import { dayOf } from '../../../platform/events/row.ts';
import type { EventStore } from '../../../platform/events/store.ts';
import { defineJob } from '../../../platform/jobs/index.ts';
import { deriveClient } from '../derive/index.ts';
import { quote } from '../report/dimensions.ts';
import { rulesOf } from './counting-rules.ts';
import { type CountingRules, parameterExpression, SPAM_NAME } from './rules.ts';

export interface RecountParts {
  pool: pg.Pool;
  clickhouse: ClickHouseClient;
  store: EventStore;
}

/** Statements here carry signatures of robots. */
const LONG = { max_query_size: '134217728', mutations_sync: '1' } as const;

interface Step {
  site: string;
  /** YYYYMM */
  month: string;
  /** UTC days since 1970 */
  days: number[];
}

async function stepsOf(clickhouse: ClickHouseClient, workspace: string): Promise<Step[]> {
  const found = await clickhouse.query({
    query: `SELECT toString(site) AS site, toString(toYYYYMM(day)) AS month, arraySort(groupUniqArray(toString(day))) AS days
      FROM events WHERE workspace = {workspace:UUID} GROUP BY site, month ORDER BY site, month`,
    query_params: { workspace },
    format: 'JSONEachRow',
  });
  const rows = await found.json<{ site: string; month: string; days: string[] }>();
  return rows.map(({ days, ...step }) => ({ ...step, days: days.map((day) => dayOf(Date.parse(day))) }));
}

/** What an event was before a rule left it out: views of logs have no name. */
const OWN_KIND = "multiIf(name IN ('', 'page_view'), 'view', name IN ('engagement', 'web_vital'), 'signal', 'event')";

/** Signatures that are robots by rule or by themselves, with their names, of those that are stored. */
async function robotsAmong(
  clickhouse: ClickHouseClient,
  where: string,
  rules: CountingRules,
): Promise<{ agents: string[]; names: string[] }> {
  const found = await clickhouse.query({
    query: `SELECT DISTINCT user_agent FROM events WHERE ${where}`,
    format: 'JSONEachRow',
  });
  const robots = { agents: [] as string[], names: [] as string[] };
  for (const { user_agent } of await found.json<{ user_agent: string }>()) {
    // told by a server, or by something without a name: it was decided when it came
    if (user_agent === '') continue;
    const { bot, botName } = deriveClient(user_agent);
    const verdict = rules.judge(user_agent, '', { bot, botName });
    if (!verdict.bot) continue;
    robots.agents.push(user_agent);
    robots.names.push(verdict.botName);
  }
  return robots;
}

/** Changes only rows that are another thing by the rules than they are stored as, so a second time changes nothing. */
async function judgeAgain(clickhouse: ClickHouseClient, workspace: string, step: Step, rules: CountingRules) {
  const where = `workspace = ${quote(workspace)} AND site = ${quote(step.site)} AND toYYYYMM(day) = ${step.month}`;
  const robots = await robotsAmong(clickhouse, where, rules);
  const list = (texts: readonly string[]): string => `[${texts.map(quote).join(', ')}]`;
  const hosts = await clickhouse.query({
    query: `SELECT DISTINCT referrer_host FROM events WHERE ${where} AND referrer_host != ''`,
    format: 'JSONEachRow',
  });
  const spam = (await hosts.json<{ referrer_host: string }>())
    .map(({ referrer_host }) => referrer_host)
    .filter((host) => rules.isSpam(host));
  const isRobot = robots.agents.length > 0 ? `user_agent IN (${robots.agents.map(quote).join(', ')})` : '0';
  const isSpam = spam.length > 0 ? `referrer_host IN (${spam.map(quote).join(', ')})` : '0';
  const spamName = `if(${isSpam}, ${quote(SPAM_NAME)}, '')`;
  const nameless = `user_agent = '' AND bot = 1 AND bot_name != ${quote(SPAM_NAME)}`;
  const bot = `toUInt8(${isRobot} OR ${isSpam} OR (${nameless}))`;
  const named =
    robots.agents.length > 0
      ? `transform(user_agent, ${list(robots.agents)}, ${list(robots.names)}, ${spamName})`
      : spamName;
  const botName = `if(${nameless}, bot_name, ${named})`;
  const out = rules.paths.map(({ expression }) => `match(path, ${quote(`(?s)${expression}`)})`).join(' OR ') || '0';
  // only what people did can be left out; assets and errors of logs are none of it
  const kind = `multiIf(kind IN ('view', 'event', 'signal', 'excluded') AND (${out}), 'excluded', kind = 'excluded', ${OWN_KIND}, toString(kind))`;
  await clickhouse.command({
    query: `ALTER TABLE events UPDATE bot = ${bot}, bot_name = ${botName}, kind = CAST(${kind} AS ${KINDS})
      WHERE ${where} AND (bot != ${bot} OR bot_name != ${botName} OR toString(kind) != ${kind})`,
    clickhouse_settings: LONG,
  });
  if (rules.parameters.length === 0) return;
  // what is not to be kept goes for good
  const carries = `match(concat(url, ' ', referrer), ${quote(parameterExpression(rules.parameters))})`;
  const without = (address: string): string => `cutURLParameter(${address}, ${list(rules.parameters)})`;
  await clickhouse.command({
    query: `ALTER TABLE events UPDATE url = ${without('url')}, referrer = ${without('referrer')},
      query = trimLeft(${without("concat('?', query)")}, '?') WHERE ${where} AND ${carries}`,
    clickhouse_settings: LONG,
  });
}

const KINDS = "Enum8('view' = 1, 'event' = 2, 'asset' = 3, 'error' = 4, 'other' = 5, 'signal' = 6, 'excluded' = 7)";

export const recount = defineJob({
  name: 'recount',
  title: 'jobs.names.recount',
  payload: z.object({}),
  lane: 'long',
  run: async ({ workspace, progress, checkpoint, signal }, { pool, clickhouse, store }: RecountParts) => {
    const found = await pool.query<{ time_zone: string; now: Date }>(
      'SELECT time_zone, now() AS now FROM workspace WHERE id = $1',
      [workspace],
    );
    const facts = { workspace, timeZone: found.rows[0]!.time_zone };
    const kept = await checkpoint.load<{ asOf: string; after: string }>();
    // rules that change while this runs want another time
    const asOf = kept?.asOf ?? found.rows[0]!.now.toISOString();
    const steps = await stepsOf(clickhouse, workspace);
    for (const [i, step] of steps.entries()) {
      // by what was done last and not by how many: months come and go while this waits
      const key = `${step.site} ${step.month}`;
      if (kept && key <= kept.after) continue;
      signal.throwIfAborted();
      const rules = await rulesOf(pool, workspace, step.site);
      await store.asOnlyWriter(workspace, async () => {
        await markDirty(pool, facts, step.site, localDays(step.days));
        await judgeAgain(clickhouse, workspace, step, rules);
        await markDirty(pool, facts, step.site, await store.deriveDays(facts, step.site, step.days));
      });
      await checkpoint.save({ asOf, after: key });
      progress(i + 1, steps.length, 'jobs.words.countingVisits');
    }
    await pool.query(
      `INSERT INTO recount (workspace, rules_as_of) VALUES ($1, $2)
       ON CONFLICT (workspace) DO UPDATE SET rules_as_of = greatest(recount.rules_as_of, excluded.rules_as_of)`,
      [workspace, asOf],
    );
    return { days: steps.reduce((sum, { days }) => sum + days.length, 0) };
  },
});
