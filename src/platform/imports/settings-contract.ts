// How a file is read and what its columns are: shown, changed and kept for the source. Browser-safe.
import { z } from 'zod';

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'windows-1252',
  'windows-1250',
  'koi8-r',
  'ibm866',
] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export const DECIMALS = ['.', ','] as const;
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;

export type Encoding = (typeof ENCODINGS)[number];
export type Delimiter = (typeof DELIMITERS)[number];
export type Decimal = (typeof DECIMALS)[number];
export type DateOrder = (typeof DATE_ORDERS)[number];

export const reading = z.object({
  format: z.enum(['text', 'xlsx']),
  encoding: z.enum(ENCODINGS),
  delimiter: z.enum(DELIMITERS),
  /** of a workbook */
  sheet: z.string().max(200),
  /** line of the row that names the columns; 0 when none does */
  headerLine: z.number().int().min(0).max(1_000_000),
  decimal: z.enum(DECIMALS),
  /** which figure of 03/04/2026 is the month */
  dateOrder: z.enum(DATE_ORDERS),
});
export type Reading = z.infer<typeof reading>;

/** By field name: a column of the file, from 0, or one value for all its rows. */
export const mapping = z.record(
  z.string().max(40),
  z.union([z.object({ column: z.number().int().min(0).max(499) }), z.object({ value: z.string().max(300) })]),
);
export type Mapping = z.infer<typeof mapping>;

export const importSettings = z.object({ reading, mapping });
export type ImportSettings = z.infer<typeof importSettings>;
