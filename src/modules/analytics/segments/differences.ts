// What makes a segment differ from everyone else: for each value of each dimension its share of the segment's visits beside its share
// of the other visits, in one pass over the visits of the period, ranked by how surely the two differ.
import type { Filter } from '../contract.ts';
import { clauseOf, quote } from '../report/dimensions.ts';
import { asksRevenue, compileFilter, type Resolved } from '../report/filter.ts';
import type { Question } from '../report/open-scope.ts';
import type { Reports } from '../report/report.ts';
import { own, robots, type Scope, within } from '../report/scope.ts';
import { visitorCondition } from '../report/visitor-set.ts';
import type { PlainDimensionId } from '../report/vocabulary.ts';
import { DIFFERENCE_DIMENSIONS, type Difference, type DifferencesAnswer } from './contract.ts';
import { surelyDifferent } from './proportions.ts';

/** Fewer visits on either side than this say nothing. */
const FEWEST = 50;
/** A value must be so much of one side or the other to be worth a line. */
const LEAST_SHARE = 0.005;
/** The most frequent values of a dimension are looked at, 300 of each. */
const MOST_VALUES = 300;
const MOST_ROWS = 40;

interface Row {
  dimension: Difference['dimension'];
  value: string;
  here: string;
  elsewhere: string;
}

/** Throws BAD_REQUEST when the segment can't be found or compiled. */
export async function differencesOf(
  reports: Reports,
  workspace: string,
  { of, ...question }: Question & { of: Filter },
): Promise<DifferencesAnswer> {
  const opened = await reports.open(workspace, question);
  const chosen = (await reports.open(workspace, { ...question, filters: of })).scope;
  const segment = chosen.filter!;
  const scope = asksRevenue(segment) ? { ...opened.scope, money: chosen.money } : opened.scope;
  const trust = await reports.trust(opened, ['visits']);
  if (scope.sites.length === 0) return { here: 0, elsewhere: 0, tooFew: true, rows: [], trust };
  const [counts] = await reports.rows<{ here: string; elsewhere: string; visitors: string }>(
    `SELECT countIf(inside) AS here, countIf(NOT inside) AS elsewhere, uniq(visitor) AS visitors FROM (${visitsOf(scope, segment, ['visitor'])})`,
  );
  const [here, elsewhere] = [Number(counts!.here), Number(counts!.elsewhere)];
  if (here < FEWEST || elsewhere < FEWEST) return { here, elsewhere, tooFew: true, rows: [], trust };
  const rows = await reports.rows<Row>(
    `SELECT one.1 AS dimension, one.2 AS value, countIf(inside) AS here, countIf(NOT inside) AS elsewhere
     FROM (${visitsOf(scope, segment, [`arrayJoin(${VALUES}) AS one`])})
     WHERE value != '' GROUP BY dimension, value
     ORDER BY dimension, here / ${here} + elsewhere / ${elsewhere} DESC LIMIT ${MOST_VALUES} BY dimension`,
  );
  const known = saidBy(segment);
  const candidates = rows
    .filter(({ dimension, value }) => !known.has(dimension) && !known.has(`${dimension} ${value}`))
    .map(({ dimension, value, ...count }): Difference => {
      const [inside, outside] = [Number(count.here), Number(count.elsewhere)];
      return { dimension, value, here: inside / here, elsewhere: outside / elsewhere, visits: inside };
    })
    .filter((one) => Math.max(one.here, one.elsewhere) >= LEAST_SHARE);
  // visits of one visitor are alike, so they count as fewer than they are
  const alike = Math.max(1, (here + elsewhere) / Math.max(1, Number(counts!.visitors)));
  const sure = surelyDifferent(candidates, [here / alike, elsewhere / alike]);
  return { here, elsewhere, tooFew: false, rows: sure.slice(0, MOST_ROWS), trust };
}

const VALUES = (() => {
  const pair = (id: PlainDimensionId): string => `(${quote(id)}, toString(${clauseOf(id).visit}))`;
  const many = (id: PlainDimensionId): string =>
    `arrayMap(x -> (${quote(id)}, toString(x)), arrayDistinct(${clauseOf(id).visitArray}))`;
  const arrays = DIFFERENCE_DIMENSIONS.filter((id) => clauseOf(id).visitArray);
  const single = DIFFERENCE_DIMENSIONS.filter((id) => !clauseOf(id).visitArray);
  return `arrayConcat([${single.map(pair).join(', ')}], ${arrays.map(many).join(', ')})`;
})();

/** The visits of the question, each saying whether it belongs to the segment. */
function visitsOf(s: Scope, segment: Resolved, columns: readonly string[]): string {
  const context = {
    side: 'visit',
    zone: s.zone,
    people: (filter: Resolved) => visitorCondition(s, filter, 'visitor'),
  } as const;
  const filter = s.filter ? ` AND ${compileFilter(s.filter, context)}` : '';
  return `SELECT ${[`(${compileFilter(segment, context)}) AS inside`, ...columns].join(', ')}
    FROM visits FINAL WHERE ${own(s)} AND ${within('start', s)}${robots(s)}${filter}`;
}

/** What the segment says of itself, and so is no finding: whole properties of visits, single pages and events. */
export function saidBy(segment: Resolved): Set<string> {
  const said = new Set<string>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) for (const one of part) walk(one);
    else if (typeof part === 'object' && part !== null) {
      const { property, value } = part as { property?: unknown; value?: unknown };
      if (typeof property !== 'string') for (const one of Object.values(part)) walk(one);
      else if (property !== 'page' && property !== 'event') said.add(property);
      else for (const one of [value].flat()) said.add(`${property} ${String(one)}`);
    }
  };
  walk(segment);
  return said;
}
