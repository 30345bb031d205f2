// What matters on a screen is kept in the address bar, so a view can be bookmarked, shared and gone back to.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Record<string, unknown>;

/** The part of the address after `?`, and a function that changes some of it. `undefined` removes a key. */
export function useAddress(): [Search, (change: Search) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = useCallback(
    (change: Search) => {
      void navigate({
        to: '.',
        search: ((before: Search) => ({ ...before, ...change })) as never,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, set];
}

export function useWorkspaceId(): string {
  const { workspace } = useParams({ strict: false }) as { workspace?: string };
  return workspace ?? '';
}
