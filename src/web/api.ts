// The typed client of the whole API for screens, and its query helpers.
import { ORPCError } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { createApiClient } from '../modules/client.ts';

export const client = createApiClient({ server: window.location.origin });
export const api = createTanstackQueryUtils(client);

/** The code of an API error such as NOT_FOUND, or OFFLINE when no answer came. */
export function errorCode(error: unknown): string {
  return error instanceof ORPCError ? error.code : 'OFFLINE';
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 1 && !(error instanceof ORPCError && error.status < 500),
    },
  },
});
