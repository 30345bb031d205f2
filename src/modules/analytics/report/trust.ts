// What a reader must know to believe a figure: how fresh it is, what was left out, what share can be joined over days.
import type { ReportAnswer } from '../contract.ts';
import { rollupFrom, type Scope } from './sql.ts';
import type { AnyMeasureId } from './vocabulary.ts';

type Run = (sql: string) => Promise<Record<string, string | number | null>[]>;

const JOINS_DAYS: readonly AnyMeasureId[] = ['visitors'];

export async function attachTrust(of: {
  scope: Scope;
  lastEventAt: Date | null;
  knownFrom: string | null;
  measures: readonly AnyMeasureId[];
  run: Run;
}): Promise<ReportAnswer['trust']> {
  const { scope, measures } = of;
  const [visits, events] = await Promise.all([
    of.run(
      `SELECT sumIf(visits, bot = 1) AS robots, sumIf(visits, bot = 0) AS people, sumIf(joined, bot = 0) AS joined FROM (${rollupFrom(scope, 'visits')})`,
    ),
    of.run(
      `SELECT sumIf(events, bot = 1) AS robots, sum(unconverted) AS unconverted FROM (${rollupFrom(scope, 'events')})`,
    ),
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
  const unconverted = number(events[0]?.unconverted);
  if (unconverted > 0 && measures.includes('revenue')) notes.push({ code: 'revenue-unconverted', value: unconverted });
  return {
    freshTo: of.lastEventAt?.toISOString() ?? null,
    knownFrom: of.knownFrom,
    robots: { events: number(events[0]?.robots), visits: number(visits[0]?.robots) },
    joined,
    partial: scope.to > today,
    notes,
  };
}
