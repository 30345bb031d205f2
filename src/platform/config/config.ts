// Settings from a file, then the environment, then flags; checked once at start with a message a person can act on.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseAllowList } from '../outbound/addresses.ts';

const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((v) => v === true || v === 'true' || v === '1');

const schema = z.strictObject({
  port: z.coerce.number().int().min(1).max(65_535).default(8300),
  host: z.string().min(1).default('127.0.0.1'),
  /** the address people and sites reach this installation at; http://localhost:PORT when not given */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** how many proxies in front may be believed about the visitor's address */
  trustedProxies: z.coerce.number().int().min(0).max(10).default(0),
  databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  clickhouseUrl: z.url({ protocol: /^https?$/ }).optional(),
  clickhouseDatabase: z.string().regex(/^\w+$/).default('tradewind'),
  clickhouseCluster: z.string().regex(/^\w+$/).optional(),
  /** path of the tracker; a name of your own keeps block lists away */
  trackerPath: z
    .string()
    .regex(/^\/[\w./-]+\.js$/, 'must be a path like /tw.js')
    .default('/tw.js'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  roles: z
    .string()
    .default('collect,web,work')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(['collect', 'web', 'work'])).min(1)),
  /** how long the spool waits for more events before it is flushed, milliseconds */
  flushMs: z.coerce.number().int().min(10).max(60_000).default(1000),
  demo: flag.default(false),
  /** hosts and networks that calls out may reach though they are not on the public internet */
  allowHosts: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .superRefine((entries, check) => {
      try {
        parseAllowList(entries);
      } catch (error) {
        check.addIssue({ code: 'custom', message: (error as Error).message });
      }
    }),
  /** the mail server of the whole installation: smtp://name:password@host:587, or smtps:// for TLS from the first byte */
  smtpUrl: z.url({ protocol: /^smtps?$/ }).optional(),
  /** who mail comes from: Tradewind <reports@shop.example> */
  mailFrom: z
    .string()
    .max(320)
    .regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address like Tradewind <reports@shop.example>')
    .optional(),
  /** GET /metrics answers whoever has it; not given: there is no such page */
  metricsToken: z.string().min(16, 'must have at least 16 characters').optional(),
  /** most bytes of one file, in megabytes */
  fileLimitMb: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** most bytes of all files of one company, in megabytes */
  filesLimitMb: z.coerce.number().int().min(1).max(100_000_000).default(50_000),
  /** files go to this bucket of an S3-compatible service instead of the data folder */
  s3Bucket: z.string().min(1).optional(),
  s3Endpoint: z.url({ protocol: /^https?$/ }).optional(),
  s3Region: z.string().min(1).default('us-east-1'),
  s3AccessKey: z.string().min(1).optional(),
  s3SecretKey: z.string().min(1).optional(),
});

/** Hold passwords, so a message about them does not repeat them. */
const SECRET_SETTINGS: ReadonlySet<string> = new Set([
  'databaseUrl',
  'clickhouseUrl',
  's3SecretKey',
  'smtpUrl',
  'metricsToken',
]);

export type Config = z.infer<typeof schema> & { data: string; publicUrl: string };

const ENVIRONMENT: Record<keyof z.infer<typeof schema>, string> = {
  port: 'TRADEWIND_PORT',
  host: 'TRADEWIND_HOST',
  publicUrl: 'TRADEWIND_PUBLIC_URL',
  trustedProxies: 'TRADEWIND_TRUSTED_PROXIES',
  databaseUrl: 'DATABASE_URL',
  clickhouseUrl: 'CLICKHOUSE_URL',
  clickhouseDatabase: 'CLICKHOUSE_DATABASE',
  clickhouseCluster: 'CLICKHOUSE_CLUSTER',
  trackerPath: 'TRADEWIND_TRACKER_PATH',
  logLevel: 'TRADEWIND_LOG_LEVEL',
  roles: 'TRADEWIND_ROLES',
  flushMs: 'TRADEWIND_FLUSH_MS',
  demo: 'TRADEWIND_DEMO',
  fileLimitMb: 'TRADEWIND_FILE_LIMIT_MB',
  filesLimitMb: 'TRADEWIND_FILES_LIMIT_MB',
  s3Bucket: 'S3_BUCKET',
  s3Endpoint: 'S3_ENDPOINT',
  s3Region: 'S3_REGION',
  s3AccessKey: 'S3_ACCESS_KEY',
  s3SecretKey: 'S3_SECRET_KEY',
  allowHosts: 'TRADEWIND_ALLOW_HOSTS',
  smtpUrl: 'TRADEWIND_SMTP_URL',
  mailFrom: 'TRADEWIND_MAIL_FROM',
  metricsToken: 'TRADEWIND_METRICS_TOKEN',
};

export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(`Tradewind can't start with these settings:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

/** Flags are camelCase here: `--tracker-path` arrives as trackerPath. `data` and `config` (the file) are flags of their own. */
export function loadConfig(
  flags: Readonly<Record<string, string | boolean | undefined>> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const data = resolve(String(flags.data ?? env.TRADEWIND_DATA ?? './data'));
  const named = flags.config ?? env.TRADEWIND_CONFIG;
  const file = named ? resolve(String(named)) : join(data, 'tradewind.json');
  const origin: Record<string, string> = {};
  const merged: Record<string, unknown> = {};
  if (named || existsSync(file)) {
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new SettingsError([`${file}: ${(error as Error).message}`]);
    }
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw new SettingsError([`${file}: must hold one JSON object, like {"port": 8300}`]);
    }
    for (const [key, value] of Object.entries(content)) {
      merged[key] = value;
      origin[key] = `${file}, "${key}"`;
    }
  }
  for (const [key, name] of Object.entries(ENVIRONMENT)) {
    const value = env[name];
    if (value === undefined || value === '') continue;
    merged[key] = value;
    origin[key] = `environment ${name}`;
  }
  for (const key of Object.keys(ENVIRONMENT)) {
    const value = flags[key];
    if (value === undefined) continue;
    merged[key] = value;
    origin[key] = `flag --${key.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  }
  const parsed = schema.safeParse(merged);
  if (!parsed.success) {
    throw new SettingsError(
      parsed.error.issues.flatMap((issue) => {
        if (issue.code === 'unrecognized_keys') {
          return issue.keys.map(
            (key) => `${origin[key] ?? key}: no such setting; there are ${Object.keys(ENVIRONMENT).join(', ')}`,
          );
        }
        const key = String(issue.path[0] ?? '');
        const given = SECRET_SETTINGS.has(key) ? 'not shown: it may hold a password' : JSON.stringify(merged[key]);
        return [`${origin[key] ?? key}: ${issue.message} (given: ${given})`];
      }),
    );
  }
  return {
    ...parsed.data,
    data,
    publicUrl: (parsed.data.publicUrl ?? `http://localhost:${parsed.data.port}`).replace(/\/+$/, ''),
  };
}
