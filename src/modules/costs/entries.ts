// Costs as a person reads and enters them.
import type { ClickHouseClient } from '@clickhouse/client';
import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type { z } from 'zod';
import { writeAudit } from '../../platform/audit/audit.ts';
import { minorUnits } from '../../platform/money/money.ts';
import { takeVatOut, vatOn } from '../../platform/money/vat.ts';
import { channelOf } from '../analytics/index.ts';
import type { costInput } from './contract.ts';
import { type CostRow, writeCosts } from './costs.ts';
import { vatRates } from './rates.ts';
import type { Db } from './tables.ts';

interface Period {
  from: string;
  to: string;
}
const MOST_GROUPS = 500;
const PAGE = 100;

export async function listCosts(db: Db, workspace: string, { from, to }: Period) {
  const groups = await db
    .selectFrom('cost')
    .select(['feed', 'source', 'medium', 'campaign', 'page', 'channel', 'currency'])
    .select((eb) => [
      sql<number>`sum(amount)::bigint`.as('amount'),
      sql<number>`sum(vat)::bigint`.as('vat'),
      sql<number | null>`sum(clicks)::bigint`.as('clicks'),
      eb.fn.min('day').as('firstDay'),
      eb.fn.max('day').as('lastDay'),
    ])
    .where('workspace', '=', workspace)
    .where('day', '>=', from)
    .where('day', '<', to)
    .groupBy(['feed', 'source', 'medium', 'campaign', 'page', 'channel', 'currency'])
    .orderBy('amount', 'desc')
    .limit(MOST_GROUPS + 1)
    .execute();
  return { groups: groups.slice(0, MOST_GROUPS), more: groups.length > MOST_GROUPS };
}

export async function listCostRows(
  db: Db,
  workspace: string,
  of: Period & { feed?: string | undefined; offset: number },
) {
  const chosen = db
    .selectFrom('cost')
    .where('workspace', '=', workspace)
    .where('day', '>=', of.from)
    .where('day', '<', of.to)
    .$if(of.feed !== undefined, (q) => q.where('feed', '=', of.feed!));
  const { count } = await chosen.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const rows = await chosen.selectAll().orderBy('day', 'desc').orderBy('id').limit(PAGE).offset(of.offset).execute();
  return {
    count,
    rows: rows.map(({ workspace: _, import: __, impressions: ___, updated_at, ...row }) => ({
      ...row,
      updatedAt: updated_at.toISOString(),
    })),
  };
}

/** Corrections of what was known before, newest first. */
export async function restatedCosts(clickhouse: ClickHouseClient, workspace: string, period: Period) {
  const answer = await clickhouse.query({
    query: `SELECT formatDateTime(known, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS known, toString(day) AS day, feed, source, medium, campaign,
        currency, toFloat64(amount) AS amount
      FROM cost_differences FINAL
      WHERE workspace = {workspace:UUID} AND day >= {from:Date} AND day < {to:Date} AND first = 0 AND amount != 0
      ORDER BY cost_differences.known DESC LIMIT 200`,
    query_params: { workspace, ...period },
    format: 'JSONEachRow',
    clickhouse_settings: { prefer_column_name_to_alias: 1 },
  });
  return answer.json<{
    known: string;
    day: string;
    feed: string;
    source: string;
    medium: string;
    campaign: string;
    currency: string;
    amount: number;
  }>();
}

/** A row as it is put in, with its channel, in minor units and without VAT. */
export function costRow(input: z.output<typeof costInput>, vatPerMille: number): CostRow {
  const amount = minorUnits(input.amount, input.currency);
  const { net, vat } = input.vatIncluded ? takeVatOut(amount, vatPerMille) : { net: amount, vat: 0 };
  const { vatIncluded: _, ...about } = input;
  const channel =
    input.source || input.medium
      ? channelOf({
          source: input.source,
          medium: input.medium,
          campaign: input.campaign,
          clickIdName: '',
          referrerHost: '',
        })
      : '';
  return { ...about, channel, amount: net, vat, impressions: null, clicks: null };
}

export async function setCost(db: Db, workspace: string, input: z.output<typeof costInput>, who: string) {
  const site = await db
    .selectFrom('site')
    .select('host')
    .where('workspace', '=', workspace)
    .where('id', '=', input.site)
    .executeTakeFirst();
  if (!site) throw new ORPCError('BAD_REQUEST', { message: 'There is no such site in this company.' });
  return db.transaction().execute(async (tx) => {
    const row = costRow(input, vatOn(await vatRates(tx, workspace), input.day));
    const change = await writeCosts(tx, { workspace, feed: 'manual', import: null }, [row]);
    const kind = change.added ? ('added' as const) : change.changed ? ('changed' as const) : ('same' as const);
    const [entry] = change.before;
    if (entry) {
      const target =
        `${site.host} ${input.day} ${[input.source, input.medium, input.campaign].filter(Boolean).join(' / ')}`.trim();
      await writeAudit(tx, {
        workspace,
        who,
        action: 'cost.set',
        target,
        details: { amount: row.amount, currency: row.currency, before: entry.before?.amount ?? null },
      });
    }
    return { id: entry?.id ?? null, change: kind };
  });
}

export async function removeCost(db: Db, workspace: string, cost: string, who: string): Promise<{ removed: boolean }> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('cost')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', cost)
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such cost.' });
    if (row.feed !== 'manual')
      throw new ORPCError('CONFLICT', {
        message: 'This cost came with an import: undo the import, or import a corrected file.',
      });
    await tx.deleteFrom('cost').where('workspace', '=', workspace).where('id', '=', cost).execute();
    const target = `${row.day} ${[row.source, row.medium, row.campaign].filter(Boolean).join(' / ')}`.trim();
    await writeAudit(tx, {
      workspace,
      who,
      action: 'cost.remove',
      target,
      details: { amount: row.amount, currency: row.currency },
    });
    return { removed: true };
  });
}
