// The rates a question about sales needs: those of the days on which its period has sales in other currencies than the company's.
import { asksRevenue } from './filter.ts';
import { type Factor, Money } from './money.ts';
import { salesFrom } from './sales-part.ts';
import { own, type Scope, within } from './scope.ts';

export interface RateNeed {
  currency: string;
  /** YYYY-MM-DD */
  day: string;
}

/** The factors of the needs that have a rate, and the needs that have none. Factors turn minor units into minor units. */
export type FactorsOf = (of: {
  workspace: string;
  currency: string;
  needs: readonly RateNeed[];
}) => Promise<{ factors: Factor[]; missing: RateNeed[] }>;

/** The same scope with its `money` made ready. Call it before adding up sales; without it only the company's own currency counts. */
export async function withRates(
  scope: Scope,
  factorsOf: FactorsOf,
  run: (sql: string) => Promise<RateNeed[]>,
): Promise<Scope> {
  if (scope.sites.length === 0) return scope;
  // what a visitor spent is asked of all days
  const rowsOf = asksRevenue(scope.filter)
    ? `${scope.asOf ? 'events' : 'sales'} WHERE ${own(scope)}`
    : `${scope.asOf ? salesFrom(scope) : 'sales'} WHERE ${own(scope)} AND ${within('at', scope)}`;
  const needs = await run(
    `SELECT DISTINCT currency, toString(day) AS day FROM ${rowsOf} AND currency NOT IN ('', '${scope.currency}')`,
  );
  if (needs.length === 0) return scope;
  const { factors, missing } = await factorsOf({ workspace: scope.workspace, currency: scope.currency, needs });
  return { ...scope, money: new Money(scope.currency, factors), withoutRate: missing };
}
