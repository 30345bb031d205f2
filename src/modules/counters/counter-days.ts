// Figures of other counters by day: the newest word of a file stands, and what it wrote over comes back when the file is undone.
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { uuidv7 } from '../../platform/ids/uuid.ts';
import type { Counter } from './contract.ts';

export interface CounterDay {
  site: string;
  counter: Counter;
  /** YYYY-MM-DD in the counter's zone */
  day: string;
  /** the counter's word for where they came from; '' of figures that aren't split */
  source: string;
  visits: number;
  /** null: the file doesn't say */
  visitors: number | null;
  views: number | null;
  conversions: number | null;
}

/** What a row held before it was written over; null when it was not there. */
export interface DayBefore {
  id: string;
  before: (Pick<CounterDay, (typeof FIGURES)[number]> & { import: string | null }) | null;
}
interface Change {
  added: number;
  changed: number;
  same: number;
  days: string[];
}

const FIGURES = ['visits', 'visitors', 'views', 'conversions'] as const;
const keyOf = ({ site, counter, day, source }: CounterDay): string => [site, counter, day, source].join('\u0000');
const sameFigures = (a: CounterDay, b: CounterDay): boolean => FIGURES.every((name) => a[name] === b[name]);

const recordset = (rows: readonly CounterDay[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i(
  id text, site text, counter text, day date, source text, visits bigint, visitors bigint, views bigint, conversions bigint)`;

type Standing = CounterDay & { id: string; import: string | null };

async function standing(
  db: QueryExecutorProvider,
  workspace: string,
  rows: readonly CounterDay[],
  lock: RawBuilder<unknown>,
): Promise<Map<string, Standing>> {
  const found = await sql<Standing>`
    SELECT c.id, c.site, c.counter, c.day, c.source, c.visits, c.visitors, c.views, c.conversions, c.import
    FROM ${recordset(rows)} JOIN counter_day c ON c.workspace = ${workspace}
      AND (c.site, c.counter, c.day, c.source) = (i.site, i.counter, i.day, i.source)
    ORDER BY c.id ${lock}`.execute(db);
  return new Map(found.rows.map((row) => [keyOf(row), row]));
}

function changeOf(rows: readonly CounterDay[], known: ReadonlyMap<string, Standing>) {
  const change = { added: 0, changed: 0, same: 0 };
  const fresh: { row: CounterDay; old: Standing | undefined }[] = [];
  for (const row of rows) {
    const old = known.get(keyOf(row));
    const is = old === undefined ? 'added' : sameFigures(old, row) ? 'same' : 'changed';
    change[is]++;
    if (is !== 'same') fresh.push({ row, old });
  }
  return { fresh, change: { ...change, days: [...new Set(fresh.map(({ row }) => row.day))].sort() } };
}

/** What `writeCounterDays` of these rows would change; changes nothing. */
export const compareCounterDays = async (
  db: QueryExecutorProvider,
  workspace: string,
  rows: readonly CounterDay[],
): Promise<Change> => changeOf(rows, await standing(db, workspace, rows, sql``)).change;

/** Writes rows (each key once) in the transaction. Returns what changed and what is needed to undo it. */
export async function writeCounterDays(
  tx: QueryExecutorProvider,
  of: { workspace: string; import: string | null },
  rows: readonly CounterDay[],
): Promise<Change & { before: DayBefore[] }> {
  // one writer a company: what a row held before must be known even where two write the same new row at once
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`counter ${of.workspace}`}))`.execute(tx);
  const { fresh, change } = changeOf(rows, await standing(tx, of.workspace, rows, sql`FOR UPDATE OF c`));
  const written = fresh.map(({ row, old }) => ({ ...row, id: old?.id ?? uuidv7() }));
  if (written.length > 0)
    await sql`
      INSERT INTO counter_day (workspace, id, site, counter, day, source, visits, visitors, views, conversions, import)
      SELECT ${of.workspace}, i.id, i.site, i.counter, i.day, i.source, i.visits, i.visitors, i.views, i.conversions, ${of.import}
      FROM ${recordset(written)}
      ON CONFLICT (workspace, site, counter, day, source) DO UPDATE
      SET visits = excluded.visits, visitors = excluded.visitors, views = excluded.views,
        conversions = excluded.conversions, import = excluded.import, updated_at = now()`.execute(tx);
  const before = fresh.map(({ old }, index): DayBefore => ({ id: written[index]!.id, before: old ? pick(old) : null }));
  return { ...change, before };
}

const pick = ({ visits, visitors, views, conversions, import: from }: Standing): NonNullable<DayBefore['before']> => ({
  visits,
  visitors,
  views,
  conversions,
  import: from,
});

/** Puts back what an import wrote over. Rows that something newer has changed since stay; returns how many of both. */
export async function undoCounterDays(
  tx: QueryExecutorProvider,
  of: { workspace: string; import: string },
  entries: readonly DayBefore[],
): Promise<{ undone: number; kept: number }> {
  const added = entries.filter((entry) => entry.before === null).map(({ id }) => id);
  const changed = entries.flatMap(({ id, before }) => (before ? [{ id, ...before }] : []));
  const deleted = await sql`
    DELETE FROM counter_day WHERE workspace = ${of.workspace} AND import = ${of.import} AND id = ANY(${added})`.execute(
    tx,
  );
  const restored = await sql`
    UPDATE counter_day c SET visits = i.visits, visitors = i.visitors, views = i.views, conversions = i.conversions,
      import = i.import, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
      AS i(id text, visits bigint, visitors bigint, views bigint, conversions bigint, import text)
    WHERE c.workspace = ${of.workspace} AND c.id = i.id AND c.import = ${of.import}`.execute(tx);
  const undone = Number(deleted.numAffectedRows ?? 0) + Number(restored.numAffectedRows ?? 0);
  return { undone, kept: entries.length - undone };
}
