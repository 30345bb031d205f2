// Segments everyone asks for first, there without being made. "In the report's period" makes them fit any report. Browser-safe.
import type { Filter } from '../report/filter-contract.ts';
import type { ReadySegmentId } from '../report/vocabulary.ts';
import { READY_SEGMENT_IDS } from '../report/vocabulary.ts';
import type { SegmentDefinition } from './contract.ts';

const PERIOD = { reportPeriod: true } as const;
const isEvent = (value: string) => ({ property: 'event', is: 'equals', value }) as const;
const visitors = (where: Filter): SegmentDefinition => ({ version: 1, selects: 'visitors', where });
const visits = (where: Filter): SegmentDefinition => ({ version: 1, selects: 'visits', where });
const bought = (atLeast: number): SegmentDefinition =>
  visitors({ did: { what: 'event', where: isEvent('purchase'), times: { atLeast } } });

/** Channels somebody is paid for each click or view of. */
const AD_CHANNELS = [
  'Cross-network',
  'Paid Shopping',
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Display',
  'Paid Other',
];

export const READY_SEGMENTS: Readonly<Record<ReadySegmentId, SegmentDefinition>> = {
  new: visitors({ firstSeen: { within: PERIOD } }),
  returning: visitors({ not: { firstSeen: { within: PERIOD } } }),
  // what the engagement rate counts, but for events of a goal
  engaged: visits({
    or: [
      { property: 'seconds', is: 'greater', value: 10 },
      { property: 'views', is: 'greater', value: 1 },
    ],
  }),
  'from-ads': visits({ property: 'channel', is: 'in', value: AD_CHANNELS }),
  'from-search': visits({ property: 'channel', is: 'equals', value: 'Organic Search' }),
  mobile: visits({ property: 'device', is: 'equals', value: 'mobile' }),
  buyers: bought(1),
  'repeat-buyers': bought(2),
  'best-customers': visitors({ revenue: { sum: { topPercent: 20 } } }),
  'cart-without-order': visitors({
    and: [
      { did: { what: 'event', where: isEvent('add_to_cart'), within: PERIOD } },
      { never: { what: 'event', where: isEvent('purchase'), within: PERIOD } },
    ],
  }),
};

export const isReadySegment = (id: string): id is ReadySegmentId => READY_SEGMENT_IDS.some((one) => one === id);
