// The description of the API as the page needs it: routes by part, each with its right and what it takes.
import type { Schema } from './example.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'body';
  required: boolean;
  schema: Schema | undefined;
}

export interface Route {
  id: string;
  part: string;
  method: string;
  path: string;
  summary: string;
  permission: string;
  parameters: Parameter[];
  body: Schema | undefined;
}

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  'x-permission'?: string;
  parameters?: { name: string; in: 'path' | 'query'; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
}

function routeOf(path: string, method: string, operation: Operation): Route {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const ofBody = Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'body' as const,
    required: body?.required?.includes(name) ?? false,
    schema,
  }));
  const given = (operation.parameters ?? []).map(({ name, in: where, required, schema }) => ({
    name,
    in: where,
    required: required ?? false,
    schema,
  }));
  return {
    id: operation.operationId ?? `${method} ${path}`,
    part: operation.tags?.[0] ?? '',
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    permission: operation['x-permission'] ?? '',
    parameters: [...given, ...ofBody],
    body,
  };
}

export async function fetchRoutes(): Promise<Route[]> {
  const answer = await fetch('/api/v1/openapi.json');
  if (!answer.ok) throw new Error(`The description of the API did not come: ${answer.status}`);
  const { paths } = (await answer.json()) as Description;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => routeOf(path, method, operation)),
  );
}
