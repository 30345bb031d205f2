// What counts as revenue of cohorts, in one place: the sales and refunds of reports, each in the company's currency by the rate of
// its day.
import { own, robots, type Scope } from '../report/scope.ts';

/** Rows of one sale, or of several of one moment: the columns asked for over `at`, and `amount` in minor units. */
export const salesRows = (s: Scope, columns: readonly string[], conditions: string): string =>
  `SELECT visitor, ${columns.join(', ')}, toInt64(${s.money.sum('revenue')}) AS amount
   FROM sales FINAL WHERE ${own(s)}${robots(s)}${conditions} GROUP BY visitor, at`;
