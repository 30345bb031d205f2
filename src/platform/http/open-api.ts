// The API described for others: OpenAPI made from the contract, so that it can't differ from it.
import type { AnyContractRouter } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';

export function describeApi(
  contract: AnyContractRouter,
  options: { publicUrl: string; version: string },
): Promise<object> {
  return new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: {
      title: 'Tradewind',
      version: options.version,
      description:
        'The workspace is named by the path. Sign in with a session cookie, or send an API key of the workspace as x-api-key or "Authorization: Bearer tw_…".',
    },
    servers: [{ url: `${options.publicUrl}/api/v1` }],
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        session: { type: 'apiKey', in: 'cookie', name: 'tradewind.session_token' },
      },
    },
    security: [{ key: [] }, { session: [] }],
  });
}
