// A condition about visitors → one ClickHouse statement: each visitor's figures from one pass over events and one over visits,
// laid together, and the formula over them. Only rows that can matter are read.
import { ORPCError } from '@orpc/server';
import { Behaviours, type Formula, type Leaf, type Source } from './behaviour.ts';
import { quote } from './dimensions.ts';
import { isOfVisitors, type Resolved } from './filter.ts';
import { instant, known, own, robots, type Scope } from './scope.ts';

const formulaOf = (s: Scope, filter: Resolved): Formula =>
  new Behaviours(s, (inner) => visitorCondition(s, inner, 'visitor')).formula(filter);

/** Rows of a table up to the end of the period; from the first day that matters, where all leaves have one. */
function rowsOf(s: Scope, source: Source, leaves: readonly Leaf[]): string {
  const column = source === 'events' ? 'at' : 'start';
  const starts = leaves.map((leaf) => leaf.from);
  const first = starts.includes(null) ? null : starts.sort()[0];
  return [
    own(s),
    `day <= toDate(${quote(s.to)}) AND ${column} < ${instant(s.to, s.zone)}`,
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

/** `whole`: visits of all visitors are read, so that those of whom nothing else is known are among the rows. */
function perVisitor(s: Scope, { leaves }: Formula, whole: 'whole' | 'touched', marks: 'joined' | 'none'): string {
  if (s.asOf && (whole === 'whole' || leaves.some((leaf) => leaf.source === 'visits'))) {
    throw new ORPCError('BAD_REQUEST', {
      message:
        'A report as of a past moment can be filtered by what visitors did ("did", "never", "revenue"), not by their visits.',
    });
  }
  const part = (source: Source): string => {
    const ofIt = leaves.filter((leaf) => leaf.source === source);
    const everyone = whole === 'whole' && source === 'visits';
    if (ofIt.length === 0 && !everyone) return '';
    const figure = (leaf: Leaf): string =>
      `toInt64(${(ofIt.length === 1 && !everyone && leaf.alone) || leaf.aggregate})`;
    const columns = [
      ...leaves.map((leaf, i) => `${leaf.source === source ? figure(leaf) : 'toInt64(0)'} AS b${i}`),
      ...(marks === 'joined' ? [`toInt64(any(visitor_kind) IN ('consented', 'server')) AS joined`] : []),
      ...(whole === 'whole' ? [`toInt64(${everyone ? 1 : 0}) AS there`] : []),
    ];
    const rows = everyone
      ? rowsOf(s, source, [{ source, aggregate: '', rows: '1', from: null }])
      : rowsOf(s, source, ofIt) + either(ofIt);
    return `SELECT ${['visitor', ...columns].join(', ')} FROM ${source === 'visits' ? 'visits FINAL' : 'events'}
      WHERE ${rows}${robots(s)} GROUP BY visitor`;
  };
  const parts = (['events', 'visits'] as const).map(part).filter((sql) => sql !== '');
  if (parts.length === 1) return parts[0]!;
  const names = [...leaves.map((_, i) => `b${i}`), ...(whole === 'whole' ? ['there'] : [])];
  const sums = names.map((name) => `sum(${name}) AS ${name}`);
  const joined = marks === 'joined' ? ['max(joined) AS joined'] : [];
  return `SELECT ${['visitor', ...sums, ...joined].join(', ')} FROM (${parts.join(' UNION ALL ')}) GROUP BY visitor`;
}

/** A condition on the column that holds a row's visitor. */
export function visitorCondition(s: Scope, filter: Resolved, column: string): string {
  const formula = formulaOf(s, filter);
  if (formula.leaves.length === 0) return formula.ofNothing ? '1' : '0';
  // what is true of someone of whom nothing is known is asked the other way round, so that not everyone must be listed
  const [word, sql] = formula.ofNothing ? ['NOT IN', `NOT (${formula.sql})`] : ['IN', formula.sql];
  return `(${column} ${word} (SELECT visitor FROM (${perVisitor(s, formula, 'touched', 'none')}) WHERE ${sql}))`;
}

/** Yields one row: `visitors`, and `joined`, how many of them can be recognised on another day. */
export function visitorCountSql(s: Scope, filter: Resolved): string {
  const formula = formulaOf(s, isOfVisitors(filter) ? filter : { visitors: filter });
  const whole = formula.ofNothing || formula.leaves.length === 0;
  return `SELECT count() AS visitors, countIf(joined > 0) AS joined
    FROM (${perVisitor(s, formula, whole ? 'whole' : 'touched', 'joined')})
    WHERE ${formula.sql}${whole ? ' AND there > 0' : ''}`;
}
