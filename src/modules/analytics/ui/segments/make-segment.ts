// A segment made by one press of what a screen shows: one with the same definition is used again, a taken name gets a number.
import { useMutation } from '@tanstack/react-query';
import { api, client, errorCode, queryClient } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Segment, SegmentDefinition } from '../../segments/contract.ts';

interface Wanted {
  name: string;
  definition: SegmentDefinition;
}
const LONGEST = 120;
const MOST_ALIKE = 50;

/** Names of keys in one order, as PostgreSQL gives them back in its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

export function useMakeSegment(onMade: (segment: Segment) => void) {
  const { workspace } = useWorkspace();
  return useMutation({
    mutationFn: async ({ name, definition }: Wanted): Promise<Segment> => {
      const all = await client.segments.list({ workspace: workspace.id });
      const same = all.find((one) => canonical(one.definition) === canonical(definition));
      if (same) return same;
      for (let n = 1; ; n++) {
        const end = n === 1 ? '' : ` (${n})`;
        try {
          const named = name.slice(0, LONGEST - end.length) + end;
          return await client.segments.create({ workspace: workspace.id, name: named, site: null, definition });
        } catch (error) {
          if (errorCode(error) !== 'CONFLICT' || n === MOST_ALIKE) throw error;
        }
      }
    },
    onSuccess: async (segment) => {
      await queryClient.invalidateQueries({ queryKey: api.segments.key() });
      onMade(segment);
    },
  });
}
