// Dated exchange rates and VAT rates of a company.
import { ORPCError } from '@orpc/server';
import { type QueryExecutorProvider, sql } from 'kysely';
import { writeAudit } from '../../platform/audit/audit.ts';
import { uuidv7 } from '../../platform/ids/uuid.ts';
import type { DatedVat } from '../../platform/money/vat.ts';
import type { Db } from './tables.ts';

export interface RateRow {
  day: string;
  currency: string;
  toCurrency: string;
  /** a decimal number as text: what one unit of `currency` is worth in `toCurrency` */
  rate: string;
  /** ecb, cbr or manual */
  source: string;
}

const LISTED = 500;

export async function listRates(db: Db, workspace: string, currency: string | undefined) {
  const rows = await db
    .selectFrom('exchange_rate')
    .selectAll()
    .where('workspace', '=', workspace)
    .$if(currency !== undefined, (q) =>
      q.where((eb) => eb.or([eb('currency', '=', currency!), eb('to_currency', '=', currency!)])),
    )
    .orderBy('day', 'desc')
    .orderBy('currency')
    .limit(LISTED)
    .execute();
  return rows.map(({ id, day, currency: from, to_currency: toCurrency, rate, source }) => ({
    id,
    day,
    currency: from,
    toCurrency,
    rate: rate.includes('.') ? rate.replace(/0+$/, '').replace(/\.$/, '') : rate,
    source,
  }));
}

/** Writes rates; of a day, pair and source the newest word stands. Returns how many were new or changed. */
export async function writeRates(
  db: QueryExecutorProvider,
  workspace: string,
  rows: readonly RateRow[],
  from: { import: string | null },
): Promise<number> {
  const answer = await sql`
    INSERT INTO exchange_rate (workspace, id, day, currency, to_currency, rate, source, import)
    SELECT ${workspace}, i.id, i.day, i.currency, i.to_currency, i.rate, i.source, ${from.import}
    FROM jsonb_to_recordset(${JSON.stringify(rows.map((row) => ({ ...row, id: uuidv7(), to_currency: row.toCurrency })))}::jsonb)
      AS i(id text, day date, currency text, to_currency text, rate numeric, source text)
    ON CONFLICT (workspace, day, currency, to_currency, source) DO UPDATE SET rate = excluded.rate, import = excluded.import
    WHERE exchange_rate.rate <> excluded.rate`.execute(db);
  return Number(answer.numAffectedRows ?? 0);
}

export async function setRate(
  db: Db,
  workspace: string,
  row: Omit<RateRow, 'source'>,
  who: string,
): Promise<{ id: string }> {
  if (row.currency === row.toCurrency)
    throw new ORPCError('BAD_REQUEST', {
      message: `A rate is between two currencies, not ${row.currency} and itself.`,
    });
  return db.transaction().execute(async (tx) => {
    await writeRates(tx, workspace, [{ ...row, source: 'manual' }], { import: null });
    const { id } = await tx
      .selectFrom('exchange_rate')
      .select('id')
      .where('workspace', '=', workspace)
      .where('day', '=', row.day)
      .where('currency', '=', row.currency)
      .where('to_currency', '=', row.toCurrency)
      .where('source', '=', 'manual')
      .executeTakeFirstOrThrow();
    const target = `${row.currency}/${row.toCurrency} ${row.day}`;
    await writeAudit(tx, { workspace, who, action: 'rate.set', target, details: { rate: row.rate } });
    return { id };
  });
}

export async function removeRate(db: Db, workspace: string, rate: string, who: string): Promise<{ removed: boolean }> {
  return db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('exchange_rate')
      .where('workspace', '=', workspace)
      .where('id', '=', rate)
      .returningAll()
      .executeTakeFirst();
    if (!gone) throw new ORPCError('NOT_FOUND', { message: 'There is no such rate.' });
    const target = `${gone.currency}/${gone.to_currency} ${gone.day}`;
    await writeAudit(tx, { workspace, who, action: 'rate.remove', target, details: { rate: gone.rate } });
    return { removed: true };
  });
}

export async function vatRates(db: Db, workspace: string): Promise<(DatedVat & { id: string })[]> {
  const rows = await db
    .selectFrom('vat_rate')
    .selectAll()
    .where('workspace', '=', workspace)
    .orderBy('from_day', 'desc')
    .execute();
  return rows.map((row) => ({ id: row.id, fromDay: row.from_day, perMille: row.per_mille }));
}

export async function setVat(
  db: Db,
  workspace: string,
  of: { fromDay: string; percent: number },
  who: string,
): Promise<{ id: string }> {
  return db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('vat_rate')
      .values({ workspace, id: uuidv7(), from_day: of.fromDay, per_mille: Math.round(of.percent * 10) })
      .onConflict((c) =>
        c.columns(['workspace', 'from_day']).doUpdateSet((eb) => ({ per_mille: eb.ref('excluded.per_mille') })),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    await writeAudit(tx, { workspace, who, action: 'vat.set', target: of.fromDay, details: { percent: of.percent } });
    return made;
  });
}

export async function removeVat(db: Db, workspace: string, id: string, who: string): Promise<{ removed: boolean }> {
  return db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('vat_rate')
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!gone) throw new ORPCError('NOT_FOUND', { message: 'There is no such VAT rate.' });
    await writeAudit(tx, {
      workspace,
      who,
      action: 'vat.remove',
      target: gone.from_day,
      details: { percent: gone.per_mille / 10 },
    });
    return { removed: true };
  });
}
