// A year of a large site, made inside ClickHouse: visits first (when, who, from where, how many pages), then their page views.
// Every draw is a hash of a number, so that two runs make the same events.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { compose, type Program } from '../src/compose.ts';
import { createSite } from '../src/modules/analytics/sites/sites.ts';
import { loadConfig } from '../src/platform/config/config.ts';
import { localDays, markDirty } from '../src/platform/events/flusher.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { createWorkspace } from '../src/platform/workspaces/workspaces.ts';
import { argument } from './support.ts';

export const HOST = 'large.example';
export const ZONE = 'Europe/Berlin';
const PAGES = 8000;
const VIEWS_PER_VISIT = 4.5;
const DAYS = 365;
const MS_PER_DAY = 86_400_000;
const RETURNING_SHARE = 0.35;

export interface Large {
  workspace: string;
  site: string;
  /** first and last UTC day since 1970 */
  first: number;
  last: number;
}

/** 0 ≤ x < 1 from a seed of the visit; `salt` tells the draws apart. */
const draw = (seed: string, salt: number): string => `(cityHash64(${seed}, ${salt}) % 1000003) / 1000003`;
/** A member of `names`, the earlier ones more often. */
const pick = (names: readonly string[], seed: string, salt: number): string =>
  `[${names.map((n) => `'${n}'`).join(', ')}][1 + toUInt32(floor(${names.length} * pow(${draw(seed, salt)}, 2)))]`;

const CHANNELS = ['Organic Search', 'Direct', 'Paid Search', 'Social', 'Referral', 'E-mail', 'Paid Social', 'Display'];
const SOURCES = ['google', '', 'google', 'instagram', 'partner.example', 'newsletter', 'facebook', 'network'];
const COUNTRIES = ['DE', 'US', 'FR', 'GB', 'AT', 'CH', 'NL', 'PL', 'ES', 'IT', 'SE', 'BR', 'IN', 'CA', 'RU', 'JP'];
const BROWSERS = ['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'];
const SYSTEMS = ['Windows', 'iOS', 'Android', 'Mac OS', 'Linux'];
const LANGUAGES = ['de', 'en', 'fr', 'es', 'ru'];

function monthSql(large: Large, from: number, to: number, visitsPerDay: number): string {
  const first = `v.n`;
  const page = (salt: string): string =>
    `toUInt32(floor(pow(${PAGES}, ((cityHash64(v.n, k, ${salt}) % 1000003) / 1000003)))) - 1`;
  const path = `concat(['/', '/blog/', '/shop/', '/help/'][1 + p % 4], 'page-', toString(p))`;
  return `INSERT INTO events (workspace, site, day, visitor, at, id, visitor_before, known, kind, visitor_kind, hostname, path, url, title,
      referrer, referrer_host, source, medium, campaign, channel, user_agent, bot, bot_name, browser, browser_version, system, device, country, language, width, derivation)
    SELECT '${large.workspace}', '${large.site}', toDate(at), visitor, at, toUUID(UUIDNumToString(sipHash128(v.n, k))), 0, at, 'view', if(consented, 'consented', 'cookieless'),
      '${HOST}', ${path} AS path_, concat('https://${HOST}', path_), concat('Page ', toString(p)),
      if(k = 0 AND source_ != '', concat('https://', source_, '/'), ''), if(k = 0, source_, ''), if(k = 0, source_, ''),
      if(k = 0, ['organic', '', 'cpc', 'social', 'referral', 'email', 'cpc', 'cpm'][c], ''),
      if(k = 0 AND c IN (3, 6, 7, 8), concat('campaign-', toString(v.n % 40)), ''),
      if(k = 0, [${CHANNELS.map((n) => `'${n}'`).join(', ')}][c], 'Direct'),
      concat('Mozilla/5.0 (', system_, ') ', browser_), bot_, if(bot_ = 1, 'Googlebot', ''), browser_, toString(100 + v.n % 40), system_, device_, country_, language_,
      if(device_ = 'mobile', 390, 1440), 1
    FROM (
      SELECT number AS n, ${from} + intDiv(number - ${from * visitsPerDay}, ${visitsPerDay}) AS d,
        ${draw('n', 1)} < ${RETURNING_SHARE} AS consented,
        if(consented, cityHash64('returning', toUInt32(floor(300000 * pow(${draw('n', 2)}, 2)))), cityHash64('new', n)) AS visitor,
        fromUnixTimestamp64Milli(toInt64(d) * ${MS_PER_DAY} + toInt64(${MS_PER_DAY} * (${draw('n', 3)} + ${draw('n', 4)}) / 2), 'UTC') AS start_,
        1 + toUInt32(floor(if(${draw('n', 5)} < 0.4, 0, -log(1 - ${draw('n', 6)}) * ${((VIEWS_PER_VISIT - 1) / 0.6 + 0.5).toFixed(2)}))) AS views,
        1 + toUInt32(floor(8 * pow(${draw('n', 7)}, 2))) AS c, [${SOURCES.map((n) => `'${n}'`).join(', ')}][c] AS source_,
        toUInt8(${draw('n', 8)} < 0.05) AS bot_, ${pick(COUNTRIES, 'n', 9)} AS country_, ${pick(BROWSERS, 'n', 10)} AS browser_,
        ${pick(SYSTEMS, 'n', 11)} AS system_, if(system_ IN ('iOS', 'Android'), 'mobile', 'desktop') AS device_, ${pick(LANGUAGES, 'n', 12)} AS language_
      FROM numbers(${from * visitsPerDay}, ${(to - from) * visitsPerDay})
    ) AS v
    ARRAY JOIN range(views) AS k, arrayMap(i -> ${page('i').replaceAll(', k,', ', i,')}, range(views)) AS p,
      arrayMap(i -> start_ + toIntervalMillisecond(i * (15000 + cityHash64(${first}, i) % 90000)), range(views)) AS at`;
}

