// The typed client of the whole API, made from the contract, and its query helpers for screens.
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { type Contract, contract } from '../modules/contracts.ts';

const link = new OpenAPILink(contract, { url: `${window.location.origin}/api/v1` });

export const client: JsonifiedClient<ContractRouterClient<Contract>> = createORPCClient(link);
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
