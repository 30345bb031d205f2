// The saved segments a condition may name, for all parts of the builder.
import { createContext } from 'react';
import type { Segment } from '../../segments/contract.ts';

export interface Saved {
  segments: readonly Segment[];
  /** the one on screen, which can't be made of itself */
  editing: string | undefined;
  nameOf: (id: string) => string | undefined;
}

export const SavedSegments = createContext<Saved>({ segments: [], editing: undefined, nameOf: () => undefined });
