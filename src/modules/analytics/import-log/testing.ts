// What the tests of the import share: a sink in memory that keeps rows by id as the real one does, and a reader of encoded rows.
import { EVENT_COLUMNS } from '../../../platform/events/row.ts';
import { importLog } from './index.ts';
import type { ImportLogOptions, LogPosition, LogSink, RejectedLine, Summary } from './types.ts';

export const SITE = {
  workspace: '11111111-1111-4111-8111-111111111111',
  id: '22222222-2222-4222-8222-222222222222',
  host: 'www.example.com',
  otherHosts: ['example.com'],
};

export type Row = Record<string, string | number | bigint>;

/** Rows of encoded events; a map is shown as JSON. */
export function readRows(bytes: Buffer): Row[] {
  const rows: Row[] = [];
  let at = 0;
  const text = (): string => {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(at++);
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const uuid = (): string => {
    const hex = [at + 7, at + 15]
      .map((last) => Array.from({ length: 8 }, (_, i) => bytes.toString('hex', last - i, last - i + 1)).join(''))
      .join('');
    at += 16;
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  const number = (size: number): number => {
    at += size;
    return bytes.readUIntLE(at - size, size);
  };
  const large = (): bigint => {
    at += 8;
    return bytes.readBigUInt64LE(at - 8);
  };
  const read = (type: string): string | number | bigint => {
    if (type === 'UUID') return uuid();
    if (type === 'String') return text();
    if (type === 'UInt8' || type === 'Int8') return number(1);
    if (type === 'UInt16' || type === 'Date') return number(2);
    if (type === 'UInt32') return number(4);
    if (type === 'UInt64') return large();
    if (type.startsWith('Array')) return JSON.stringify(Array.from({ length: number(1) }));
    if (type.startsWith('Map')) return JSON.stringify(Array.from({ length: number(1) }, () => [text(), text()]));
    return Number(large());
  };
  while (at < bytes.length) rows.push(Object.fromEntries(EVENT_COLUMNS.map(([name, type]) => [name, read(type)])));
  return rows;
}

export class Killed extends Error {}

export class MemorySink implements LogSink {
  readonly rows = new Map<string, Row>();
  readonly derived = new Set<number>();
  readonly rejected = new Map<number, RejectedLine>();
  inserts = 0;
  position: LogPosition | undefined;
  /** what is left to insert before the process "dies" */
  killAfter = Number.POSITIVE_INFINITY;

  async insert(batch: { rows: Buffer; count: number; days: ReadonlySet<number> }) {
    await new Promise((done) => setTimeout(done, 1));
    if (this.inserts >= this.killAfter) throw new Killed();
    this.inserts++;
    const rows = readRows(batch.rows);
    if (rows.length !== batch.count) throw new Error('the count is not the number of rows');
    let duplicates = 0;
    let inserted = 0;
    for (const row of rows) {
      if (!batch.days.has(Number(row.day))) throw new Error('a row is outside the days of its batch');
      const known = this.rows.get(String(row.id));
      if (known !== undefined && known.import !== row.import) duplicates++;
      else inserted++;
      if (known === undefined) this.rows.set(String(row.id), row);
    }
    return { inserted, duplicates };
  }

  async deriveVisits(days: ReadonlySet<number>): Promise<void> {
    if (days.size > 62) throw new Error('too many days at once');
    for (const day of days) this.derived.add(day);
  }

  async checkpoint(state: LogPosition): Promise<void> {
    this.position = state;
  }

  async reject(rows: readonly RejectedLine[]): Promise<void> {
    for (const row of rows) this.rejected.set(row.line, row);
  }
}

export const IMPORT_ID = '33333333-3333-4333-8333-333333333333';

export async function importInto(
  sink: MemorySink,
  files: readonly string[],
  folder: string,
  more: Partial<ImportLogOptions> = {},
): Promise<Summary> {
  const importKey = Buffer.from('the key of this workspace');
  return await importLog({ files, site: SITE, importId: IMPORT_ID, importKey, sink, spillFolder: folder, ...more });
}

/** Standard input with these pieces. */
export async function* pieces(...texts: (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
