// The typed client of the whole API, made from the contract: screens, command line and tests call through it. Browser-safe.
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type Contract, contract } from './contracts.ts';

export type ApiClient = JsonifiedClient<ContractRouterClient<Contract>>;

export interface ApiClientOptions {
  /** scheme, host and port of a Tradewind, like https://marketing.example */
  server: string;
  /** an API key of a company; a browser sends its session by itself */
  key?: string;
  /** a session, where no browser keeps it */
  cookie?: string;
}

/** Refusals are thrown as ORPCError with `code`, `status` and a message that says what to do. */
export function createApiClient({ server, key, cookie }: ApiClientOptions): ApiClient {
  const url = `${server.replace(/\/+$/, '')}/api/v1`;
  const headers = { ...(key ? { 'x-api-key': key } : {}), ...(cookie ? { cookie } : {}) };
  return createORPCClient(new OpenAPILink(contract, { url, headers }));
}
