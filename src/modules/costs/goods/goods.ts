// Costs of products as a person reads, enters and imports them. One a product and day.
import { ORPCError } from '@orpc/server';
import { sql, type Transaction } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import { minorUnits } from '../../../platform/money/money.ts';
import type { CostTables, Db } from '../tables.ts';
import type { GoodsCost } from './contract.ts';

const MOST = 2000;

export interface GoodsRow {
  product: string;
  fromDay: string;
  /** minor units */
  cost: number;
  currency: string;
}
export interface GoodsBefore {
  id: string;
  before: { cost: number; currency: string; import: string | null } | null;
}

type Stored = CostTables['goods_cost'];
const describe = (row: Omit<Stored, 'workspace' | 'import' | 'updated_at'> & { updated_at: Date }): GoodsCost => ({
  id: row.id,
  product: row.product,
  fromDay: row.from_day,
  cost: Number(row.cost),
  currency: row.currency,
  updatedAt: row.updated_at.toISOString(),
});

export async function listGoodsCosts(db: Db, workspace: string, find: string) {
  const chosen = db.selectFrom('goods_cost').where('workspace', '=', workspace);
  const pattern = `%${find.replace(/[\\%_]/g, '\\$&')}%`;
  const [rows, counted] = await Promise.all([
    chosen
      .selectAll()
      .$if(find !== '', (q) => q.where('product', 'ilike', pattern))
      .orderBy('product')
      .orderBy('from_day', 'desc')
      .limit(MOST + 1)
      .execute(),
    chosen.select(sql<number>`count(DISTINCT product)::int`.as('products')).executeTakeFirstOrThrow(),
  ]);
  return {
    costs: rows.slice(0, MOST).map((row) => describe(row as never)),
    products: counted.products,
    cut: rows.length > MOST,
  };
}

const recordset = (rows: readonly GoodsRow[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i(product text, "fromDay" date, cost bigint, currency text)`;

type Tx = Transaction<CostTables>;

export async function compareGoodsCosts(tx: Tx, workspace: string, rows: readonly GoodsRow[]) {
  const found = await sql<{ product: string; day: string; same: boolean }>`
    SELECT g.product, g.from_day::text AS day, (g.cost, g.currency) = (i.cost, i.currency) AS same FROM ${recordset(rows)}
    JOIN goods_cost g ON g.workspace = ${workspace} AND g.product = i.product AND g.from_day = i."fromDay"`.execute(tx);
  const keyOf = (product: string, day: string): string => `${day} ${product}`;
  const standing = new Map(found.rows.map(({ product, day, same }) => [keyOf(product, day), same]));
  const of = (state: boolean | undefined) =>
    rows.filter(({ product, fromDay }) => standing.get(keyOf(product, fromDay)) === state);
  const [added, changed, same] = [of(undefined), of(false), of(true)];
  const days = [...new Set([...added, ...changed].map(({ fromDay }) => fromDay))].sort();
  return { added: added.length, changed: changed.length, same: same.length, days };
}

/** A later row of a product and day writes over what stands; what stood comes back as `before`. */
export async function writeGoodsCosts(
  tx: Tx,
  of: { workspace: string; import: string | null },
  rows: readonly GoodsRow[],
): Promise<{ added: number; changed: number; same: number; days: string[]; before: GoodsBefore[] }> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`goods ${of.workspace}`}))`.execute(tx);
  const counts = await compareGoodsCosts(tx, of.workspace, rows);
  const old = await sql<Stored & { day: string }>`
    SELECT g.id, g.product, g.from_day::text AS day, g.cost, g.currency, g.import FROM ${recordset(rows)}
    JOIN goods_cost g ON g.workspace = ${of.workspace} AND g.product = i.product AND g.from_day = i."fromDay"
    WHERE (g.cost, g.currency) <> (i.cost, i.currency)`.execute(tx);
  const made = rows.map((row) => ({ ...row, id: uuidv7() }));
  const written = await sql<{ id: string; product: string; day: string }>`
    INSERT INTO goods_cost AS g (workspace, id, product, from_day, cost, currency, import)
    SELECT ${of.workspace}, i.id, i.product, i."fromDay", i.cost, i.currency, ${of.import}
    FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS i(id text, product text, "fromDay" date, cost bigint, currency text)
    ON CONFLICT (workspace, product, from_day) DO UPDATE
      SET cost = excluded.cost, currency = excluded.currency, import = excluded.import, updated_at = now()
      WHERE (g.cost, g.currency) <> (excluded.cost, excluded.currency)
    RETURNING g.id, g.product, g.from_day::text AS day`.execute(tx);
  const before = written.rows.map(({ id }) => {
    const was = old.rows.find((row) => row.id === id);
    return {
      id,
      before: was ? { cost: Number(was.cost), currency: was.currency, import: was.import } : null,
    };
  });
  return { ...counts, before };
}

/** What another hand has changed since stays. */
export async function undoGoodsCosts(
  tx: Tx,
  of: { workspace: string; import: string },
  entries: readonly GoodsBefore[],
): Promise<{ undone: number; kept: number }> {
  let undone = 0;
  for (const { id, before } of entries) {
    const mine = tx.selectFrom('goods_cost').where('workspace', '=', of.workspace).where('id', '=', id);
    const row = await mine.select('import').forUpdate().executeTakeFirst();
    if (row?.import !== of.import) continue;
    undone++;
    if (before === null)
      await tx.deleteFrom('goods_cost').where('workspace', '=', of.workspace).where('id', '=', id).execute();
    else
      await tx
        .updateTable('goods_cost')
        .set({ ...before, updated_at: new Date() })
        .where('workspace', '=', of.workspace)
        .where('id', '=', id)
        .execute();
  }
  return { undone, kept: entries.length - undone };
}

export async function setGoodsCost(
  db: Db,
  workspace: string,
  input: { product: string; fromDay: string; cost: string; currency: string },
  who: string,
): Promise<GoodsCost> {
  const row = { ...input, cost: minorUnits(input.cost, input.currency) };
  return db.transaction().execute(async (tx) => {
    const { before } = await writeGoodsCosts(tx as never, { workspace, import: null }, [row]);
    const stored = await tx
      .selectFrom('goods_cost')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('product', '=', row.product)
      .where('from_day', '=', row.fromDay)
      .executeTakeFirstOrThrow();
    if (before.length > 0) {
      const details = { cost: row.cost, currency: row.currency, before: before[0]?.before?.cost ?? null };
      await writeAudit(tx, {
        workspace,
        who,
        action: 'goods-cost.set',
        target: `${row.product} ${row.fromDay}`,
        details,
      });
    }
    return describe(stored as never);
  });
}

export async function removeGoodsCost(db: Db, workspace: string, id: string, who: string) {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .deleteFrom('goods_cost')
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .returning(['product', 'from_day', 'cost', 'currency'])
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such cost.' });
    const details = { cost: Number(row.cost), currency: row.currency };
    const target = `${row.product} ${row.from_day}`;
    await writeAudit(tx, { workspace, who, action: 'goods-cost.remove', target, details });
    return { removed: true };
  });
}
