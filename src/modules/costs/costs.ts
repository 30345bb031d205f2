// Costs by day: a feed's newest word stands, and what it said before stays readable as differences.
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { uuidv7 } from '../../platform/ids/uuid.ts';

/** One cost as it is put in. Amounts in minor units of `currency`; `amount` without VAT. */
export interface CostRow {
  site: string;
  /** YYYY-MM-DD in the workspace's zone */
  day: string;
  source: string;
  medium: string;
  campaign: string;
  content: string;
  term: string;
  /** landing page as a path, '' for none */
  page: string;
  channel: string;
  currency: string;
  amount: number;
  vat: number;
  impressions: number | null;
  clicks: number | null;
}

/** What a row held before it was written over; null when it was not there. */
export interface CostBefore {
  id: string;
  before: {
    amount: number;
    vat: number;
    impressions: number | null;
    clicks: number | null;
    import: string | null;
  } | null;
}

export interface CostChange {
  added: number;
  changed: number;
  same: number;
  /** days with an added or changed row */
  days: string[];
}

const KEYS = ['site', 'day', 'source', 'medium', 'campaign', 'content', 'term', 'page', 'currency'] as const;
const keyOf = (row: Pick<CostRow, (typeof KEYS)[number]>): string => KEYS.map((name) => row[name]).join('\u0000');

const recordset = (rows: readonly CostRow[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i(
  id text, site text, day date, source text, medium text, campaign text, content text, term text, page text, channel text,
  currency text, amount bigint, vat bigint, impressions bigint, clicks bigint)`;

type Existing = CostRow & { id: string; import: string | null };

async function existing(
  db: QueryExecutorProvider,
  workspace: string,
  feed: string,
  rows: readonly CostRow[],
  lock: RawBuilder<unknown>,
) {
  const found = await sql<Existing>`
    SELECT c.id, c.site, c.day, c.source, c.medium, c.campaign, c.content, c.term, c.page, c.currency, c.amount, c.vat,
      c.impressions, c.clicks, c.import
    FROM ${recordset(rows)} JOIN cost c ON c.workspace = ${workspace} AND c.feed = ${feed}
      AND (c.site, c.day, c.source, c.medium, c.campaign, c.content, c.term, c.page, c.currency)
        = (i.site, i.day, i.source, i.medium, i.campaign, i.content, i.term, i.page, i.currency)
    ORDER BY c.id ${lock}`.execute(db);
  return new Map(found.rows.map((row) => [keyOf(row), row]));
}

const FIGURES = ['amount', 'vat', 'impressions', 'clicks'] as const;
const sameFigures = (a: CostRow, b: CostRow): boolean => FIGURES.every((name) => a[name] === b[name]);

/** What `writeCosts` of these rows would change; changes nothing. */
export async function compareCosts(
  db: QueryExecutorProvider,
  of: { workspace: string; feed: string },
  rows: readonly CostRow[],
): Promise<CostChange> {
  const known = await existing(db, of.workspace, of.feed, rows, sql``);
  const change = { added: 0, changed: 0, same: 0 };
  const days = new Set<string>();
  for (const row of rows) {
    const old = known.get(keyOf(row));
    const is = old === undefined ? 'added' : sameFigures(old, row) ? 'same' : 'changed';
    change[is]++;
    if (is !== 'same') days.add(row.day);
  }
  return { ...change, days: [...days].sort() };
}

/** Writes rows (each key once) in the transaction. Returns what changed and what is needed to undo it. */
export async function writeCosts(
  tx: QueryExecutorProvider,
  of: { workspace: string; feed: string; import: string | null },
  rows: readonly CostRow[],
): Promise<CostChange & { before: CostBefore[] }> {
  if (rows.length === 0) return { added: 0, changed: 0, same: 0, days: [], before: [] };
  // one writer a feed: what a row held before must be known even where two write the same new row at once
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`cost ${of.workspace} ${of.feed}`}))`.execute(tx);
  const known = await existing(tx, of.workspace, of.feed, rows, sql`FOR UPDATE OF c`);
  const change = { added: 0, changed: 0, same: 0 };
  const before: CostBefore[] = [];
  const fresh: (CostRow & { id: string })[] = [];
  for (const row of rows) {
    const old = known.get(keyOf(row));
    if (old && sameFigures(old, row)) {
      change.same++;
      continue;
    }
    change[old ? 'changed' : 'added']++;
    const id = old?.id ?? uuidv7();
    before.push({ id, before: old ? pick(old) : null });
    fresh.push({ ...row, id });
  }
  if (fresh.length > 0)
    await sql`
      INSERT INTO cost (workspace, id, site, feed, day, source, medium, campaign, content, term, page, channel, currency,
        amount, vat, impressions, clicks, import)
      SELECT ${of.workspace}, i.id, i.site, ${of.feed}, i.day, i.source, i.medium, i.campaign, i.content, i.term, i.page,
        i.channel, i.currency, i.amount, i.vat, i.impressions, i.clicks, ${of.import}
      FROM ${recordset(fresh)}
      ON CONFLICT (workspace, site, feed, day, source, medium, campaign, content, term, page, currency) DO UPDATE
      SET amount = excluded.amount, vat = excluded.vat, impressions = excluded.impressions, clicks = excluded.clicks,
        import = excluded.import, updated_at = now()`.execute(tx);
  return { ...change, days: [...new Set(fresh.map((row) => row.day))].sort(), before };
}

const pick = ({ amount, vat, impressions, clicks, import: from }: Existing): NonNullable<CostBefore['before']> => ({
  amount,
  vat,
  impressions,
  clicks,
  import: from,
});

/** Puts back what an import wrote over. Rows that something newer has changed since stay; returns how many of both. */
export async function undoCosts(
  tx: QueryExecutorProvider,
  of: { workspace: string; import: string },
  entries: readonly CostBefore[],
): Promise<{ undone: number; kept: number }> {
  const added = entries.filter((e) => e.before === null).map((e) => e.id);
  const changed = entries.flatMap((e) => (e.before ? [{ id: e.id, ...e.before }] : []));
  const deleted = await sql`
    DELETE FROM cost WHERE workspace = ${of.workspace} AND import = ${of.import} AND id = ANY(${added})`.execute(tx);
  const restored = await sql`
    UPDATE cost c SET amount = i.amount, vat = i.vat, impressions = i.impressions, clicks = i.clicks, import = i.import, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS i(id text, amount bigint, vat bigint, impressions bigint, clicks bigint, import text)
    WHERE c.workspace = ${of.workspace} AND c.id = i.id AND c.import = ${of.import}`.execute(tx);
  const undone = Number(deleted.numAffectedRows ?? 0) + Number(restored.numAffectedRows ?? 0);
  return { undone, kept: entries.length - undone };
}
