// Tells visits whose source is hidden by signs they carry: one pass over the period's visits, and one over the first views of those that
// came as Direct, for the app they were begun in.
import { eventsOf, type Question, quote, type Reports, visitsOf } from '../../analytics/index.ts';
import { ownHosts } from '../links.ts';
import type { Db } from '../tables.ts';
import type { HiddenTraffic, Sign } from './contract.ts';

const SHOWN = 5;

/** Browsers inside apps, by what their signature says. */
const APPS: readonly (readonly [sign: string, name: string])[] = [
  ['Telegram', 'Telegram'],
  ['Instagram', 'Instagram'],
  ['FBAN|FBAV|FB_IAB', 'Facebook'],
  ['VKAndroidApp|VKiOS|VKClient|com\\.vkontakte', 'VK'],
  ['OKAndroid|OKIOS|ru\\.ok\\.', 'Odnoklassniki'],
  ['Line/', 'LINE'],
  ['MicroMessenger', 'WeChat'],
  ['TikTok|musical_ly|BytedanceWebview', 'TikTok'],
  ['Pinterest', 'Pinterest'],
  ['Twitter for|TwitterAndroid', 'X'],
  ['LinkedInApp', 'LinkedIn'],
  ['Viber', 'Viber'],
  ['WhatsApp', 'WhatsApp'],
  ['Snapchat', 'Snapchat'],
  ['; wv\\)', 'Android app'],
];
const APP_OF = `multiIf(${APPS.map(([sign, name]) => `match(user_agent, ${quote(`(?i)${sign}`)}), ${quote(name)}`).join(', ')}, '')`;

/** Where people pay and come back from. */
const PAYMENT =
  '(^|\\.)(paypal\\.com|stripe\\.com|klarna\\.com|adyen\\.com|mollie\\.com|yookassa\\.ru|yoomoney\\.ru|robokassa\\.(ru|com)|cloudpayments\\.ru|sberbank\\.ru|tinkoff\\.ru|tbank\\.ru|payanyway\\.ru|unitpay\\.(ru|money)|prodamus\\.ru|sumup\\.com|worldpay\\.com|braintreegateway\\.com|3dsecure\\.io|pay\\.google\\.com)$';

export async function hiddenTraffic({ db, reports }: { db: Db; reports: Reports }, workspace: string, asked: Question) {
  const opened = await reports.open(workspace, asked);
  const { scope } = opened;
  const trust = await reports.trust(opened, ['visits']);
  if (scope.sites.length === 0) return { visits: 0, signs: [], trust };
  const hosts = (await ownHosts(db, workspace)).flatMap((host) => [host, `www.${host}`]).map(quote);
  const own = hosts.length > 0 ? `referrer_host IN (${hosts.join(', ')})` : '0';
  const direct = "channel = 'Direct'";
  const sign = `multiIf(match(referrer_host, ${quote(PAYMENT)}), 'payment', ${own}, 'own-site', channel = 'Unassigned', 'unassigned',
    NOT (${direct}), 'known', app != '', 'in-app', landing_path NOT IN ('/', '') , 'deep', 'plain')`;
  const name = `multiIf(sign = 'in-app', app, sign IN ('payment', 'own-site'), toString(referrer_host),
    sign = 'unassigned', concat(source, ' / ', medium), '')`;
  const seen = `SELECT v.visits_start AS start, v.channel AS channel, v.referrer_host AS referrer_host, v.landing_path AS landing_path,
      v.source AS source, v.medium AS medium, e.app AS app
    FROM (SELECT site, visitor, start AS visits_start, channel, referrer_host, landing_path, source, medium ${visitsOf(scope)}
      AND visitor_kind NOT IN ('imported', 'server')) AS v
    LEFT ANY JOIN (SELECT site, visitor, at, ${APP_OF} AS app ${eventsOf(scope)} AND kind = 'view' AND channel = 'Direct') AS e
      ON v.site = e.site AND v.visitor = e.visitor AND v.visits_start = e.at`;
  const rows = await reports.rows<{ sign: Sign | 'known'; visits: string; page: string; name: string }>(`
    SELECT sign, name, landing_path AS page, count() AS visits FROM (SELECT *, ${sign} AS sign, ${name} AS name FROM (${seen}))
    GROUP BY sign, name, page ORDER BY visits DESC LIMIT 20000`);
  const signs = new Map<Sign, { visits: number; pages: Map<string, number>; names: Map<string, number> }>();
  let visits = 0;
  for (const row of rows) {
    const count = Number(row.visits);
    visits += count;
    if (row.sign === 'known') continue;
    const one = signs.get(row.sign) ?? { visits: 0, pages: new Map(), names: new Map() };
    signs.set(row.sign, one);
    one.visits += count;
    one.pages.set(row.page, (one.pages.get(row.page) ?? 0) + count);
    if (row.name) one.names.set(row.name, (one.names.get(row.name) ?? 0) + count);
  }
  const most = (of: Map<string, number>) => [...of].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
  return {
    visits,
    signs: [...signs]
      .map(
        ([of, one]): HiddenTraffic => ({
          sign: of,
          visits: one.visits,
          pages: most(one.pages).map(([page, count]) => ({ page, visits: count })),
          names: most(one.names).map(([called, count]) => ({ name: called, visits: count })),
        }),
      )
      // what is as it should be stands last
      .sort((a, b) => Number(a.sign === 'plain') - Number(b.sign === 'plain') || b.visits - a.visits),
    trust,
  };
}
