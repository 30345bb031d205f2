// The size of a segment as of today, in one statement, and what the figure is worth.
import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { ORPCError } from '@orpc/server';
import { asksRevenue, type Resolved } from '../report/filter.ts';
import { Money } from '../report/money.ts';
import { type FactorsOf, withRates } from '../report/rates.ts';
import { visitsBySpan } from '../report/rollup-spans.ts';
import { localDay, type Scope, shiftDate } from '../report/scope.ts';
import { visitCountSql } from '../report/sql.ts';
import { visitorCountSql } from '../report/visitor-set.ts';
import type { Db } from '../sites/sites.ts';
import type { SegmentDefinition, SegmentSize } from './contract.ts';
import { resolveFilter, type StoredSegment, segmentsIn, storedSegments } from './resolve.ts';

const LIMITS = {
  max_execution_time: 30,
  do_not_merge_across_partitions_select_final: 1,
  prefer_column_name_to_alias: 1,
  max_query_size: '4194304',
} as const;
/** Older than any web statistics. */
const BEGINNING = '2000-01-01';
/** What a size without a report takes for the report's period. */
const PERIOD_DAYS = 30;

export interface Counted {
  site: string | null;
  definition: SegmentDefinition;
}

/** `now`: what "today" is; a report's period ends the day after. Throws BAD_REQUEST for a site that is not there. */
export async function scopeOfNow(db: Db, workspace: string, site: string | null, now = new Date()) {
  const settings = await db
    .selectFrom('workspace')
    .select(['currency', 'time_zone'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const sites = await db
    .selectFrom('site')
    .select(['id', 'last_event_at'])
    .where('workspace', '=', workspace)
    .execute();
  const chosen = site === null ? sites : sites.filter((one) => one.id === site);
  if (site !== null && chosen.length === 0) {
    throw new ORPCError('BAD_REQUEST', { message: 'There is no such site in this company.' });
  }
  const ids = chosen.map((one) => one.id);
  const dirty = await db.selectFrom('dirty_day').select(['site', 'day']).where('workspace', '=', workspace).execute();
  const day = localDay(settings.time_zone, now);
  const last = Math.max(0, ...chosen.map((one) => one.last_event_at?.getTime() ?? 0));
  const scope: Scope = {
    workspace,
    sites: ids,
    from: BEGINNING,
    periodFrom: shiftDate(day, 1 - PERIOD_DAYS),
    to: shiftDate(day, 1),
    zone: settings.time_zone,
    currency: settings.currency,
    money: new Money(settings.currency, []),
    withoutRate: [],
    robots: 'exclude',
    ahead: day >= localDay(settings.time_zone, new Date()),
    dirty: dirty.filter((d) => ids.includes(d.site)),
  };
  return { scope, day, freshTo: last > 0 ? new Date(last).toISOString() : null };
}

/** The statement that counts; throws BAD_REQUEST when the definition can't be. Rows: visitors, joined and, of visits, visits. */
export function countSql(
  scope: Scope,
  { definition, site }: Counted,
  segments: ReadonlyMap<string, StoredSegment>,
): string {
  const where = resolveFilter(definition.where, segments, scope.sites);
  const filter: Resolved = site === null ? where : { onSite: site, where };
  return definition.selects === 'visitors' ? visitorCountSql(scope, filter) : visitCountSql({ ...scope, filter });
}

export async function countSegment(
  parts: { db: Db; clickhouse: ClickHouseClient; factorsOf: FactorsOf },
  workspace: string,
  counted: Counted,
  signal?: AbortSignal,
): Promise<SegmentSize> {
  const { db, clickhouse } = parts;
  const { scope, day, freshTo } = await scopeOfNow(db, workspace, counted.site);
  const named = segmentsIn(counted.definition.where).length > 0;
  const segments = named ? await storedSegments(db, workspace) : new Map<string, StoredSegment>();
  const filter = resolveFilter(counted.definition.where, segments, scope.sites);
  const priced = asksRevenue(filter)
    ? await withRates({ ...scope, filter }, parts.factorsOf, (query) => cancellable(clickhouse, query, signal))
    : scope;
  const sql = countSql({ ...scope, money: priced.money }, counted, segments);
  if (scope.sites.length === 0) return { visitors: 0, visits: null, known: 0, joined: null, day, freshTo };
  type Row = Record<string, string | number>;
  const run = async (query: string): Promise<Row> => {
    const answer = await cancellable<Row>(clickhouse, query, signal);
    return answer[0] ?? {};
  };
  const [size, known] = await Promise.all([
    run(sql),
    run(`SELECT uniqMerge(visitors) AS visitors FROM (${visitsBySpan(scope, 'month')}) WHERE bot = 0`),
  ]);
  const visitors = Number(size.visitors ?? 0);
  return {
    visitors,
    visits: definitionOfVisits(counted) ? Number(size.visits ?? 0) : null,
    known: Math.max(visitors, Number(known.visitors ?? 0)),
    joined: visitors === 0 ? null : Number(size.joined ?? 0) / visitors,
    day,
    freshTo,
  };
}

const definitionOfVisits = ({ definition }: Counted): boolean => definition.selects === 'visits';

/** A count that nobody waits for any more is stopped in the database too. */
async function cancellable<Row = Record<string, string | number>>(
  clickhouse: ClickHouseClient,
  query: string,
  signal: AbortSignal | undefined,
): Promise<Row[]> {
  const mark = `count ${randomUUID()}`;
  const stop = (): void => {
    clickhouse.command({ query: `KILL QUERY WHERE Settings['log_comment'] = '${mark}' ASYNC` }).catch(() => {});
  };
  if (signal?.aborted) throw signal.reason;
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await clickhouse.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: { ...LIMITS, log_comment: mark },
      ...(signal ? { abort_signal: signal } : {}),
    });
    return await answer.json<Row>();
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
