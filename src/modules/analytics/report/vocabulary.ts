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
  'bytes',
  'errors',
  'cost',
] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

export const PLAIN_DIMENSION_IDS = [
  'hour',
  'day',
  'week',
  'month',
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
export type DimensionId = PlainDimensionId | `property:${string}`;
