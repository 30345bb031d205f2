// What a reader must know to believe a figure: how fresh it is, what was left out, what share can be joined over days.
import type { ReportAnswer } from '../contract.ts';
import { quote } from './dimensions.ts';
import { measureClause } from './registry.ts';
import { rollupFrom } from './rollup-rows.ts';
import type { Scope } from './scope.ts';
import type { AnyMeasureId } from './vocabulary.ts';

type Run = (sql: string) => Promise<Record<string, string | number | null>[]>;

const JOINS_DAYS: readonly AnyMeasureId[] = ['visitors'];

/** How many sales of the period have no rate on their day. */
function unconvertedSql(scope: Scope): string {
  const keys = scope.withoutRate.map(({ currency, day }) => quote(currency + day)).join(', ');
  return `SELECT sum(arraySum(mapValues(mapFilter((k, n) -> k IN (${keys}), sales)))) AS unconverted FROM (${rollupFrom(scope, 'sales')}) WHERE bot = 0`;
}

export async function attachTrust(of: {
  scope: Scope;
  lastEventAt: Date | null;
  knownFrom: string | null;
  measures: readonly AnyMeasureId[];
  run: Run;
}): Promise<ReportAnswer['trust']> {
  const { scope, measures } = of;
  const [visits, events, sales] = await Promise.all([
    of.run(
      `SELECT sumIf(visits, bot = 1) AS robots, sumIf(visits, bot = 0) AS people, sumIf(joined, bot = 0) AS joined FROM (${rollupFrom(scope, 'visits')})`,
    ),
    of.run(`SELECT sumIf(events, bot = 1) AS robots FROM (${rollupFrom(scope, 'events')})`),
    scope.withoutRate.length === 0 ? [] : of.run(unconvertedSql(scope)),
  ]);
  const number = (value: string | number | null | undefined): number => Number(value ?? 0);
  const people = number(visits[0]?.people);
  const joined = people === 0 ? null : number(visits[0]?.joined) / people;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: scope.zone }).format(new Date());
  const notes: ReportAnswer['trust']['notes'] = [];
  const days = (Date.parse(scope.to) - Date.parse(scope.from)) / 86_400_000;
  if (days > 1 && joined !== null && joined < 1 && measures.some((id) => JOINS_DAYS.includes(id))) {
    notes.push({ code: 'uniques-over-days', value: Math.round((1 - joined) * 1000) / 1000 });
  }
  if (scope.keptFrom !== undefined && scope.from < scope.keptFrom)
    notes.push({ code: 'kept-from', value: scope.keptFrom });
  const unconverted = number(sales[0]?.unconverted);
  if (unconverted > 0 && measures.some((id) => measureClause(id).sale)) {
    const currencies = [...new Set(scope.withoutRate.map((one) => one.currency))].sort().join(', ');
    notes.push({ code: 'revenue-unconverted', value: unconverted, of: currencies });
  }
  return {
    freshTo: of.lastEventAt?.toISOString() ?? null,
    knownFrom: of.knownFrom,
    robots: { events: number(events[0]?.robots), visits: number(visits[0]?.robots) },
    joined,
    partial: scope.to > today,
    notes,
  };
}
