// Rebuilds the roll-ups of days whose events changed, from visits and events as they are now; never by adding up at insert,
// which late and doubled events make wrong.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import type { Logger } from 'pino';
import { quote } from './dimensions.ts';
import { HALVES } from './registry.ts';
import { NOBODY, RAW, rawColumns } from './rollup-rows.ts';
import { CALENDAR, SPANS } from './rollup-spans.ts';

const DAYS_PER_STEP = 62;
const SETTINGS = {
  do_not_merge_across_partitions_select_final: 1,
  prefer_column_name_to_alias: 1,
  max_query_size: '4194304',
  max_partitions_per_insert_block: '1000',
} as const;

interface Dirty {
  workspace: string;
  site: string;
  day: string;
  mark: number;
}

export class RollUps {
  readonly #pool: pg.Pool;
  readonly #clickhouse: ClickHouseClient;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(pool: pg.Pool, clickhouse: ClickHouseClient, log: Logger) {
    this.#pool = pool;
    this.#clickhouse = clickhouse;
    this.#log = log;
  }

  /** A day that goes on changing is read raw meanwhile, so there is no hurry. */
  start(everyMs = 5000, settleMs = 20_000): void {
    const next = (): void => {
      if (this.#stopped) return;
      this.#timer = setTimeout(() => {
        this.#running = this.rebuild({ settledMs: settleMs })
          .catch((error: unknown) =>
            this.#log.warn({ err: error }, 'roll-ups are not rebuilt; reports read events meanwhile'),
          )
          .finally(next);
      }, everyMs);
    };
    next();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Rebuilds days marked longer ago than `settledMs`. Returns how many. */
  async rebuild(options: { workspace?: string; settledMs?: number } = {}): Promise<number> {
    const found = await this.#pool.query<Dirty>(
      `SELECT workspace, site, day, mark FROM dirty_day
       WHERE marked_at <= now() - make_interval(secs => $1) AND ($2::text IS NULL OR workspace = $2) ORDER BY workspace, site, day`,
      [(options.settledMs ?? 0) / 1000, options.workspace ?? null],
    );
    for (let i = 0; i < found.rows.length; ) {
      const first = found.rows[i]!;
      const step = found.rows
        .slice(i, i + DAYS_PER_STEP)
        .filter((row) => row.workspace === first.workspace && row.site === first.site);
      await this.#rebuildStep(step);
      i += step.length;
    }
    return found.rows.length;
  }

  async #rebuildStep(step: readonly Dirty[]): Promise<void> {
    const { workspace, site } = step[0]!;
    const settings = await this.#pool.query<{ time_zone: string }>('SELECT time_zone FROM workspace WHERE id = $1', [
      workspace,
    ]);
    const of = settings.rows[0];
    if (!of) return;
    const days = step.map((row) => `toDate(${quote(row.day)})`).join(', ');
    const own = `workspace = ${quote(workspace)} AND site = ${quote(site)}`;
    const near = `day >= toDate(${quote(step[0]!.day)}) - 1 AND day <= toDate(${quote(step.at(-1)!.day)}) + 1`;
    const local = (at: string): string => `toDate(${at}, ${quote(of.time_zone)})`;
    const version = Date.now() * 1000;
    const ids = `toUUID(${quote(workspace)}) AS workspace, toUUID(${quote(site)}) AS site`;
    const run = (query: string) => this.#clickhouse.command({ query, clickhouse_settings: SETTINGS });
    // every wanted day gets a row for people and one for robots, so that a day that became empty is written as empty
    const names = HALVES.flatMap((half) => Object.keys(RAW[half].columns).map((name) => ({ half, name })));
    const part = (half: (typeof HALVES)[number]): string => {
      const { from, at } = RAW[half];
      return `LEFT JOIN (SELECT ${local(at)} AS d, bot, ${rawColumns(half)} FROM ${from} WHERE ${own} AND ${near} AND d IN (${days})
        GROUP BY d, bot) AS ${half}_part ON ${half}_part.d = k.day AND ${half}_part.bot = k.bot`;
    };
    await run(`INSERT INTO rollup_days (workspace, site, day, bot, version, ${names.map(({ name }) => name).join(', ')})
      SELECT ${ids}, k.day, k.bot, ${version}, ${names.map(({ half, name }) => `${half}_part.${name}`).join(', ')}
      FROM (SELECT arrayJoin([${days}]) AS day, arrayJoin([toUInt8(0), toUInt8(1)]) AS bot) AS k
      ${HALVES.map(part).join('\n')}`);
    // a span written later from older days must not win: each day that is written anew raises the sum of their versions
    for (const span of SPANS) {
      const { startOf, next, sql } = CALENDAR[span];
      const starts = [...new Set(step.map((row) => startOf(row.day)))].sort();
      await run(`INSERT INTO rollup_spans (workspace, site, unit, start, bot, version, visitors)
        SELECT ${ids}, ${quote(span)}, ${sql} AS s, bot, sum(version), uniqMergeState(visitors) FROM rollup_days FINAL
        WHERE ${own} AND day >= ${quote(starts[0]!)} AND day < ${quote(next(starts.at(-1)!))}
          AND s IN (${starts.map((start) => `toDate(${quote(start)})`).join(', ')}) GROUP BY s, bot`);
    }
    // a page that has no views any more is written as empty
    await run(`INSERT INTO rollup_pages (workspace, site, day, bot, path, version, views, visitors)
      SELECT ${ids}, d, b, p, ${version}, sum(n), uniqMergeState(u) FROM (
        SELECT ${local('at')} AS d, bot AS b, path AS p, toUInt64(count()) AS n, uniqState(visitor) AS u FROM events
        WHERE ${own} AND ${near} AND kind = 'view' AND d IN (${days}) GROUP BY d, b, p
        UNION ALL SELECT day, bot, path, toUInt64(0), ${NOBODY}
        FROM rollup_pages FINAL WHERE ${own} AND day IN (${days}) AND views > 0
      ) GROUP BY d, b, p`);
    // a mark that grew meanwhile means that the day changed again: it stays
    await this.#pool.query(
      `DELETE FROM dirty_day USING unnest($3::date[], $4::bigint[]) AS done (day, mark)
       WHERE workspace = $1 AND site = $2 AND dirty_day.day = done.day AND dirty_day.mark = done.mark`,
      [workspace, site, step.map((row) => row.day), step.map((row) => row.mark)],
    );
  }
}
