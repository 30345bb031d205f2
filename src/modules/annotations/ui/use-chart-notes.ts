// The notes of a chart's steps: each stands at the last step that begins on its day or before.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useWorkspaceId } from '../../../web/address.ts';
import { api, type client } from '../../../web/api.ts';
import type { StepNotes } from '../../../web/parts/note-marks.ts';
import { placeNotes } from './place-notes.ts';

export type Note = Awaited<ReturnType<typeof client.annotations.list>>[number];

/** Outside of a company there are none. `steps`: their first dates, or hours like 2026-11-23T14. `period`: the second date exclusive. */
export function useChartNotes(
  period: readonly [string, string],
  steps: readonly string[],
): { notes: readonly Note[]; marks: StepNotes } {
  const workspace = useWorkspaceId();
  const [from, to] = period;
  const list = useQuery(
    api.annotations.list.queryOptions({ input: { workspace, from, to }, enabled: workspace !== '' }),
  );
  const key = steps.join();
  return useMemo(() => {
    const notes = list.data ?? [];
    const marks = placeNotes(notes, key === '' ? [] : key.split(','));
    return { notes, marks };
  }, [list.data, key]);
}
