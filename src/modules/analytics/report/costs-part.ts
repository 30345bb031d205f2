// The measure `cost`: signed differences added up, other currencies turned into the company's by the rate of their day.
import { clauseOf, isTime, quote, ROLLUP_TIME } from './dimensions.ts';
import type { Resolved } from './filter.ts';
import { known, own, type Scope } from './scope.ts';
import type { DimensionId } from './vocabulary.ts';

/** A cost belongs to a source and a landing page, never to one visit, event or visitor. */
const COLUMNS: Partial<Record<DimensionId, string>> = {
  channel: 'channel',
  source: 'source',
  medium: 'medium',
  campaign: 'campaign',
  content: 'content',
  term: 'term',
  landingPage: 'page',
};

export const costColumn = (id: DimensionId): string | undefined => (isTime(id) ? ROLLUP_TIME[id] : COLUMNS[id]);
export const costCan = (asked: readonly DimensionId[]): boolean => asked.every((id) => costColumn(id) !== undefined);

/** A cost has no visitor, so a filter that speaks of visitors can't choose among costs. */
export function speaksOfVisitors(filter: Resolved | undefined): boolean {
  if (!filter || 'property' in filter) return false;
  if ('and' in filter) return filter.and.some(speaksOfVisitors);
  if ('or' in filter) return filter.or.some(speaksOfVisitors);
  if ('not' in filter) return speaksOfVisitors(filter.not);
  if ('onSite' in filter) return speaksOfVisitors(filter.where);
  return true;
}

/** The name a property has on visits, where a filter is written, beside its name on costs. */
const AS_VISIT = Object.entries(COLUMNS).map(([id, column]) => {
  const visit = clauseOf(id as DimensionId).visit!;
  return visit === column ? column : `${column} AS ${visit}`;
});

/** `condition` is a filter over the columns of visits, '1' for none. */
export function costsPart(
  s: Scope,
  dimensions: readonly DimensionId[],
  measures: readonly string[],
  condition: string,
): string {
  const dims = dimensions.map((id, i) => `${costColumn(id)!} AS d${i}`);
  const factors = s.costFactors ?? [];
  // a filter on a weekday or month reads the moment a visit begins: of a cost, its day's beginning
  const start = `toDateTime64(concat(toString(day), ' 00:00:00'), 3, ${quote(s.zone)}) AS start`;
  const inner = `SELECT day, currency, amount, ${AS_VISIT.join(', ')}, page, ${start} FROM cost_differences FINAL
    WHERE ${own(s)} AND day >= ${quote(s.from)} AND day < ${quote(s.to)}${known(s)}`;
  const own_ = `SELECT *, toFloat64(amount) AS worth FROM (${inner}) WHERE currency = ${quote(s.currency)}`;
  const values = factors.map((f) => `(${quote(f.currency)}, ${quote(f.day)}, ${f.factor})`).join(', ');
  const others = `SELECT c.*, round(c.amount * f.factor) AS worth FROM (${inner} AND currency != ${quote(s.currency)}) AS c
    ASOF INNER JOIN (SELECT * FROM values('currency String, day Date, factor Float64', ${values})) AS f
      ON c.currency = f.currency AND c.day >= f.day`;
  const from = factors.length > 0 ? `${own_} UNION ALL ${others}` : own_;
  return `SELECT ${[...dims, ...measures].join(', ')} FROM (${from}) WHERE ${condition}
    ${dimensions.length > 0 ? `GROUP BY ${dimensions.map((_, i) => `d${i}`).join(', ')}` : 'HAVING count() > 0'}`;
}
