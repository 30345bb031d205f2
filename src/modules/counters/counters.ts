// What other counters counted, beside our own figures of the same days. Neither ever enters a figure of the other.
import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import { writeAudit } from '../../platform/audit/audit.ts';
import { type Reports, reportQuery } from '../analytics/index.ts';
import { bridgeOf, MOST_BRIDGE_DAYS } from './bridge.ts';
import type { Counter, KnownCounter } from './contract.ts';
import type { Db } from './tables.ts';
import { channelOfTheirs } from './their-sources.ts';

const MOST_FILES = 5;
const MOST_DAYS = 10_000;

export async function listCounters(db: Db, workspace: string): Promise<KnownCounter[]> {
  const [counters, sources, files] = await Promise.all([
    sql<Omit<KnownCounter, 'sources' | 'imports'>>`
      SELECT d.site, s.host, d.counter, min(d.day)::text AS "firstDay", max(d.day)::text AS "lastDay",
        count(DISTINCT d.day)::int AS days, c.zone
      FROM counter_day d JOIN site s ON s.workspace = d.workspace AND s.id = d.site
      LEFT JOIN counter c ON c.workspace = d.workspace AND c.site = d.site AND c.counter = d.counter
      WHERE d.workspace = ${workspace} GROUP BY d.site, s.host, d.counter, c.zone ORDER BY s.host, d.counter`.execute(
      db,
    ),
    db
      .selectFrom('counter_day')
      .select(['site', 'counter', 'source'])
      .distinct()
      .where('workspace', '=', workspace)
      .where('source', '!=', '')
      .execute(),
    sql<KnownCounter['imports'][number] & { site: string; counter: Counter }>`
      SELECT DISTINCT d.site, d.counter, i.id, i.file_name AS file, i.source, i.created_at AS at
      FROM counter_day d JOIN import i ON i.workspace = d.workspace AND i.id = d.import
      WHERE d.workspace = ${workspace} ORDER BY at DESC`.execute(db),
  ]);
  return counters.rows.map((one) => {
    const same = (other: { site: string; counter: Counter }) =>
      other.site === one.site && other.counter === one.counter;
    return {
      ...one,
      sources: sources
        .filter(same)
        .map(({ source }) => ({ source, channel: channelOfTheirs(source) }))
        .sort((a, b) => a.source.localeCompare(b.source)),
      imports: files.rows
        .filter(same)
        .slice(0, MOST_FILES)
        .map(({ id, file, source, at }) => ({ id, file, source, at: new Date(at).toISOString() })),
    };
  });
}

export async function setCounterZone(
  db: Db,
  workspace: string,
  of: { site: string; counter: Counter; zone: string | null },
  who: string,
): Promise<{ zone: string | null }> {
  const host = await hostOf(db, workspace, of.site);
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('counter')
      .values({ workspace, ...of })
      .onConflict((row) => row.columns(['workspace', 'site', 'counter']).doUpdateSet({ zone: of.zone }))
      .execute();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'counter.zone',
      target: `${host} ${of.counter}`,
      details: { zone: of.zone },
    });
  });
  return { zone: of.zone };
}

async function hostOf(db: Db, workspace: string, site: string): Promise<string> {
  const found = await db
    .selectFrom('site')
    .select('host')
    .where('workspace', '=', workspace)
    .where('id', '=', site)
    .executeTakeFirst();
  if (!found) throw new ORPCError('NOT_FOUND', { message: 'There is no such site in this company.' });
  return found.host;
}

interface Theirs {
  day: string;
  visits: number;
  visitors: number | null;
  views: number | null;
  split: { source: string; visits: number }[];
}

