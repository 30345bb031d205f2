// The ids of measures and dimensions, shared by the contract (browser) and the registry (server).
export const MEASURE_IDS = [
  'visitors',
  'visits',
  'pageViews',
  'viewsPerVisit',
  'bounceRate',
  'engagementRate',
  'visitDuration',
  'events',
  'revenue',
  'orders',
  'averageOrder',
  'itemsSold',
  'refunds',
  'goodsCost',
  'margin',
  'marginRate',
  'bytes',
  'errors',
  'cost',
  'measuredLoads',
  'largestPaint',
  'interaction',
  'layoutShift',
  'firstByte',
] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

export const PLAIN_DIMENSION_IDS = [
  'hour',
  'day',
  'week',
  'month',
  'weekday',
  'hourOfDay',
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'referrer',
  'landingPage',
  'exitPage',
  'page',
  'country',
  'browser',
  'system',
  'device',
  'language',
  'hostname',
  'status',
  'event',
] as const;
export type PlainDimensionId = (typeof PLAIN_DIMENSION_IDS)[number];
/**
 * Figures that conditions ask about: `scroll` (percent) and `amount` (minor units, in the event's currency) of one event, `seconds`
 * and `views` of one visit.
 */
export const NUMBER_PROPERTY_IDS = ['scroll', 'amount', 'seconds', 'views'] as const;
export type NumberPropertyId = (typeof NUMBER_PROPERTY_IDS)[number];

/** Measures of one goal: `conversions:GOAL`. Conversions and their value count by their own moment, visits by their start. */
export const GOAL_MEASURES = ['conversions', 'goalValue', 'convertedVisits', 'conversionRate'] as const;
export type GoalMeasure = (typeof GOAL_MEASURES)[number];
export type GoalMeasureId = `${GoalMeasure}:${string}`;
export type AnyMeasureId = MeasureId | GoalMeasureId;

export type DimensionId = PlainDimensionId | `property:${string}`;

/** Segments that are there without being made; their definitions are in segments/ready-contract.ts. */
export const READY_SEGMENT_IDS = [
  'new',
  'returning',
  'engaged',
  'from-ads',
  'from-search',
  'mobile',
  'buyers',
  'repeat-buyers',
  'best-customers',
  'cart-without-order',
] as const;
export type ReadySegmentId = (typeof READY_SEGMENT_IDS)[number];
