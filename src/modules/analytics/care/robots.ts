// Who is among the robots and why: by name, with a signature or a referrer each came with, so that a wrong verdict can be taken back.
import { quote } from '../report/dimensions.ts';
import type { Question } from '../report/open-scope.ts';
import type { Reports } from '../report/report.ts';
import { instant, own, utcDays, within } from '../report/scope.ts';
import type { Robots } from './contract.ts';
import { SPAM_NAME } from './rules.ts';

const MOST = 200;
const SAMPLES = 3;

/** The part of a signature that is meant by its name: `Googlebot`, else all of it up to its version. */
export function patternOf(name: string, agents: readonly string[]): string {
  const lower = name.toLowerCase();
  if (name.length >= 4 && agents.every((agent) => agent.toLowerCase().includes(lower))) return name;
  return (agents[0] ?? '').slice(0, 300);
}

export async function robotsOf(reports: Reports, workspace: string, question: Question): Promise<Robots> {
  const opened = await reports.open(workspace, question);
  const { scope } = opened;
  if (scope.sites.length === 0) return { robots: [], spam: [], excluded: 0, people: 0, days: [] };
  const rows = `FROM events WHERE ${own(scope)} AND ${within('at', scope)}`;
  const [named, hosts, days, [sums]] = await Promise.all([
    reports.rows<{ robot: string; views: string; visitors: string; agents: string[]; page: string; last: string }>(`
      SELECT bot_name AS robot, countIf(kind IN ('view', 'event')) AS views, uniqExact(visitor) AS visitors,
        groupUniqArray(${SAMPLES})(user_agent) AS agents, anyIf(path, kind = 'view') AS page, toString(toDate(max(at), ${quote(scope.zone)})) AS last
      ${rows} AND bot = 1 AND bot_name != ${quote(SPAM_NAME)} GROUP BY bot_name ORDER BY views DESC, robot LIMIT ${MOST}`),
    reports.rows<{ host: string; views: string; visitors: string; last: string }>(`
      SELECT referrer_host AS host, countIf(kind IN ('view', 'event')) AS views, uniqExact(visitor) AS visitors,
        toString(toDate(max(at), ${quote(scope.zone)})) AS last
      ${rows} AND bot = 1 AND bot_name = ${quote(SPAM_NAME)} GROUP BY host ORDER BY views DESC, host LIMIT ${MOST}`),
    reports.rows<{ local_day: string; robots: string; spam: string }>(`
      SELECT toString(toDate(at, ${quote(scope.zone)})) AS local_day, countIf(bot_name != ${quote(SPAM_NAME)}) AS robots,
        countIf(bot_name = ${quote(SPAM_NAME)}) AS spam
      ${rows} AND bot = 1 AND kind IN ('view', 'event') GROUP BY local_day ORDER BY local_day`),
    reports.rows<{ excluded: string; people: string }>(`
      SELECT countIf(kind = 'excluded') AS excluded, countIf(bot = 0 AND kind IN ('view', 'event')) AS people ${rows}`),
  ]);
  const number = Number;
  return {
    robots: named.map(({ robot: name, views, visitors, agents, page, last }) => ({
      ...{ name, views: number(views), visitors: number(visitors), agents, page, last },
      pattern: patternOf(name, agents),
    })),
    spam: hosts.map(({ host, views, visitors, last }) => ({
      ...{ host, views: number(views), visitors: number(visitors), last },
    })),
    excluded: number(sums?.excluded ?? 0),
    people: number(sums?.people ?? 0),
    days: days.map(({ local_day: day, robots, spam }) => ({ day, robots: number(robots), spam: number(spam) })),
  };
}

/**
 * Referrers that look like spam: they sent visitors of whom hardly anyone stayed, in a period with enough of them to say so, and are no
 * search engine, network or site of the company. A person decides.
 */
export async function suspectsOf(reports: Reports, workspace: string, question: Question) {
  const { scope } = await reports.open(workspace, question);
  if (scope.sites.length === 0) return [];
  const found = await reports.rows<{ host: string; visits: string; engaged: string; page: string }>(`
    SELECT referrer_host AS host, count() AS visits, countIf(engaged_ms > 0 OR views > 1 OR events > 0) AS engaged, any(landing_path) AS page
    FROM visits FINAL WHERE ${own(scope)} AND ${utcDays(scope.from, scope.to)} AND start >= ${instant(scope.from, scope.zone)}
      AND start < ${instant(scope.to, scope.zone)} AND gone = 0 AND bot = 0 AND channel = 'Referral' AND referrer_host != ''
      AND visitor_kind NOT IN ('imported', 'server')
    GROUP BY host HAVING visits >= 10 AND engaged / visits < 0.05 ORDER BY visits DESC LIMIT 50`);
  return found.map(({ host, visits, engaged, page }) => ({
    ...{ host, visits: Number(visits), stayed: Number(engaged), page },
  }));
}