/** A day told whole and by source stands once: as a whole. */
async function theirDays(
  db: Db,
  workspace: string,
  of: { site: string; counter: Counter; period: readonly [string, string] },
): Promise<Map<string, Theirs>> {
  const rows = await db
    .selectFrom('counter_day')
    .select(['day', 'source', 'visits', 'visitors', 'views'])
    .where('workspace', '=', workspace)
    .where('site', '=', of.site)
    .where('counter', '=', of.counter)
    .where('day', '>=', of.period[0])
    .where('day', '<', of.period[1])
    .orderBy('day')
    .orderBy('source')
    .execute();
  const days = new Map<string, Theirs>();
  for (const { day, source, visits, visitors, views } of rows) {
    const one = days.get(day);
    if (source === '') days.set(day, { day, visits, visitors, views, split: [] });
    else if (one === undefined) days.set(day, { day, visits, visitors, views, split: [{ source, visits }] });
    else if (one.split.length === 0) one.split.push({ source, visits });
    else {
      one.visits += visits;
      // people of two sources may be the same people
      one.visitors = null;
      one.views = one.views === null || views === null ? null : one.views + views;
      one.split.push({ source, visits });
    }
  }
  return days;
}

export async function compareCounter(
  { db, reports }: { db: Db; reports: Reports },
  workspace: string,
  of: { site: string; counter: Counter; period: [string, string] },
) {
  await hostOf(db, workspace, of.site);
  const { site, period } = of;
  const ask = (dimension: 'day' | 'channel', within: [string, string]) =>
    reports.run(workspace, {
      ...reportQuery.parse({ site, period: within, measures: ['visits', 'visitors', 'pageViews'] }),
      dimensions: [dimension],
      limit: MOST_DAYS,
    });
  const [theirs, own, opened] = await Promise.all([
    theirDays(db, workspace, of),
    ask('day', period),
    reports.open(workspace, { site, period }),
  ]);
  const knownFrom = own.trust.knownFrom ?? '9999';
  const ours = new Map(own.rows.map((row) => [String(row.day), row]));
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: opened.scope.zone }).format(new Date());
  const last = [period[1], today].sort()[0]!;
  const days = datesBetween(period[0], last).map((day) => {
    const row = ours.get(day);
    const { visits = 0, visitors = null, views = null } = theirs.get(day) ?? {};
    return {
      day,
      ours:
        day < knownFrom
          ? null
          : {
              visits: Number(row?.visits ?? 0),
              visitors: Number(row?.visitors ?? 0),
              views: Number(row?.pageViews ?? 0),
            },
      theirs: theirs.has(day) ? { visits, visitors, views } : null,
    };
  });
  // the day on which we began is no whole one
  const both = days
    .filter((one) => one.ours !== null && one.theirs !== null && one.day > knownFrom)
    .slice(-MOST_BRIDGE_DAYS);
  const trust = own.trust;
  const [first] = both;
  if (first === undefined) return { days, bridge: null, channels: [], trust };
  const setting = await db
    .selectFrom('counter')
    .select('zone')
    .where('workspace', '=', workspace)
    .where('site', '=', site)
    .where('counter', '=', of.counter)
    .executeTakeFirst();
  const to = nextDay(both.at(-1)!.day);
  const [bridge, byChannel] = await Promise.all([
    bridgeOf(reports, opened, {
      counter: of.counter,
      zone: setting?.zone ?? opened.scope.zone,
      from: first.day,
      to,
      days: both.map(({ day }) => day),
      theirs: both.reduce((sum, one) => sum + (one.theirs?.visits ?? 0), 0),
    }),
    ask('channel', [first.day, to]),
  ]);
  const channels = new Map<string, { channel: string; ours: number; theirs: number }>();
  const channel = (name: string) => {
    const found = channels.get(name) ?? { channel: name, ours: 0, theirs: 0 };
    channels.set(name, found);
    return found;
  };
  for (const { day } of both)
    for (const { source, visits } of theirs.get(day)?.split ?? []) channel(channelOfTheirs(source)).theirs += visits;
  if (channels.size > 0) for (const row of byChannel.rows) channel(String(row.channel)).ours += Number(row.visits ?? 0);
  return {
    days,
    bridge,
    channels: [...channels.values()].sort((a, b) => b.ours + b.theirs - a.ours - a.theirs),
    trust,
  };
}

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let day = from; day < to && dates.length < MOST_DAYS; day = nextDay(day)) dates.push(day);
  return dates;
}
