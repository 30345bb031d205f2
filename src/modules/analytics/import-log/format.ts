// Finds out which format a log has from its first lines: common or combined, of Apache or nginx, with or without the host name
// of the site and the response time. Regular expressions are fine here, since at most 200 lines are looked at.
import { LogImportError } from './errors.ts';
import { isText, LogLine, READ } from './line.ts';
import { maskLine } from './mask.ts';

export interface LogFormat {
  name: 'common' | 'combined';
  /** the host name of the site stands in front of the client's address */
  host: boolean;
  /** number of the further field that holds the host name, −1 when none does */
  hostField: number;
  /** number of the further field that holds the response time, and how long one of its units is */
  response: { field: number; unitMs: number } | null;
}

export const SAMPLE_LINES = 200;

export const FORMATS_TRIED = [
  'common: client identity user [day/Month/year:hour:minute:second zone] "request" status size',
  'combined: common "referrer" "user agent"',
  "either with the site's host name in front (host or host:port) or after the user agent",
  'either with the response time after it (seconds with decimals, or microseconds)',
];

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*:[\da-f.]*(?:%\w+)?)$/i;
const HOST = /^(?:[\w-]+(?:\.[\w-]+)+|localhost|\[[\da-f:]+\]|\d+(?:\.\d+){3}|_|-)(?::\d+)?$/i;
const DECIMALS = /^(?:[a-z_]+=)?\d+\.\d+$/i;
const WHOLE = /^(?:[a-z_]+=)?\d+$/i;
const NAME = /^[a-z\d-]*[a-z][a-z\d-]*(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]+(?::\d+)?$/i;

/** What most of the sample agrees on. Throws when no line of it is a log line at all. */
export function detectFormat(sample: readonly Buffer[], file: string): LogFormat {
  const host = mostly(sample, (line) => startsWithHost(line.toString('latin1')));
  const plain: LogFormat = { name: 'combined', host, hostField: -1, response: null };
  const reader = new LogLine(plain);
  const readable = sample.filter((line) => reader.read(line, 0, line.length) === READ);
  if (readable.length === 0) throw unknownFormat(sample, file);
  const combined = readable.some((line) => reader.read(line, 0, line.length) === READ && reader.combined);
  const extras = readable.map(extraFields);
  return {
    name: combined ? 'combined' : 'common',
    host,
    hostField: host ? -1 : fieldOf(extras, (values) => mostly(values, (value) => NAME.test(value))),
    response: responseField(extras),
  };
}

function startsWithHost(line: string): boolean {
  const [first = '', second = '', third = ''] = line.split(' ', 3);
  if (second === '-' || first.endsWith(',') || !HOST.test(first)) return false;
  if (ADDRESS.test(second)) return true;
  // `www.example.com client.provider.net - -`: both are names, and the identity that follows is never known
  return HOST.test(second) && third === '-';
}

function extraFields(line: Buffer): string[] {
  const text = line.toString('latin1');
  const head = /\] ".*?" \d{3} (?:\d+|-)/.exec(text);
  if (head === null) return [];
  const rest = text.slice(head.index + head[0].length);
  const fields = rest.match(/"(?:\\.|[^"\\])*"|[^ "]\S*/g) ?? [];
  const quoted = fields.findIndex((field) => field.startsWith('"'));
  if (quoted >= 0) fields.splice(quoted, 2);
  return fields.map((field) => field.replaceAll('"', ''));
}

function fieldOf(extras: readonly string[][], matches: (values: string[]) => boolean): number {
  const most = Math.max(0, ...extras.map((fields) => fields.length));
  for (let field = 0; field < Math.min(most, 20); field++) {
    const values = extras.map((fields) => fields[field] ?? '-').filter((value) => value !== '-');
    if (values.length > 0 && matches(values)) return field;
  }
  return -1;
}

/** nginx and Apache's %T log seconds, Apache's %D microseconds. Whole numbers that stay small are seconds: no server answers in 30 µs. */
function responseField(extras: readonly string[][]): LogFormat['response'] {
  const decimals = fieldOf(extras, (values) => mostly(values, (value) => DECIMALS.test(value)));
  if (decimals >= 0) return { field: decimals, unitMs: 1000 };
  const field = fieldOf(extras, (values) => mostly(values, (value) => WHOLE.test(value)));
  if (field < 0) return null;
  const largest = Math.max(...extras.map((fields) => Number((fields[field] ?? '').replace(/\D+/g, '') || 0)));
  return { field, unitMs: largest > 30 ? 0.001 : 1000 };
}

function mostly<Value>(values: readonly Value[], matches: (value: Value) => boolean): boolean {
  return values.filter(matches).length * 2 > values.length;
}

function unknownFormat(sample: readonly Buffer[], file: string): LogImportError {
  const [first = Buffer.alloc(0)] = sample;
  const binary = sample.some((line) => !isText(line, 0, line.length));
  const shown = binary ? 'Its content is not text.' : `The first line is: ${maskLine(first)}`;
  return new LogImportError(
    'unknown-format',
    `${file} is no access log that can be read. Tried on its first ${sample.length} lines:\n` +
      `${FORMATS_TRIED.map((format) => `  ${format}`).join('\n')}\n${shown}`,
  );
}
