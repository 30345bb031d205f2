// The filter grammar → a ClickHouse condition over visits or over events.
import { ORPCError } from '@orpc/server';
import type { Filter } from '../contract.ts';
import { clauseOf, isTime, quote, timeClause } from './dimensions.ts';
import type { DimensionId } from './vocabulary.ts';

type Comparison = Extract<Filter, { property: unknown }>;
export type Side = 'visit' | 'event';

const DEEPEST = 10;

/** The properties a filter names. Throws BAD_REQUEST when it is nested too deep. */
export function propertiesOf(filter: Filter | undefined, depth = 0): DimensionId[] {
  if (!filter) return [];
  if (depth > DEEPEST) throw new ORPCError('BAD_REQUEST', { message: `Filters nest at most ${DEEPEST} deep.` });
  if ('and' in filter) return filter.and.flatMap((f) => propertiesOf(f, depth + 1));
  if ('or' in filter) return filter.or.flatMap((f) => propertiesOf(f, depth + 1));
  if ('not' in filter) return propertiesOf(filter.not, depth + 1);
  return [filter.property as DimensionId];
}

function test(expression: string, comparison: Comparison): string {
  const { is, value } = comparison;
  const wrong = (needs: string): never => {
    throw new ORPCError('BAD_REQUEST', { message: `Filter ${comparison.property} ${is}: give ${needs}.` });
  };
  const one = (): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : wrong('one value');
  const number = (): number => (Number.isFinite(Number(one())) ? Number(one()) : wrong('a number'));
  switch (is) {
    case 'empty':
      return `${expression} = ''`;
    case 'equals':
      return `${expression} = ${quote(one())}`;
    case 'in': {
      const list = Array.isArray(value) ? value : [one()];
      return list.length === 0 ? '0' : `${expression} IN (${list.map((v) => quote(String(v))).join(', ')})`;
    }
    case 'contains':
      return `positionCaseInsensitiveUTF8(${expression}, ${quote(one())}) > 0`;
    case 'starts-with':
      return `startsWith(${expression}, ${quote(one())})`;
    case 'matches':
      return `match(${expression}, ${quote(one())})`;
    case 'less':
      return `toFloat64OrNull(${expression}) < ${number()}`;
    case 'greater':
      return `toFloat64OrNull(${expression}) > ${number()}`;
  }
}

function compare(comparison: Comparison, side: Side, zone: string, joined: string): string {
  const id = comparison.property as DimensionId;
  if (isTime(id)) return test(timeClause(id, side === 'visit' ? 'start' : 'at', zone)!, comparison);
  const clause = clauseOf(id);
  if (side === 'visit') {
    if (clause.visitArray) {
      if (comparison.is === 'empty') return `empty(${clause.visitArray})`;
      return `arrayExists(x -> ${test('x', comparison)}, ${clause.visitArray})`;
    }
    return test(clause.visit ?? "''", comparison);
  }
  return test(clause.event ?? `${joined}${clause.visit}`, comparison);
}

/** `joined`: prefix of a visit's columns when events are joined to visits. */
export function compileFilter(filter: Filter, side: Side, zone: string, joined = ''): string {
  if ('and' in filter)
    return filter.and.length === 0
      ? '1'
      : `(${filter.and.map((f) => compileFilter(f, side, zone, joined)).join(' AND ')})`;
  if ('or' in filter)
    return filter.or.length === 0
      ? '0'
      : `(${filter.or.map((f) => compileFilter(f, side, zone, joined)).join(' OR ')})`;
  if ('not' in filter) return `NOT (${compileFilter(filter.not, side, zone, joined)})`;
  return `(${compare(filter, side, zone, joined)})`;
}
