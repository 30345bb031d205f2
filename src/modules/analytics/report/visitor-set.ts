// A condition about visitors → one ClickHouse statement: each visitor's figures from one pass over events, one over visits and one over
// sales, laid together, and the formula over them. Only rows that can matter are read.
import { ORPCError } from '@orpc/server';
import { Behaviours, type Formula, type Leaf, type Source } from './behaviour.ts';
import { quote } from './dimensions.ts';
import type { Resolved } from './filter.ts';
import { instant, known, own, robots, type Scope } from './scope.ts';

const formulaOf = (s: Scope, filter: Resolved): Formula =>
  new Behaviours(s, (inner) => visitorCondition(s, inner, 'visitor')).formula(filter);

const TABLES: Record<Source, string> = { events: 'events', visits: 'visits FINAL', sales: 'sales FINAL' };

/** Rows of a table up to the end of the period; from the first day that matters, where all leaves have one. */
function rowsOf(s: Scope, source: Source, leaves: readonly Leaf[]): string {
  const column = source === 'visits' ? 'start' : 'at';
  const starts = leaves.map((leaf) => leaf.from);
  const first = starts.includes(null) ? null : starts.sort()[0];
  return [
    own(s),
    s.ahead ? '' : `day <= toDate(${quote(s.to)}) AND ${column} < ${instant(s.to, s.zone)}`,
    first ? `day >= toDate(${quote(first)}) - 1` : '',
    source === 'events' ? known(s).replace(/^ AND /, '') : '',
  ]
    .filter((part) => part !== '')
    .join(' AND ');
}

const either = (leaves: readonly Leaf[]): string => {
  const conditions = [...new Set(leaves.map((leaf) => leaf.rows))];
  return conditions.includes('1') ? '' : ` AND (${conditions.map((c) => `(${c})`).join(' OR ')})`;
};

const JOINED = `toInt64(any(visitor_kind) IN ('consented', 'server')) AS joined`;

/** One row a visitor of whom anything the leaves ask about is known. */
function perVisitor(s: Scope, { leaves }: Formula, further: readonly string[]): string {
  if (s.asOf && leaves.some((leaf) => leaf.source === 'visits')) {
    throw new ORPCError('BAD_REQUEST', {
      message:
        'A report as of a past moment can be filtered by what visitors did ("did", "never", "revenue"), not by their visits.',
    });
  }
  const part = (source: Source): string => {
    const ofIt = leaves.filter((leaf) => leaf.source === source);
    if (ofIt.length === 0) return '';
    const figure = (leaf: Leaf): string =>
      leaf.source === source ? `toInt64(${(ofIt.length === 1 && leaf.alone) || leaf.aggregate})` : 'toInt64(0)';
    const columns = ['visitor', ...leaves.map((leaf, i) => `${figure(leaf)} AS b${i}`), ...further];
    return `SELECT ${columns.join(', ')} FROM ${TABLES[source]}
      WHERE ${rowsOf(s, source, ofIt)}${either(ofIt)}${robots(s)} GROUP BY visitor`;
  };
  const parts = (['events', 'visits', 'sales'] as const).map(part).filter((sql) => sql !== '');
  if (parts.length === 1) return parts[0]!;
  const sums = leaves.map((_, i) => `sum(b${i}) AS b${i}`);
  const marks = further.length > 0 ? ['max(joined) AS joined'] : [];
  return `SELECT ${['visitor', ...sums, ...marks].join(', ')} FROM (${parts.join(' UNION ALL ')}) GROUP BY visitor`;
}

/** A condition on the column that holds a row's visitor. */
export function visitorCondition(s: Scope, filter: Resolved, column: string): string {
  const formula = formulaOf(s, filter);
  if (formula.leaves.length === 0) return formula.ofNothing ? '1' : '0';
  // what is true of someone of whom nothing is known is asked the other way round, so that not everyone must be listed
  const [word, sql] = formula.ofNothing ? ['NOT IN', `NOT (${formula.sql})`] : ['IN', formula.sql];
  return `(${column} ${word} (SELECT visitor FROM (${perVisitor(s, formula, [])}) WHERE ${sql}))`;
}

/** Whether everyone who has a row at all is meant: then nothing is kept of anyone but the id. */
const isOfAnyRow = ({ leaves, sql }: Formula): boolean =>
  leaves.length === 1 && leaves[0]!.alone === '1' && sql.replace(/[()]/g, '') === 'b0 >= 1';

/** Yields one row: `visitors`, and `joined`, how many of them can be recognised on another day. */
export function visitorCountSql(s: Scope, filter: Resolved): string {
  const formula = formulaOf(s, filter);
  const whole = formula.ofNothing || formula.leaves.length === 0;
  if (isOfAnyRow(formula)) {
    const { source } = formula.leaves[0]!;
    return `SELECT uniqExact(visitor) AS visitors, uniqExactIf(visitor, visitor_kind IN ('consented', 'server')) AS joined
      FROM ${TABLES[source]} WHERE ${rowsOf(s, source, formula.leaves)}${either(formula.leaves)}${robots(s)}`;
  }
  // those of whom nothing else is known are found among all who visited
  const of = whole
    ? `SELECT visitor, ${JOINED} FROM visits FINAL
       WHERE ${rowsOf(s, 'visits', [])}${robots(s)} AND ${visitorCondition(s, { visitors: filter }, 'visitor')} GROUP BY visitor`
    : `SELECT joined FROM (${perVisitor(s, formula, [JOINED])}) WHERE ${formula.sql}`;
  return `SELECT count() AS visitors, countIf(joined > 0) AS joined FROM (${of})`;
}
