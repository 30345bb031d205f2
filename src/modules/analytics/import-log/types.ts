// What the import of an access log takes and gives: the numbers of the file, and the sink its rows go to. The sink is the only
// thing here that knows a database, so the import itself can be tested and measured without one.

import type { CountingRules } from '../care/rules.ts';

/** How far an import is: everything up to here is durable in the sink. */
export interface LogPosition {
  file: string;
  /** bytes of the unpacked file, just behind the last line that counts */
  offset: number;
  /** lines of the whole import so far, all files together */
  lines: number;
  /** lines so far that an earlier import had stored already */
  duplicates?: number;
}

/** Lines left out by rule and UTC day since 1970. */
export type LeftOutLines = ReadonlyMap<string, ReadonlyMap<number, number>>;

export interface RejectedLine {
  /** 1-based, counted over all files of the import */
  line: number;
  reason: string;
  /** the line, shortened, with the addresses in it masked */
  text: string;
}

export interface LogSink {
  /**
   * Stores the rows that are not stored yet (RowBinary of EVENT_COLUMNS, one workspace and site) and resolves when they are
   * durable. `rows` is valid until the promise settles: its memory is used again. `duplicates` counts rows that another import
   * stored; rows that this import stored before it was killed count as inserted.
   */
  insert(batch: {
    rows: Buffer;
    count: number;
    days: ReadonlySet<number>;
  }): Promise<{ inserted: number; duplicates: number }>;
  /** Recomputes the visits of these UTC days (days since 1970). Called when days are complete and at the end, at most 62 days at once. */
  deriveVisits(days: ReadonlySet<number>): Promise<void>;
  /** Remembers how far the import is, so that a killed one can go on. Called in order, only for what is durable; `leftOut` is of the lines since the call before. */
  checkpoint(state: LogPosition, leftOut: LeftOutLines): Promise<void>;
  /** Keeps lines that could not be read. A resumed import may give some of them again, with the same number. */
  reject(rows: readonly RejectedLine[]): Promise<void>;
}

export interface LogSite {
  workspace: string;
  id: string;
  host: string;
  otherHosts: readonly string[];
}

export interface ImportLogOptions {
  files: readonly string[] | 'stdin';
  site: LogSite;
  /** names this import in every row; a resumed import keeps the id of the one it goes on with */
  importId: string;
  /** the workspace's import key: visitors of imported logs are named with it */
  importKey: Buffer;
  sink: LogSink;
  /** rules of the site about what is counted */
  rules?: CountingRules | undefined;
  /** an empty folder of this import alone */
  spillFolder: string;
  resume?: LogPosition | undefined;
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** read instead of the process's standard input */
  stdin?: AsyncIterable<Uint8Array> | undefined;
  /** at most this many rows go to the sink at once */
  batchRows?: number | undefined;
  /** lines kept in memory to tell equal ones apart, before the oldest go to the spill folder */
  seenInMemory?: number | undefined;
}

export interface ImportProgress {
  lines: number;
  /** bytes of the files as they lie on the disk */
  bytesRead: number;
  /** unknown for standard input */
  bytesTotal: number | null;
}

/** The numbers of the lines that were read, whether stored now or earlier. */
export interface Summary {
  /** all lines but blank ones: accepted + rejected + leftOut */
  lines: number;
  accepted: number;
  rejected: number;
  /** lines that rules of the company leave out */
  leftOut: number;
  /** accepted lines that an earlier import had stored already */
  duplicates: number;
  /** different client addresses: exact up to two million, estimated within 0.3% above */
  addresses: number;
  /** sum of the sizes of the answers of accepted lines */
  bytes: number;
  statuses: Record<string, number>;
  /** views of pages by people */
  pageViews: number;
  /** accepted lines of robots, whatever they asked for */
  botHits: number;
  /** accepted lines that asked for a part of a page: style, script, picture, font… */
  assets: number;
}
