// What the builder's suggestions are read from: the last 90 days of the segment's site, or of all sites.
import { createContext, useContext } from 'react';

export interface SegmentScope {
  site?: string;
  period: [string, string];
}

export const SegmentScopeContext = createContext<SegmentScope>({ period: ['2000-01-01', '2000-01-02'] });
export const useSegmentScope = (): SegmentScope => useContext(SegmentScopeContext);
