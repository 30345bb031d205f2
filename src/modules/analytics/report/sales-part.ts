// Measures of orders and revenue, read from sales: each row knows its event and the visit it belongs to, so that it can be split and
// filtered by either without a join.
import { SALE_COLUMNS, salesSelect } from '../../../platform/events/sales-sql.ts';
import { clauseOf, quote, timeClause } from './dimensions.ts';
import { compileFilter } from './filter.ts';
import { salesWithGoods } from './goods-part.ts';
import { rateKey } from './money.ts';
import { known, own, robots, type Scope, shiftDate, within } from './scope.ts';
import { visitorCondition } from './visitor-set.ts';
import { visitsFrom } from './visits-from.ts';
import type { DimensionId } from './vocabulary.ts';

/** What a roll-up keeps of a day: amounts by the key of their rate, counts as they are. */
export const SALES_OF_A_DAY = {
  net: `sumMap(map(${rateKey}, revenue))`,
  refunded: `sumMap(map(${rateKey}, greatest(-revenue, 0)))`,
  ordered: `sumMap(map(${rateKey}, if(name = 'purchase', revenue, 0)))`,
  sales: `sumMap(map(${rateKey}, toUInt64(1)))`,
  orders: "toUInt64(countIf(name = 'purchase'))",
  items: "sum(if(name = 'purchase', arraySum(items.quantity), 0))",
} as const;

/** A past moment's sales look back so far for the visit that led to them; sales as they are now look back 90 days. */
const PAST_VISIT_DAYS = 31;

/** Sales of the period; for a past moment they are computed anew from the events known then. */
export function salesFrom(s: Scope): string {
  if (!s.asOf) return 'sales FINAL';
  const columns = SALE_COLUMNS.map((name) => `${name}_ AS ${name}`).join(', ');
  const wide = { ...s, from: shiftDate(s.from, -PAST_VISIT_DAYS) };
  const ofSite = (site: string): string => {
    const one = { ...wide, sites: [site] };
    const events = `SELECT * FROM events WHERE ${own(one)} AND day <= toDate(${quote(s.to)}) + 1${known(s)}`;
    return `SELECT toUUID(${quote(s.workspace)}) AS workspace, toUUID(${quote(site)}) AS site, ${columns}
      FROM (${salesSelect({ events, visits: visitsFrom(one) })}) WHERE counts`;
  };
  return `(${s.sites.map(ofSite).join(' UNION ALL ')})`;
}

/** What every question about sales begins with. `further` conditions are put beside the scope's own filter. */
export function salesWhere(s: Scope, further: readonly string[] = []): string {
  const people = (filter: Parameters<typeof visitorCondition>[1]): string => visitorCondition(s, filter, 'visitor');
  const filter = s.filter ? compileFilter(s.filter, { side: 'event', zone: s.zone, people }) : '';
  return [`${own(s)} AND ${within('at', s)}${robots(s)}`, filter, ...further].filter(Boolean).join(' AND ');
}

/** `goods`: rows also say what their goods cost. */
export function salesPart(
  s: Scope,
  dimensions: readonly DimensionId[],
  measures: readonly string[],
  { goods }: { goods: boolean },
): string {
  const columns = dimensions.map((id, i) => {
    const clause = timeClause(id, 'at', s.zone) ?? `toString(${clauseOf(id).event ?? clauseOf(id).visit})`;
    return `${clause} AS d${i}`;
  });
  const properties = dimensions.filter((id) => id.startsWith('property:'));
  const where = salesWhere(s, [
    ...properties.map((id) => `mapContains(properties, ${quote(id.slice(9))})`),
    s.pages && dimensions.includes('page') ? `path IN (${s.pages.map(quote).join(', ')})` : '',
  ]);
  return `SELECT ${[...columns, ...measures].join(', ')} FROM ${goods ? salesWithGoods(s, salesFrom(s)) : salesFrom(s)} WHERE ${where}
    ${dimensions.length > 0 ? `GROUP BY ${dimensions.map((_, i) => `d${i}`).join(', ')}` : ''}`;
}
