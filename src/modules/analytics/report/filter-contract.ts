// The language of filters and segments: nested and / or / not over properties of visits and events, and over what visitors
// did, saw, spent and when they came. Browser-safe.
import { z } from 'zod';
import { NUMBER_PROPERTY_IDS, PLAIN_DIMENSION_IDS, READY_SEGMENT_IDS } from './vocabulary.ts';

export const property = z.union([z.enum(PLAIN_DIMENSION_IDS), z.templateLiteral(['property:', z.string()])]);

/** What a condition can ask about: also figures of one event or visit, which nobody splits a report by. */
const asked = z.union([property, z.enum(NUMBER_PROPERTY_IDS)]);

export const COMPARISONS = ['equals', 'in', 'contains', 'starts-with', 'matches', 'less', 'greater', 'empty'] as const;
const comparison = z.strictObject({
  property: asked,
  is: z.enum(COMPARISONS),
  value: z
    .union([z.string().max(2000), z.number(), z.array(z.union([z.string().max(2000), z.number()])).max(1000)])
    .optional(),
});
export type Comparison = z.infer<typeof comparison>;

/** Over the properties of one event, or of one visit. */
export type PlainFilter = Comparison | { and: PlainFilter[] } | { or: PlainFilter[] } | { not: PlainFilter };
export const plainFilter: z.ZodType<PlainFilter> = z.lazy(() =>
  z.union([
    comparison,
    z.strictObject({ and: z.array(plainFilter).max(100) }),
    z.strictObject({ or: z.array(plainFilter).max(100) }),
    z.strictObject({ not: plainFilter }),
  ]),
);

const date = z.iso.date('Use a date like 2026-11-23');
const count = z.number().int().min(0).max(1_000_000_000);
const times = z.union([
  z.strictObject({ atLeast: count }),
  z.strictObject({ atMost: count }),
  z.strictObject({ exactly: count }),
]);
export type Times = z.infer<typeof times>;
const amount = z.number().int().min(-1e15).max(1e15);

/**
 * Whole days in the workspace's zone. `days` counts back from the end of the report's period, the last day of the period
 * (today for a live count) included; a period's second date is exclusive; `reportPeriod`: that of the report (the last 30 days for a
 * live count). Left out: everything known up to that end.
 */
const within = z.union([
  z.strictObject({ days: z.number().int().min(1).max(3660) }),
  z.strictObject({ reportPeriod: z.literal(true) }),
  z.strictObject({
    period: z.tuple([date, date]).refine(([from, to]) => from < to, 'The period must end after it begins'),
  }),
]);
export type Within = z.infer<typeof within>;

/** `view`: pages seen; `event`: named events; left out: either. `attention`: how far and how long a page was looked at. */
const act = { what: z.enum(['view', 'event', 'attention']).optional(), where: plainFilter.optional() };
/** Something one event is: of segments, goals and the steps of funnels. */
export const actObject = z.strictObject(act);
export type Act = z.infer<typeof actObject>;

/** One after another: what makes a funnel. */
export const funnelShape = {
  /** `ordered`: other things may happen between; `strict`: nothing else of the kinds asked about does */
  order: z.enum(['ordered', 'strict']).default('ordered'),
  /** from the first step on, in which the others must come */
  minutes: z
    .number()
    .int()
    .min(1)
    .max(366 * 1440),
  /** who goes through it: a visitor over days, or one visit by itself */
  by: z.enum(['visitor', 'visit']).default('visitor'),
};
export const MOST_STEPS = 12;

