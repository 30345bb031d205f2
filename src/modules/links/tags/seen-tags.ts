// Reads the tags that visits truly carried. One pass over the visits of the period and one over the events that came from a page of
// the company's own: columns of few different values, bounded by its days. A hundred million events a year are about three
// million visits a month; a quarter is read in seconds.
import { eventsOf, localDate, type Question, quote, type Reports, visitsOf } from '../../analytics/index.ts';
import { ownHosts } from '../links.ts';
import { linkSettings } from '../settings.ts';
import type { Db } from '../tables.ts';
import { todayOf } from '../today.ts';
import type { TagFault } from './contract.ts';
import { findFaults, isTagged, type SeenInside, type SeenTags } from './find-faults.ts';

const MOST_ROWS = 50_000;
const MOST_FAULTS = 500;

export type TagQuestion = Question & { leftAlone: boolean };

export async function tagFaults(
  { db, reports }: { db: Db; reports: Reports },
  workspace: string,
  { leftAlone, ...question }: TagQuestion,
) {
  const opened = await reports.open(workspace, question);
  const { scope } = opened;
  const [{ convention, leftAlone: put }, hosts, today, rows] = await Promise.all([
    linkSettings(db, workspace),
    ownHosts(db, workspace),
    todayOf(db, workspace),
    reports.rows<Record<keyof SeenTags, string>>(
      `SELECT source, medium, campaign, content, channel, click_id_name AS click, referrer_host AS host, count() AS visits,
         min(${localDate(scope, 'start')}) AS first, max(${localDate(scope, 'start')}) AS last
       ${visitsOf(scope)} GROUP BY source, medium, campaign, content, channel, click, host ORDER BY visits DESC LIMIT ${MOST_ROWS}`,
    ),
  ]);
  const own = hosts.flatMap((host) => [host, `www.${host}`]).map(quote);
  // what visitors did elsewhere is no property of an event: a filtered question leaves this part out
  const asked = scope.filter === undefined && own.length > 0 && scope.sites.length > 0;
  const inside = asked
    ? await reports.rows<Record<keyof SeenInside, string>>(
        `SELECT source, medium, campaign, uniq(visitor, day) AS visits, anyHeavy(referrer) AS page,
           min(${localDate(scope, 'at')}) AS first, max(${localDate(scope, 'at')}) AS last
         ${eventsOf(scope)} AND kind = 'view' AND source != '' AND referrer_host IN (${own.join(', ')})
         GROUP BY source, medium, campaign ORDER BY visits DESC LIMIT 200`,
      )
    : [];
  const seen = rows.map((row): SeenTags => ({ ...row, visits: Number(row.visits) }));
  const all = findFaults(
    seen,
    inside.map((row): SeenInside => ({ ...row, visits: Number(row.visits) })),
    convention,
    today,
  );
  const away = new Set(put);
  const faults = all.filter(({ key }) => away.has(key) === leftAlone).slice(0, MOST_FAULTS);
  const sum = (of: readonly { visits: number }[]): number => of.reduce((whole, one) => whole + one.visits, 0);
  const tagged = seen.filter((row) => row.channel !== 'Direct' && isTagged(row));
  return {
    faults,
    visits: sum(seen),
    tagged: sum(tagged),
    faulty: sum(tagged.filter((row) => isFaulty(row, faults))),
    leftAlone: all.filter(({ key }) => away.has(key)).length,
    trust: await reports.trust(opened, ['visits']),
  };
}

/** A visit can have several faults and counts once. */
const isFaulty = (row: SeenTags, faults: readonly TagFault[]): boolean =>
  faults.some((fault) => {
    if (fault.code === 'unassigned') return fault.key === `unassigned ${row.source} ${row.medium}`;
    if (fault.code === 'no-medium') return row.medium === '' && row.source === fault.value;
    if (fault.code === 'no-campaign')
      return fault.key === `no-campaign ${row.source} / ${row.medium}` && row.campaign === '';
    if (fault.code === 'untagged-ads' || fault.code === 'inside') return false;
    return row[fault.field] === fault.value;
  });