/** Makes the events in steps of a month, derives their visits and rebuilds their roll-ups, all by the product's own ways. */
export async function makeLarge(program: Program, events: number, say: (line: string) => void): Promise<Large> {
  const { installation, people, db, store, rollUps } = program;
  const facts = { currency: 'EUR', timeZone: ZONE };
  const workspace = await createWorkspace(
    people,
    { ...facts, name: HOST, language: 'en', legalProfile: 'eu' },
    { owner: null, who: 'bench' },
  );
  const site = await createSite(db, workspace, HOST, 'bench');
  const last = Math.floor(Date.now() / MS_PER_DAY) - 1;
  const large: Large = { workspace, site, first: last - DAYS + 1, last };
  const visitsPerDay = Math.round(events / DAYS / VIEWS_PER_VISIT);
  let began = Date.now();
  for (let day = large.first; day <= last; day += 30) {
    await installation.clickhouse.command({
      query: monthSql(large, day, Math.min(day + 30, last + 1), visitsPerDay),
      clickhouse_settings: { max_partitions_per_insert_block: '1000' },
    });
  }
  say(`events in ${Math.round((Date.now() - began) / 1000)} s`);
  began = Date.now();
  const days = Array.from({ length: last - large.first + 2 }, (_, i) => large.first + i);
  const of = { workspace, ...facts };
  await store.asOnlyWriter(workspace, () => store.deriveDays(of, site, days));
  say(`visits in ${Math.round((Date.now() - began) / 1000)} s`);
  began = Date.now();
  await markDirty(installation.pool, of, site, localDays(days));
  await rollUps.rebuild({ workspace });
  say(`roll-ups in ${Math.round((Date.now() - began) / 1000)} s`);
  return large;
}

export async function rows<T>(program: Program, query: string): Promise<T[]> {
  const answer = await program.installation.clickhouse.query({ query, format: 'JSONEachRow' });
  return answer.json<T>();
}

/** The large site of a kept folder, or a new one. */
async function findOrMake(program: Program, events: number): Promise<Large> {
  const found = await program.db
    .selectFrom('site')
    .select(['id', 'workspace'])
    .where('host', '=', HOST)
    .executeTakeFirst();
  if (!found) return makeLarge(program, events, (line) => console.log(`  ${line}`));
  const [ends] = await rows<{ a: number; b: number }>(
    program,
    'SELECT toUInt32(toUInt16(min(day))) AS a, toUInt32(toUInt16(max(day))) AS b FROM events',
  );
  return { workspace: found.workspace, site: found.id, first: ends!.a, last: ends!.b - 1 };
}

/** Opens the program over the large site of `--events` (20 million), in `--data` if given, which is then kept. */
export async function withLarge(work: (program: Program, large: Large) => Promise<void>): Promise<void> {
  const kept = argument('data', '');
  const data = kept || mkdtempSync(join(tmpdir(), 'tradewind-bench-'));
  const installation = await openInstallation({
    config: loadConfig({ data }, {}),
    log: pino({ level: 'error' }),
    join: false,
  });
  try {
    const program = await compose(installation);
    await work(program, await findOrMake(program, Number(argument('events', '20000000'))));
  } finally {
    await installation.close();
    if (!kept) rmSync(data, { recursive: true, force: true });
  }
}
