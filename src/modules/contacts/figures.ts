// What each number and promo code brought: calls and chats as recorded, orders as the shop told them.
import type { Question } from '../analytics/index.ts';
import { quote, type Reports, salesOf } from '../analytics/index.ts';
import { describeSource, keptSources } from './contact-sources.ts';
import { startOf } from './contacts.ts';
import type { ContactFigures } from './contract.ts';
import type { Db } from './tables.ts';

export async function contactFigures(
  { db, reports }: { db: Db; reports: Reports },
  workspace: string,
  asked: Question,
) {
  const opened = await reports.openSales(workspace, asked);
  const { scope } = opened;
  const sources = (await keptSources(db).list(workspace, 'active')).map(describeSource);
  const [told, ordered, trust] = await Promise.all([
    db
      .selectFrom('contact')
      .select(['source_id', 'kind'])
      .select(({ fn }) => [fn.countAll<string>().as('count'), fn.sum<string | null>('worth').as('worth')])
      .where('workspace', '=', workspace)
      .where('removed_at', 'is', null)
      .where('source_id', 'is not', null)
      .where('at', '>=', startOf(scope.from, scope.zone))
      .where('at', '<', startOf(scope.to, scope.zone))
      .groupBy(['source_id', 'kind'])
      .execute(),
    promoOrders(reports, opened, sources),
    reports.trust(opened, ['revenue']),
  ]);
  const rows = sources.map(({ id, definition }): ContactFigures => {
    const of = (kind: 'call' | 'chat') => told.filter((row) => row.source_id === id && row.kind === kind);
    const count = (kind: 'call' | 'chat') => of(kind).reduce((sum, row) => sum + Number(row.count), 0);
    const promo = definition.kind === 'promo' ? ordered.get(definition.value.toLowerCase()) : undefined;
    return {
      id,
      calls: count('call'),
      chats: count('chat'),
      worth: promo?.worth ?? [...of('call'), ...of('chat')].reduce((sum, row) => sum + Number(row.worth ?? 0), 0),
      orders: promo?.orders ?? 0,
      otherwise: promo?.otherwise ?? 0,
    };
  });
  return { rows, trust };
}

async function promoOrders(
  reports: Reports,
  { scope }: Awaited<ReturnType<Reports['openSales']>>,
  sources: readonly ReturnType<typeof describeSource>[],
): Promise<Map<string, { orders: number; worth: number; otherwise: number }>> {
  const promos = sources.filter(({ definition }) => definition.kind === 'promo');
  if (promos.length === 0 || scope.sites.length === 0) return new Map();
  const own = promos.map(
    ({ definition: { value, source } }) =>
      `lower(coupon) = ${quote(value.toLowerCase())} AND source = ${quote(source.toLowerCase())}`,
  );
  const codes = promos.map(({ definition }) => quote(definition.value.toLowerCase()));
  const rows = await reports.rows<{ code: string; orders: string; worth: string; otherwise: string }>(`
    SELECT lower(coupon) AS code, uniqExactIf(id, name = 'purchase') AS orders, ${scope.money.sum('revenue')} AS worth,
      uniqExactIf(id, name = 'purchase' AND NOT (${own.map((one) => `(${one})`).join(' OR ')})) AS otherwise
    ${salesOf(scope)} AND lower(coupon) IN (${codes.join(', ')}) GROUP BY code`);
  return new Map(
    rows.map(({ code, orders, worth, otherwise }) => [
      code,
      { orders: Number(orders), worth: Number(worth), otherwise: Number(otherwise) },
    ]),
  );
}
