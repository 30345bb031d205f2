// What an outside service is: who it is, what it needs to be told, how to see whether it works, and what it then does for us.
import { z } from 'zod';
import type { Caller } from '../outbound/call-log.ts';
import type { Outbound } from '../outbound/outbound.ts';

/** What a provider is called with: the one way out, and for whom. */
export interface CallContext {
  outbound: Outbound;
  caller: Caller;
}

export interface TestContext extends CallContext {
  /** who pressed the button; null for an API key */
  person: { email: string; name: string; language: 'en' | 'ru' } | null;
}

export interface TestOutcome {
  ok: boolean;
  /** what the other side said, in its own words */
  said: string;
}

export type SettingsSchema = z.ZodObject<Record<string, z.ZodType>>;

/**
 * `Does` is what every provider of the kind can do, the fake of the tests included; one contract test runs against all of them.
 * `test` never throws for what the other side does: it says it.
 */
export interface Provider<
  Kind extends string = string,
  Schema extends SettingsSchema = SettingsSchema,
  Does = unknown,
> {
  /** kebab-case, never changed once in use: it is in the database. Its words are `providers.of.ID` in both languages */
  id: string;
  kind: Kind;
  /** how it is called where no screen is, as in the audit trail */
  title: string;
  settings: Schema;
  test(context: TestContext, settings: z.output<Schema>): Promise<TestOutcome>;
  open(context: CallContext, settings: z.output<Schema>): Does;
}

export const defineProvider = <Kind extends string, Schema extends SettingsSchema, Does>(
  provider: Provider<Kind, Schema, Does>,
): Provider<Kind, Schema, Does> => provider;

/** A field that is stored encrypted and never shown again. */
export const secretField = (): z.ZodDefault<z.ZodString> => z.string().max(4000).default('').meta({ secret: true });

/** A field that says where secrets are sent: when it changes, they are asked for again. */
export const destination = <T extends z.ZodType>(type: T): T => type.meta({ destination: true });

export interface Field {
  name: string;
  type: 'text' | 'number' | 'choice' | 'secret' | 'address' | 'email';
  required: boolean;
  initial: string | number | null;
  choices: string[];
  destination: boolean;
}

interface JsonField {
  type?: string;
  format?: string;
  enum?: string[];
  default?: string | number;
  secret?: boolean;
  destination?: boolean;
}

/** The form of a provider, from its schema alone. */
export function fieldsOf(schema: SettingsSchema): Field[] {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonField>;
    required?: string[];
  };
  return Object.entries(described.properties ?? {}).map(([name, one]) => ({
    name,
    type: typeOf(one),
    required: described.required?.includes(name) ?? false,
    initial: one.default ?? null,
    choices: one.enum ?? [],
    destination: one.destination === true,
  }));
}

function typeOf(one: JsonField): Field['type'] {
  if (one.secret) return 'secret';
  if (one.enum) return 'choice';
  if (one.type === 'number' || one.type === 'integer') return 'number';
  if (one.format === 'uri') return 'address';
  return one.format === 'email' ? 'email' : 'text';
}
