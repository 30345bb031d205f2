// A sample of a JSON schema, short and plausible: what an example call sends.

export interface Schema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  description?: string;
}

const BY_FORMAT: Record<string, string> = {
  uuid: '01990000-0000-7000-8000-000000000000',
  email: 'anna@shop.example',
  date: '2026-11-24',
  'date-time': '2026-11-24T09:30:00Z',
  uri: 'https://shop.example/',
};
const DEEPEST = 5;

function textOf(schema: Schema, name: string): string {
  const known = schema.format && BY_FORMAT[schema.format];
  if (known) return known;
  if (/currency/i.test(name)) return 'EUR';
  if (/zone/i.test(name)) return 'Europe/Berlin';
  if (/day|from|^to$/i.test(name)) return '2026-11-24';
  if (/host|site/i.test(name)) return 'shop.example';
  return name === '' ? 'text' : name;
}

/** Required fields alone, unless there are none; `undefined` where nothing sensible can be said. */
export function exampleOf(schema: Schema | undefined, name = '', depth = 0): unknown {
  if (!schema || depth > DEEPEST || schema.$ref) return undefined;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const chosen = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== 'null') ?? schema.allOf?.[0];
  if (chosen) return exampleOf(chosen, name, depth + 1);
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (type === 'array')
    return (schema.prefixItems ?? (schema.items ? [schema.items] : []))
      .map((one) => exampleOf(one, name, depth + 1))
      .filter((one) => one !== undefined);
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (type === 'boolean') return true;
  if (type === 'string') return textOf(schema, name);
  if (!schema.properties) return type === 'object' ? {} : undefined;
  const required = schema.required ?? [];
  const names = Object.keys(schema.properties).filter((one) => required.length === 0 || required.includes(one));
  const entries = names.map((one) => [one, exampleOf(schema.properties?.[one], one, depth + 1)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What a field takes, in a word or two. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return [...new Set(several.map(typeOf))].filter(Boolean).join(' | ');
  if (schema.items) return `${typeOf(schema.items)}[]`;
  return schema.format ?? [schema.type ?? ''].flat().join(' | ');
}
