// Writes events once and keeps their visits and sales right. All writers of a workspace go through here, one at a time (a PostgreSQL
// advisory lock), so that what is stored already can be looked up and left out, and reports never need to remove doubles.
import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { EVENT_COLUMN_LIST, EVENT_STRUCTURE, MS_PER_DAY } from './row.ts';
import { LAST_VISIT_DAYS, SALE_COLUMNS, salesSelect } from './sales-sql.ts';
import { MONEY, VISIT_COLUMNS, VISIT_EVENTS, VISIT_GAP_MS, visitsSelect } from './visits-sql.ts';

/** Statements here carry lists of ids. */
const LONG_QUERY = { max_query_size: '67108864' } as const;
const EVENTS_PER_STEP = 3_000_000;

export interface WorkspaceFacts {
  workspace: string;
  timeZone: string;
}

const dateOf = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
const dates = (days: Iterable<number>): string => [...days].map((day) => `'${dateOf(day)}'`).join(', ');
const uuids = (ids: Iterable<string>): string => [...ids].map((id) => `'${id.replaceAll("'", '')}'`).join(', ');

export class EventStore {
  readonly #clickhouse: ClickHouseClient;
  readonly #pool: pg.Pool;
  constructor(clickhouse: ClickHouseClient, pool: pg.Pool) {
    this.#clickhouse = clickhouse;
    this.#pool = pool;
  }