const behaviour = {
  /** at least once unless `times` says otherwise */
  did: z.strictObject({ did: z.strictObject({ ...act, times: times.optional(), within: within.optional() }) }),
  never: z.strictObject({ never: z.strictObject({ ...act, within: within.optional() }) }),
  /** visits, all or those with properties */
  visited: z.strictObject({
    visited: z.strictObject({ where: plainFilter.optional(), times: times.optional(), within: within.optional() }),
  }),
  /** the first visit of all began then */
  firstSeen: z.strictObject({ firstSeen: z.strictObject({ within }) }),
  /** the newest visit began then */
  lastSeen: z.strictObject({ lastSeen: z.strictObject({ within }) }),
  /** minor units of the workspace's currency, into which other currencies are turned by the rate of their day */
  revenue: z.strictObject({
    revenue: z.strictObject({
      sum: z.union([
        z.strictObject({ atLeast: amount }),
        z.strictObject({ atMost: amount }),
        /** among the buyers who spent most: so many percent of all who spent anything */
        z.strictObject({ topPercent: z.number().int().min(1).max(99) }),
      ]),
      within: within.optional(),
    }),
  }),
  /** `next` happened later than `first`, and at most so many days later */
  sequence: z.strictObject({
    sequence: z.strictObject({
      first: actObject,
      next: actObject,
      days: z.number().int().min(1).max(3660),
      within: within.optional(),
    }),
  }),
  /** how far they came in a funnel; `where`: the visit in which it began, `within`: when it began */
  funnel: z.strictObject({
    funnel: z.strictObject({
      ...funnelShape,
      steps: z.array(actObject).min(2).max(MOST_STEPS),
      where: plainFilter.optional(),
      reached: z.union([
        z.strictObject({ atLeast: z.number().int().min(1).max(MOST_STEPS) }),
        z.strictObject({ exactly: z.number().int().min(1).max(MOST_STEPS) }),
      ]),
      within: within.optional(),
    }),
  }),
  /** a saved segment, or one that is there ready-made */
  segment: z.strictObject({ segment: z.union([z.uuid(), z.enum(READY_SEGMENT_IDS)]) }),
};
export type Behaviour = { [Kind in keyof typeof behaviour]: z.infer<(typeof behaviour)[Kind]> }[keyof typeof behaviour];

/** Properties say something of a visit or event, behaviour of its visitor. `visitors`: the visitors for whom all in it holds. */
export type Filter =
  | Comparison
  | Behaviour
  | { visitors: Filter }
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter };

export const filter: z.ZodType<Filter> = z.lazy(() =>
  z.union(
    [
      comparison,
      z.strictObject({ and: z.array(filter).max(100) }),
      z.strictObject({ or: z.array(filter).max(100) }),
      z.strictObject({ not: filter }),
      z.strictObject({ visitors: filter }),
      ...Object.values(behaviour),
    ],
    { error: (issue) => explain(issue.input) },
  ),
);

const KINDS = ['property', 'and', 'or', 'not', 'visitors', ...Object.keys(behaviour)];
const PROPERTIES: readonly string[] = [...PLAIN_DIMENSION_IDS, ...NUMBER_PROPERTY_IDS];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with something that was meant as a filter: the first unknown property or condition, wherever it is nested. */
function explain(given: unknown): string {
  return faultIn(given) ?? 'A filter is not put together rightly: see docs/guide/segments.md for its parts.';
}

function faultIn(given: unknown): string | null {
  if (Array.isArray(given)) return given.map(faultIn).find((one) => one !== null) ?? null;
  if (!isObject(given)) return null;
  const { property: name } = given;
  if (typeof name === 'string' && !PROPERTIES.includes(name) && !name.startsWith('property:')) {
    return `There is no property "${name}". Properties: ${PROPERTIES.join(', ')}, property:NAME.`;
  }
  const inside = Object.values(given)
    .map(faultIn)
    .find((one) => one !== null);
  if (inside) return inside;
  const looksNested = Object.keys(given).length === 1 && Object.values(given).every((v) => typeof v === 'object');
  const [key] = Object.keys(given);
  const PARTS = [
    'where',
    'within',
    'times',
    'sum',
    'period',
    'first',
    'next',
    'value',
    'days',
    'what',
    'reached',
    'reportPeriod',
  ];
  return looksNested && key && !KINDS.includes(key) && !PARTS.includes(key)
    ? `There is no condition "${key}". Conditions: ${KINDS.join(', ')}.`
    : null;
}
