// Something visitors did, as the address bar keeps it: [what, rows…]. A screen that shows it hands it to the builder of goals or segments.
import { readFilters, writeFilters } from '../filters.ts';
import type { DraftAct } from './draft.ts';

export const writeAct = ({ what, rows }: DraftAct): unknown[] => [what, ...(writeFilters(rows) ?? [])];

/** Null: nothing, or what makes no sense. */
export function readAct(raw: unknown): DraftAct | null {
  if (!Array.isArray(raw)) return null;
  const [what, ...given] = raw as unknown[];
  const rows = readFilters(given);
  return (what === 'view' || what === 'event' || what === 'any') && rows.length > 0 ? { what, rows } : null;
}
