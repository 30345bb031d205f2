// Why another counter's visits differ from ours, told from our own visits: which of them it could not see, and which it takes for two.
// The counter's cookie, which the tracker reads where it stands, says in which visits it ran.
import { type Opened, quote, type Reports } from '../analytics/index.ts';
import type { Counter, CounterBridge } from './contract.ts';

interface Counted {
  ours: number;
  robots: number;
  in_zone: number;
  not_in_browser: number;
  not_agreed: number;
  blocked: number;
  seen: number;
  changes: number;
}

/** The newest days only: every event of them is read. */
export const MOST_BRIDGE_DAYS = 92;

const cookieOf = (counter: Counter): string =>
  counter === 'ga4' ? "ga_id != ''" : counter === 'metrica' ? "ym_id != ''" : "(ga_id != '' OR ym_id != '')";

/** Reads events and visits of `days` (`from` to `to`, the second exclusive) and two days around. */
export async function bridgeOf(
  reports: Reports,
  { scope }: Opened,
  of: { counter: Counter; zone: string; from: string; to: string; days: readonly string[]; theirs: number },
): Promise<CounterBridge> {
  const mine = `workspace = ${quote(scope.workspace)} AND site IN (${scope.sites.map(quote).join(', ')})
    AND day >= toDate(${quote(of.from)}) - 2 AND day <= toDate(${quote(of.to)}) + 1`;
  const among = `[${of.days.map((day) => `toDate(${quote(day)})`).join(', ')}]`;
  const onDay = (zone: string): string => `has(${among}, toDate(start, ${quote(zone)}))`;
  const named = "channel NOT IN ('', 'Direct')";
  // in the order of time, so that a source is told from the one before it
  const sources = `arrayMap(x -> x.2, arraySort(groupArrayIf((at, concat(source, '\\0', medium, '\\0', campaign)), kind = 'view' AND ${named})))`;
  const [counted] = await reports.rows<Counted>(`
    SELECT
      countIf(ours AND bot = 0) AS ours,
      countIf(theirs AND bot = 1 AND NOT apart) AS robots,
      countIf(theirs AND bot = 0) AS in_zone,
      countIf(theirs AND bot = 0 AND apart) AS not_in_browser,
      countIf(theirs AND bot = 0 AND NOT apart AND NOT seen AND visitor_kind = 'cookieless') AS not_agreed,
      countIf(theirs AND bot = 0 AND NOT apart AND NOT seen AND visitor_kind != 'cookieless') AS blocked,
      countIf(theirs AND bot = 0 AND NOT apart AND seen) AS seen,
      sumIf(changes, theirs AND bot = 0 AND NOT apart AND seen) AS changes
    FROM (
      SELECT v.visitor, v.start, any(v.bot) AS bot, any(v.visitor_kind) AS visitor_kind,
        ${onDay(scope.zone)} AS ours, ${onDay(of.zone)} AS theirs,
        any(v.visitor_kind) IN ('imported', 'server') AS apart,
        max(${cookieOf(of.counter)}) AS seen,
        ${sources} AS named,
        arrayCount((now, before) -> now != before, arrayPopFront(named), arrayPopBack(named))
          + (notEmpty(named) AND argMinIf(channel, at, kind = 'view') IN ('', 'Direct')) AS changes
      FROM (SELECT site, visitor, at, kind, ga_id, ym_id, source, medium, campaign, channel FROM events
        WHERE ${mine} AND kind IN ('view', 'event', 'signal')) AS e
      ASOF JOIN (SELECT site, visitor, start, finish, bot, visitor_kind FROM visits FINAL WHERE ${mine} AND gone = 0) AS v
        ON e.site = v.site AND e.visitor = v.visitor AND e.at >= v.start
      GROUP BY v.site, v.visitor, v.start
    )`);
  const of_ = (name: keyof Counted): number => Number(counted?.[name] ?? 0);
  const traces = of_('seen') > 0;
  const steps: CounterBridge['steps'] = [
    { code: 'zone', visits: of_('in_zone') - of_('ours') },
    { code: 'not-in-browser', visits: -of_('not_in_browser') },
    ...(traces
      ? [
          { code: 'not-agreed' as const, visits: -of_('not_agreed') },
          { code: 'blocked' as const, visits: -of_('blocked') },
          // Google's sessions, like our visits, go on when somebody comes back by another source
          { code: 'source-changes' as const, visits: of.counter === 'metrica' ? of_('changes') : 0 },
        ]
      : []),
  ];
  return {
    from: of.days[0]!,
    to: of.days.at(-1)!,
    days: of.days.length,
    ours: of_('ours'),
    steps: steps.filter(({ visits }) => visits !== 0),
    expected: steps.reduce((sum, { visits }) => sum + visits, of_('ours')),
    theirs: of.theirs,
    robots: of_('robots'),
    traces,
    ourZone: scope.zone,
    theirZone: of.zone,
  };
}
