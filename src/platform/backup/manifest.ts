// What an archive says of itself: its last entry, so that an archive without one is no archive.
import { z } from 'zod';

export const FORMAT = 'tradewind-archive';
export const FORMAT_VERSION = 1;
export const MANIFEST_ENTRY = 'manifest.json';

const chunk = z.object({
  entry: z.string(),
  /** bytes as they lie in the archive */
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.number().int().nonnegative(),
});

const part = z.object({
  /** clickhouse/events, postgres/cost, files/SHA256, spool/SEGMENT, … */
  name: z.string(),
  /** names of the columns, in the order of the rows */
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  /** bytes before compression */
  bytes: z.number().int().nonnegative(),
  /** the sum of the rows' hashes as ClickHouse reckons it */
  hash: z.string().optional(),
  /** the columns it was reckoned of; not given: all */
  hashed: z.array(z.string()).optional(),
  chunks: z.array(chunk),
});

export const manifest = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.number().int(),
  /** not given: a whole installation */
  company: z.object({ id: z.uuid(), name: z.string() }).optional(),
  program: z.string(),
  createdAt: z.string(),
  engines: z.object({ postgres: z.string(), clickhouse: z.string() }),
  /** names of the migrations the data was written under */
  migrations: z.object({ postgres: z.array(z.string()), clickhouse: z.array(z.string()) }),
  /** PostgreSQL's sequences: the last value given out */
  sequences: z.record(z.string(), z.number()),
  /** settings of tradewind.json without passwords and addresses of engines */
  settings: z.record(z.string(), z.unknown()),
  /** keys that stored passwords were sealed with; the keys themselves are not here */
  keyIds: z.array(z.string()),
  /** contents that were deleted while the backup ran, so files of that name are not restored */
  missingContents: z.array(z.string()),
  /** what is left out on purpose, in words */
  leftOut: z.array(z.string()),
  parts: z.array(part),
});

export type Manifest = z.infer<typeof manifest>;
export type Part = z.infer<typeof part>;
export type Chunk = z.infer<typeof chunk>;

/** A failure explained to a person. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/** bytes done, of about so many */
export type Progress = (done: number, total: number, what: string) => void;
