// The API described for others: OpenAPI made from the contract, so that it can't differ from it, with the right each route asks for.
import { type AnyContractRouter, isContractProcedure } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { KEY_PERMISSIONS, type RouteMeta } from '../api/contract-base.ts';

interface Described {
  tags?: string[];
  operationId?: string;
  security?: object[];
  /** the right it asks for: one of the company's, `signed-in` or `public` */
  'x-permission'?: string;
}
type Paths = Record<string, Record<string, Described>>;

function* routesOf(
  node: unknown,
  name: string[] = [],
): Generator<{ name: string[]; path: string; method: string; permission: RouteMeta['permission'] }> {
  if (isContractProcedure(node)) {
    const { route, meta } = node['~orpc'];
    const { permission } = meta as RouteMeta;
    yield { name, path: route.path ?? '', method: (route.method ?? 'POST').toLowerCase(), permission };
    return;
  }
  for (const [key, child] of Object.entries(node as object)) yield* routesOf(child, [...name, key]);
}

export async function describeApi(
  contract: AnyContractRouter,
  options: { publicUrl: string; version: string },
): Promise<object> {
  const described = await new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(
    contract,
    {
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
    },
  );
  const paths = (described.paths ?? {}) as Paths;
  for (const { name, path, method, permission } of routesOf(contract)) {
    const route = paths[path]?.[method];
    if (!route) throw new Error(`The route ${name.join('.')} is missing from the description of the API`);
    route['x-permission'] = permission;
    route.tags = [name.length > 1 ? name[0]! : 'workspaces'];
    const keys: readonly string[] = KEY_PERMISSIONS;
    if (permission === 'public') route.security = [];
    else if (!keys.includes(permission)) route.security = [{ session: [] }];
  }
  return described;
}