  /** Runs `work` as the only writer of the workspace. */
  async asOnlyWriter<T>(workspace: string, work: () => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken = true;
    try {
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 1))', [workspace]);
      const result = await work();
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 1))', [workspace]);
      broken = false;
      return result;
    } finally {
      client.release(broken); // a closed connection lets its locks go
    }
  }

  /**
   * Inserts encoded rows of one workspace, leaving out those whose (site, day, id) is stored already; rows within the batch
   * must differ. Call it as only writer. Resolves when the new rows are on disk.
   */
  async insert(batch: {
    workspace: string;
    sites: Iterable<string>;
    days: Iterable<number>;
    rows: Buffer;
    count: number;
    structure?: string;
    columns?: string;
    token?: string;
  }): Promise<{ inserted: number; duplicates: number }> {
    const where = `workspace = '${batch.workspace}' AND site IN (${uuids(batch.sites)}) AND day IN (${dates(batch.days)})`;
    const before = await this.#count(where);
    const columns = batch.columns ?? EVENT_COLUMN_LIST;
    const fresh = before === 0 ? '' : ` WHERE (site, day, id) NOT IN (SELECT site, day, id FROM events WHERE ${where})`;
    const structure = (batch.structure ?? EVENT_STRUCTURE).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    const query = `INSERT INTO events (${columns}) SELECT ${columns} FROM input('${structure}')${fresh} FORMAT RowBinary`;
    const answer = await this.#clickhouse.exec({
      query,
      values: Readable.from([batch.rows], { objectMode: false }),
      clickhouse_settings: {
        max_partitions_per_insert_block: '1000',
        ...(batch.token ? { insert_deduplication_token: batch.token } : {}),
      },
    });
    answer.stream.resume();
    const inserted = before === 0 ? batch.count : (await this.#count(where)) - before;
    return { inserted, duplicates: batch.count - inserted };
  }

  async #count(where: string): Promise<number> {
    const [row] = await this.#rows<{ n: string }>(`SELECT count() AS n FROM events WHERE ${where}`);
    return Number(row?.n ?? 0);
  }

  async #rows<T>(query: string): Promise<T[]> {
    const answer = await this.#clickhouse.query({ query, format: 'JSONEachRow', clickhouse_settings: LONG_QUERY });
    return answer.json<T>();
  }

  /**
   * Recomputes the visits these visitors' events of these days belong to. The window grows until no run of events crosses
   * its ends, so the result does not depend on what arrived when. Returns the local days whose visits changed.
   */
  async deriveVisitors(
    facts: WorkspaceFacts,
    site: string,
    touched: ReadonlyMap<number, ReadonlySet<bigint>>,
  ): Promise<Set<string>> {
    const changed = new Set<string>();
    const days = [...touched.keys()].sort((a, b) => a - b);
    for (let i = 0; i < days.length; ) {
      let last = i;
      while (last + 1 < days.length && days[last + 1]! - days[last]! <= 3) last++;
      const visitors = new Set<bigint>();
      for (const day of days.slice(i, last + 1)) for (const visitor of touched.get(day)!) visitors.add(visitor);
      const window = await this.#closedWindow(facts.workspace, site, visitors, days[i]! - 1, days[last]! + 1);
      const scope = `day BETWEEN '${dateOf(window.from)}' AND '${dateOf(window.to)}' AND visitor IN (${[...visitors].join(',')})`;
      for (const day of await this.#replaceVisits(facts, site, scope, window.handedOver)) changed.add(day);
      // a later sale can belong to a visit that changed
      const sales = `day >= '${dateOf(window.from)}' AND visitor IN (${[...visitors].join(',')})`;
      for (const day of await this.#replaceSales(facts, site, sales)) changed.add(day);
      i = last + 1;
    }
    return changed;
  }

  /** Grows `visitors` by those handed over to or from them, and the days until no visit is cut. */
  async #closedWindow(workspace: string, site: string, visitors: Set<bigint>, first: number, last: number) {
    let from = first;
    let to = last;
    let handedOver = false;
    for (let round = 0; round < 400; round++) {
      const list = [...visitors].join(',');
      const own = `workspace = '${workspace}' AND site = '${site}' AND ${VISIT_EVENTS}`;
      const links = await this.#rows<{ visitor: string; before: string }>(
        `SELECT DISTINCT visitor, visitor_before AS before FROM events
         PREWHERE ${own} AND day BETWEEN '${dateOf(from)}' AND '${dateOf(to)}' AND visitor_before != 0
         WHERE visitor IN (${list}) OR visitor_before IN (${list})`,
      );
      const known = visitors.size;
      for (const link of links) visitors.add(BigInt(link.visitor)).add(BigInt(link.before));
      handedOver ||= links.length > 0;
      const edge = (day: number): string => {
        const midnight = day * MS_PER_DAY;
        const at = (ms: number): string => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;
        return `SELECT ${day} AS edge FROM events WHERE ${own} AND day BETWEEN '${dateOf(day - 1)}' AND '${dateOf(day)}'
          AND visitor IN (${[...visitors].join(',')}) AND at BETWEEN ${at(midnight - VISIT_GAP_MS)} AND ${at(midnight + VISIT_GAP_MS)}
          GROUP BY visitor HAVING (min(at) < ${at(midnight)} AND max(at) >= ${at(midnight)}) OR max(visitor_before) != 0 LIMIT 1`;
      };
      const open = await this.#rows<{ edge: number }>(`${edge(from)} UNION ALL ${edge(to + 1)}`);
      if (open.some((row) => Number(row.edge) === from)) from--;
      if (open.some((row) => Number(row.edge) === to + 1)) to++;
      if (open.length === 0 && visitors.size === known) break;
    }
    return { from, to, handedOver };
  }

  /** Recomputes all visits of a site that begin on these UTC days, in steps of whole days. For bulk work. */
  async deriveDays(
    facts: WorkspaceFacts,
    site: string,
    days: Iterable<number>,
    onStep?: (done: number) => void,
  ): Promise<Set<string>> {
    const wanted = [...new Set(days)].sort((a, b) => a - b);
    const changed = new Set<string>();
    const counts = new Map<number, number>();
    if (wanted.length > 0) {
      const rows = await this.#rows<{ d: number; n: string }>(
        `SELECT toUInt32(toUInt16(day)) AS d, count() AS n FROM events WHERE workspace = '${facts.workspace}' AND site = '${site}'
         AND day BETWEEN '${dateOf(wanted[0]!)}' AND '${dateOf(wanted.at(-1)!)}' GROUP BY day`,
      );
      for (const row of rows) counts.set(row.d, Number(row.n));
    }
    for (let i = 0; i < wanted.length; ) {
      let last = i;
      let size = counts.get(wanted[i]!) ?? 0;
      while (
        last + 1 < wanted.length &&
        wanted[last + 1]! === wanted[last]! + 1 &&
        size + (counts.get(wanted[last + 1]!) ?? 0) < EVENTS_PER_STEP
      ) {
        last++;
        size += counts.get(wanted[last]!) ?? 0;
      }
      for (const day of await this.#deriveStep(facts, site, wanted[i]!, wanted[last]!)) changed.add(day);
      i = last + 1;
      onStep?.(i / wanted.length);
    }
    return changed;
  }

  async #deriveStep(facts: WorkspaceFacts, site: string, first: number, last: number): Promise<Set<string>> {
    const own = `workspace = '${facts.workspace}' AND site = '${site}'`;
    const [from, to] = [first - 1, last + 1];
    const scope = `day BETWEEN '${dateOf(from)}' AND '${dateOf(to)}'`;
    const [links] = await this.#rows<{ n: string }>(
      `SELECT count() AS n FROM events WHERE ${own} AND ${scope} AND visitor_before != 0`,
    );
    const keep = `day_ BETWEEN '${dateOf(first)}' AND '${dateOf(last)}'`;
    const old = `day BETWEEN '${dateOf(first)}' AND '${dateOf(last)}'`;
    const changed = await this.#replaceVisits(facts, site, scope, links?.n !== '0', { keep, old });
    // a visit still going on when the window ends is longer than a day: settle those visitors one by one
    const long = await this.#rows<{ d: number; v: string }>(
      `SELECT toUInt32(toUInt16(day)) AS d, toString(visitor) AS v FROM visits FINAL WHERE ${own} AND ${old}
       AND (finish >= toDateTime64('${dateOf(to)} 23:30:00', 3, 'UTC') OR start < toDateTime64('${dateOf(first)} 00:30:00', 3, 'UTC') AND duration_ms > ${MS_PER_DAY})`,
    );
    if (long.length > 0) {
      const touched = new Map<number, Set<bigint>>();
      for (const row of long) {
        const set = touched.get(row.d) ?? new Set();
        touched.set(row.d, set.add(BigInt(row.v)));
      }
      for (const day of await this.deriveVisitors(facts, site, touched)) changed.add(day);
    }
    const sales = `day BETWEEN '${dateOf(first)}' AND '${dateOf(last + LAST_VISIT_DAYS)}'`;
    for (const day of await this.#replaceSales(facts, site, sales)) changed.add(day);
    return changed;
  }

  /** Writes the visits of a scope and marks those that were there and are no more, as one insert. */
  async #replaceVisits(
    facts: WorkspaceFacts,
    site: string,
    scope: string,
    handedOver: boolean,
    limits?: { keep: string; old: string },
  ): Promise<Set<string>> {
    const own = `workspace = '${facts.workspace}' AND site = '${site}'`;
    const old = `${own} AND ${limits?.old ?? scope}`;
    const [existing] = await this.#rows<{ n: string; v: string }>(
      `SELECT count() AS n, max(version) AS v FROM visits WHERE ${old}`,
    );
    // versions grow even when the clock was set back
    const version = Math.max(Date.now() * 1000, Number(existing?.v ?? 0) + 2);
    const computed = visitsSelect({ scope: `${own} AND ${scope}`, handedOver });
    const columns = ['workspace', 'site', 'version', 'gone', ...VISIT_COLUMNS].join(', ');
    const outer = VISIT_COLUMNS.map((name) => `${name}_ AS ${name}`).join(', ');
    const fresh = `SELECT toUUID('${facts.workspace}') AS workspace, toUUID('${site}') AS site, toUInt64(${version + 1}) AS version,
      toUInt8(0) AS gone, ${outer} FROM (${computed}) ${limits ? `WHERE ${limits.keep}` : ''}`;
    const gone =
      existing?.n === '0'
        ? ''
        : ` UNION ALL SELECT workspace, site, toUInt64(${version}) AS version, toUInt8(1) AS gone, ${VISIT_COLUMNS.join(', ')} FROM visits FINAL WHERE ${old}`;
    await this.#clickhouse.command({
      query: `INSERT INTO visits (${columns}) SELECT ${columns} FROM (${fresh}${gone})`,
      clickhouse_settings: { ...LONG_QUERY, max_partitions_per_insert_block: '1000', join_use_nulls: 0 },
    });
    const local = await this.#rows<{ day: string }>(
      `SELECT DISTINCT toString(toDate(start, '${facts.timeZone}')) AS day FROM visits
       WHERE ${own} AND version IN (${version}, ${version + 1}) AND ${limits?.old ?? scope}`,
    );
    return new Set(local.map((row) => row.day));
  }

  /** Recomputes the sales of a scope and all events of their orders, which can count or not by what is in it. */
  async #replaceSales(facts: WorkspaceFacts, site: string, scope: string): Promise<Set<string>> {
    const own = `workspace = '${facts.workspace}' AND site = '${site}'`;
    const [touched] = await this.#rows<{ n: string; orders: string[] }>(
      `SELECT count() AS n, groupUniqArray(order_id) AS orders FROM events WHERE ${own} AND ${scope} AND ${MONEY}`,
    );
    if (!touched || touched.n === '0') return new Set();
    const orders = touched.orders.filter(Boolean).map((order) => `'${order.replace(/[\\']/g, '\\$&')}'`);
    const all = orders.length > 0 ? `((${scope}) OR order_id IN (${orders.join(',')}))` : scope;
    const events = `SELECT * FROM events WHERE ${own} AND ${all} AND ${MONEY}`;
    const [span] = await this.#rows<{ first: string; last: string; v: string }>(
      `SELECT min(day) AS first, max(day) AS last, (SELECT max(version) FROM sales WHERE ${own}) AS v FROM (${events})`,
    );
    const version = Math.max(Date.now() * 1000, Number(span?.v ?? 0) + 1);
    const visits = `(SELECT * FROM visits FINAL WHERE ${own}
      AND day BETWEEN toDate('${span!.first}') - ${LAST_VISIT_DAYS + 1} AND toDate('${span!.last}'))`;
    const columns = ['workspace', 'site', 'version', 'gone', ...SALE_COLUMNS].join(', ');
    const outer = SALE_COLUMNS.map((name) => `${name}_ AS ${name}`).join(', ');
    await this.#clickhouse.command({
      query: `INSERT INTO sales (${columns}) SELECT toUUID('${facts.workspace}') AS workspace, toUUID('${site}') AS site,
        toUInt64(${version}) AS version, toUInt8(NOT counts) AS gone, ${outer} FROM (${salesSelect({ events, visits })})`,
      clickhouse_settings: { ...LONG_QUERY, join_use_nulls: 0 },
    });
    const local = await this.#rows<{ day: string }>(
      `SELECT DISTINCT toString(toDate(at, '${facts.timeZone}')) AS day FROM sales WHERE ${own} AND version = ${version}`,
    );
    return new Set(local.map((row) => row.day));
  }
}
