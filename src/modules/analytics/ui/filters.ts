// Filters as the address bar keeps them: a list of [property, operator, values], all of which must hold.
import type { Filter } from '../contract.ts';
import type { PlainDimensionId } from '../report/vocabulary.ts';

export const OPERATORS = ['is', 'is-not', 'contains', 'contains-not', 'starts', 'empty', 'filled'] as const;
export type Operator = (typeof OPERATORS)[number];
export type Property = PlainDimensionId | `property:${string}`;
export interface ScreenFilter {
  property: Property;
  operator: Operator;
  values: readonly string[];
}

/** What a person can filter by, in the order of the list. */
export const FILTER_PROPERTIES = [
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'referrer',
  'landingPage',
  'page',
  'exitPage',
  'hostname',
  'event',
  'country',
  'language',
  'device',
  'browser',
  'system',
  'status',
] as const satisfies readonly PlainDimensionId[];

const isProperty = (text: unknown): text is Property =>
  typeof text === 'string' && (FILTER_PROPERTIES.some((known) => known === text) || /^property:.+/.test(text));
const isOperator = (text: unknown): text is Operator => OPERATORS.some((known) => known === text);

/** What the address says; a part that makes no sense is left out. */
export function readFilters(raw: unknown): ScreenFilter[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((one: unknown) => {
    if (!Array.isArray(one)) return [];
    const [property, operator, ...values] = one as unknown[];
    if (!isProperty(property) || !isOperator(operator)) return [];
    const texts = values.map(String);
    return needsValue(operator) && texts.length === 0 ? [] : [{ property, operator, values: texts }];
  });
}

export const writeFilters = (filters: readonly ScreenFilter[]): unknown[] | undefined =>
  filters.length === 0 ? undefined : filters.map((one) => [one.property, one.operator, ...one.values]);

export const needsValue = (operator: Operator) => operator !== 'empty' && operator !== 'filled';

function asReportFilter({ property, operator, values }: ScreenFilter): Filter {
  const anyOf = (is: 'contains' | 'starts-with'): Filter => {
    const each = values.map((value) => ({ property, is, value }));
    return each.length === 1 ? each[0]! : { or: each };
  };
  const equal: Filter =
    values.length === 1 ? { property, is: 'equals', value: values[0]! } : { property, is: 'in', value: [...values] };
  switch (operator) {
    case 'is':
      return equal;
    case 'is-not':
      return { not: equal };
    case 'contains':
      return anyOf('contains');
    case 'contains-not':
      return { not: anyOf('contains') };
    case 'starts':
      return anyOf('starts-with');
    case 'empty':
      return { property, is: 'empty' };
    case 'filled':
      return { not: { property, is: 'empty' } };
  }
}

/** The report's own grammar; undefined when nothing is filtered. */
export function reportFilter(filters: readonly ScreenFilter[], further: readonly Filter[] = []): Filter | undefined {
  const all = [...filters.map(asReportFilter), ...further];
  return all.length === 0 ? undefined : all.length === 1 ? all[0] : { and: all };
}

/** Press a row: its value becomes the filter of its property; others stay. */
export function withValue(filters: readonly ScreenFilter[], property: Property, value: string): ScreenFilter[] {
  if (value === '') {
    return [...filters.filter((one) => one.property !== property), { property, operator: 'empty', values: [] }];
  }
  return [...filters.filter((one) => one.property !== property), { property, operator: 'is', values: [value] }];
}
